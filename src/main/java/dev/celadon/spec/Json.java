package dev.celadon.spec;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The small shapes that the document is put together from. */
final class Json {

  static JsonArray array(Collection<?> values) {
    var array = new JsonArray();
    for (var value : values) array.add(value(value));
    return array;
  }

  /** A value in its JSON form: an enum constant, an id, a role and the like as its text. */
  static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Collection<?> list -> array(list);
      case JsonObject object -> object;
      case JsonArray array -> array;
      case Number number -> number;
      case Boolean truth -> truth;
      case null -> null;
      default -> value.toString();
    };
  }

  /** The {@code content} of a body of one media type. */
  static JsonObject content(String mediaType, JsonObject schema) {
    return new JsonObject().put(mediaType, new JsonObject().put("schema", schema));
  }

  private Json() {}
}
