package dev.celadon.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A response: one list of fields that renders, fills the OpenAPI schema and types GraphQL. Besides
 * records there are three special kinds: nothing, plain text, and values that come already encoded.
 *
 * @param parts the models that fields refer to by name
 */
public record Model<T>(
    String name,
    Kind kind,
    List<Field<T>> fields,
    List<Model<?>> parts,
    @Nullable Function<T, @Nullable Cookie> cookie,
    @Nullable Function<T, String> tag) {

  /** How a model travels. */
  public enum Kind {
    /** A JSON object made from {@link #fields}. */
    OBJECT,
    /** No body at all: 204. */
    NOTHING,
    /** {@code text/plain}. */
    TEXT,
    /** JSON that the handler has encoded already, as a Buffer; fields describe it. */
    ENCODED,
    /** A free JSON object, such as preferences. */
    FREE,
    /** Whatever a {@link Download} says it is, written while it is made. */
    STREAM
  }

  /** One field: its wire name, its schema, where it is read from, and what the docs say. */
  public record Field<T>(
      String name, Schema schema, Function<T, @Nullable Object> read, String doc) {}

  /** The session cookie that a reply sets; an empty value ends it. */
  public record Cookie(String value, @Nullable Instant expires) {}

  public static <T> Model<T> of(String name, Class<T> type) {
    return new Model<>(name, Kind.OBJECT, List.of(), List.of(), null, null);
  }

  /** The answer that has no body. */
  public static <T> Model<T> nothing() {
    return new Model<>("empty", Kind.NOTHING, List.of(), List.of(), null, null);
  }

  public static Model<String> text(String name) {
    return new Model<>(name, Kind.TEXT, List.of(), List.of(), null, null);
  }

  /** JSON encoded by the handler; the added fields only document it. */
  public static Model<Buffer> encoded(String name) {
    return new Model<>(name, Kind.ENCODED, List.of(), List.of(), null, null);
  }

  /** A JSON object of the caller's own making. */
  public static Model<JsonObject> free(String name) {
    return new Model<>(name, Kind.FREE, List.of(), List.of(), null, null);
  }

  /** An answer that is written while it is made. */
  public static Model<Download> stream(String name) {
    return new Model<>(name, Kind.STREAM, List.of(), List.of(), null, null);
  }

  /** {@code {total, <plural>: [...]}}. */
  public static <T> Model<Page<T>> list(String name, String plural, Model<T> item) {
    return new Model<Page<T>>(name, Kind.OBJECT, List.of(), List.of(item), null, null)
        .field("total", Schema.INTEGER, Page::total, "How many there are in all.")
        .field(
            plural,
            Schema.list(Schema.model(item.name)),
            page -> page.items().stream().map(item::renderJson).toList(),
            "Those of this page.");
  }

  public Model<T> field(
      String name, Schema schema, Function<T, @Nullable Object> read, String doc) {
    var more = new ArrayList<>(fields);
    more.add(new Field<>(name, schema, read, doc));
    return new Model<>(this.name, kind, List.copyOf(more), parts, cookie, tag);
  }

  /** The same model, which documents those that its fields refer to by {@link Schema#model}. */
  public Model<T> showing(Model<?>... more) {
    var all = new ArrayList<>(parts);
    all.addAll(List.of(more));
    return new Model<>(name, kind, fields, List.copyOf(all), cookie, tag);
  }

  /** The same model, whose replies set or end the caller's session cookie. */
  public Model<T> signs(Function<T, @Nullable Cookie> cookie) {
    return new Model<>(name, kind, fields, parts, cookie, tag);
  }

  /** The same model, whose replies carry {@code tag} as their ETag; an empty one is not sent. */
  public Model<T> tagged(Function<T, String> tag) {
    return new Model<>(name, kind, fields, parts, cookie, tag);
  }

  /** The JSON form of {@code value}. */
  @SuppressWarnings("unchecked")
  public JsonObject renderJson(Object value) {
    return switch (kind) {
      case FREE -> (JsonObject) value;
      case ENCODED -> ((Buffer) value).toJsonObject();
      case NOTHING, TEXT, STREAM -> new JsonObject();
      case OBJECT -> {
        var json = new JsonObject();
        for (var field : fields) json.put(field.name, wire(field.read.apply((T) value)));
        yield json;
      }
    };
  }

  /** The body of a reply, or null where there is none. */
  public @Nullable Buffer render(Object value) {
    return switch (kind) {
      case NOTHING, STREAM -> null;
      case TEXT -> Buffer.buffer((String) value);
      case ENCODED -> (Buffer) value;
      case OBJECT, FREE -> renderJson(value).toBuffer();
    };
  }

  @SuppressWarnings("unchecked")
  public @Nullable Cookie cookie(Object value) {
    return cookie == null ? null : cookie.apply((T) value);
  }

  /** The ETag of a reply; empty where it has none. */
  @SuppressWarnings("unchecked")
  public String tag(Object value) {
    return tag == null ? "" : tag.apply((T) value);
  }

  public Schema schema() {
    var properties = new JsonObject();
    for (var field : fields) {
      properties.put(field.name, field.schema.json().copy().put("description", field.doc));
    }
    return new Schema(new JsonObject().put("type", "object").put("properties", properties));
  }

  private static @Nullable Object wire(@Nullable Object value) {
    return switch (value) {
      case Instant time -> Time.format(time);
      case Collection<?> list -> {
        var array = new JsonArray();
        for (var item : list) array.add(wire(item));
        yield array;
      }
      case Enum<?> constant -> constant.toString();
      case Record record -> record.toString();
      case null, default -> value;
    };
  }
}
