package dev.celadon.domain.documents;

import dev.celadon.api.Fault;
import dev.celadon.api.Time;
import dev.celadon.domain.documents.guards.Guard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param number names it in SQL, for ever; {@code key} is what users call it and may change
 * @param guard who may read it and give it a value
 */
public record Column(
    long number,
    String key,
    Kind kind,
    Settings settings,
    Guard guard,
    Instant created,
    Instant updated) {

  /** What can be asked for of a free document, in SQL: made by PostgreSQL of its text. */
  public static final String DOCUMENT_VALUES = "c0";

  /** The one column of a table of free documents: the text of each. */
  public static final Column DOCUMENT =
      new Column(
          1,
          "",
          Kind.DOCUMENT,
          new Settings(false, false, 0, null, null, null, List.of(), false),
          Guard.NONE,
          Instant.EPOCH,
          Instant.EPOCH);

  /**
   * What a column asks of its values.
   *
   * @param size the most characters of a text; 0 where the kind has none
   * @param min the least number, or null
   * @param max the greatest number, or null
   * @param fallback the value of new rows that give none, or null
   * @param elements the values that an enum allows
   * @param encrypt whether its texts are stored encrypted
   */
  public record Settings(
      boolean required,
      boolean array,
      long size,
      @Nullable Number min,
      @Nullable Number max,
      @Nullable Object fallback,
      List<String> elements,
      boolean encrypt) {

    static Settings read(JsonObject json) {
      var elements = json.getJsonArray("elements", new JsonArray());
      return new Settings(
          json.getBoolean("required"),
          json.getBoolean("array"),
          json.getLong("size", 0L),
          json.getNumber("min"),
          json.getNumber("max"),
          json.getValue("default"),
          elements.stream().map(String.class::cast).toList(),
          json.getBoolean("encrypt", false));
    }

    JsonObject write() {
      return new JsonObject()
          .put("required", required)
          .put("array", array)
          .put("size", size)
          .put("min", min)
          .put("max", max)
          .put("default", fallback)
          .put("elements", new JsonArray(elements))
          .put("encrypt", encrypt);
    }
  }

  /** The name in SQL. */
  public String sql() {
    return "c" + number;
  }

  public boolean array() {
    return settings.array;
  }

  /** Whether what it holds is stored encrypted: it can be shown, but not asked for. */
  public boolean encrypted() {
    return settings.encrypt;
  }

  public boolean required() {
    return settings.required;
  }

  /** The column as clients see it: every kind shows its own fields. */
  public JsonObject json() {
    var json =
        new JsonObject()
            .put("key", key)
            .put("type", kind.type())
            .put("status", "available")
            .put("error", "")
            .put("required", settings.required)
            .put("array", settings.array)
            .put("$createdAt", Time.format(created))
            .put("$updatedAt", Time.format(updated));
    if (kind.format() != null) json.put("format", kind.format());
    if (kind.sized()) json.put("size", settings.size);
    if (kind == Kind.ENUM) json.put("elements", new JsonArray(settings.elements));
    if (kind.ranged() && settings.min != null) json.put("min", settings.min);
    if (kind.ranged() && settings.max != null) json.put("max", settings.max);
    if (kind.encryptable()) json.put("encrypt", settings.encrypt);
    if (!guard.none()) json.put("$permissions", guard.json());
    return json.put("default", settings.fallback);
  }

  /** Refuses settings that contradict themselves. */
  public static void check(String key, Kind kind, Settings settings) {
    if (settings.fallback != null && (settings.required || settings.array)) {
      throw new Refusal(Fault.COLUMN_DEFAULT_UNSUPPORTED, key);
    }
    if (kind.sized() && (settings.size < 1 || settings.size > kind.maxSize())) {
      throw invalid("the size of '%s' is from 1 to %d".formatted(key, kind.maxSize()));
    }
    if (kind == Kind.ENUM && settings.elements.isEmpty()) {
      throw invalid("the enum '" + key + "' needs elements");
    }
    if (kind == Kind.ENUM
        && settings.elements.stream().distinct().count() != settings.elements.size()) {
      throw invalid("the enum '" + key + "' has an element twice");
    }
    if (settings.min != null
        && settings.max != null
        && Values.compare(settings.min, settings.max) > 0) {
      throw invalid("the least value of '" + key + "' is above the greatest");
    }
    if (settings.fallback != null) {
      var reason = Values.refusal(kind, settings, settings.fallback);
      if (reason != null) throw invalid("the default of '" + key + "' " + reason);
    }
  }

  static Refusal invalid(String reason) {
    return new Refusal(Fault.COLUMN_VALUE_INVALID, reason);
  }
}
