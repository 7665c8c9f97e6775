package dev.celadon.matrix;

import dev.celadon.api.Failure;
import dev.celadon.api.Param;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that are as they should be. */
final class Samples {

  static final List<String> TEXTS =
      List.of(
          "sample",
          "unique()",
          "sample1@example.com",
          "https://example.com/a",
          "password-1234",
          "2030-01-31T09:30:00.000+00:00",
          "127.0.0.1",
          "example.com",
          "+12065550100",
          "any",
          "users.read",
          "read(\"any\")",
          "users.*.create",
          "en",
          "1",
          "");

  /**
   * A value that the parameter's rule accepts: one of {@code known} by its name, or else one made
   * from its schema. Empty if none is found.
   */
  static Optional<Object> of(Param<?> param, Map<String, String> known) {
    var schema = param.rule().schema().json();
    var id = param.in() == Param.In.PATH ? known.get(param.name()) : null;
    if (id != null && accepted(param, id)) return Optional.of(id);
    var first = of(schema);
    if (accepted(param, first)) return Optional.of(first);
    return TEXTS.stream()
        .map(text -> "array".equals(schema.getValue("type")) ? JsonArray.of(text) : (Object) text)
        .filter(value -> accepted(param, value))
        .findFirst();
  }

  /** A value of this schema. */
  static Object of(JsonObject schema) {
    if (schema.containsKey("enum")) return schema.getJsonArray("enum").getValue(0);
    return switch (String.valueOf(schema.getValue("type"))) {
      case "integer" -> Math.max(1, schema.getLong("minimum", 1L));
      case "number" -> 1.5;
      case "boolean" -> true;
      case "array" -> new JsonArray();
      case "object" -> new JsonObject();
      default -> "sample";
    };
  }

  private static boolean accepted(Param<?> param, Object value) {
    try {
      param.read(param.in() == Param.In.BODY || value instanceof JsonArray ? value : "" + value);
      return true;
    } catch (Failure refused) {
      return false;
    }
  }

  private Samples() {}
}
