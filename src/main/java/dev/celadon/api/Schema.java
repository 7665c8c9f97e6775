package dev.celadon.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** A JSON Schema (2020-12, as OpenAPI 3.1 has it) for one value. Treat the JSON as immutable. */
public record Schema(JsonObject json) {

  public static final Schema TEXT = of("string");
  public static final Schema INTEGER = new Schema(json("integer").put("format", "int64"));
  public static final Schema NUMBER = of("number");
  public static final Schema BOOLEAN = of("boolean");
  public static final Schema OBJECT = of("object");
  public static final Schema TIME = new Schema(json("string").put("format", "date-time"));
  public static final Schema ANY = new Schema(new JsonObject());

  public static Schema of(String type) {
    return new Schema(json(type));
  }

  public static Schema list(Schema item) {
    return new Schema(json("array").put("items", item.json));
  }

  public static Schema oneOf(Collection<String> values) {
    return new Schema(json("string").put("enum", new JsonArray(values.stream().toList())));
  }

  /** A reference to a model of the catalogue by its name. */
  public static Schema model(String name) {
    return new Schema(new JsonObject().put("$ref", "#/components/schemas/" + name));
  }

  /** The same schema with one more keyword. */
  public Schema with(String keyword, Object value) {
    return new Schema(json.copy().put(keyword, value));
  }

  private static JsonObject json(String type) {
    return new JsonObject().put("type", type);
  }
}
