package dev.celadon.spec;

import dev.celadon.api.Catalog;
import dev.celadon.api.Model;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** The schemas of all models that answers and events show, by name. */
final class Schemas {

  static JsonObject of(Catalog catalog) {
    var found = new TreeMap<String, JsonObject>();
    found.put(Refusals.SCHEMA, Refusals.schema());
    for (var endpoint : catalog.endpoints()) {
      add(endpoint.model(), found);
      add(endpoint.eventModel(), found);
    }
    var schemas = new JsonObject();
    found.forEach(schemas::put);
    return schemas;
  }

  private static void add(Model<?> model, Map<String, JsonObject> found) {
    boolean shapeless = model.kind() == Model.Kind.NOTHING || model.kind() == Model.Kind.STREAM;
    if (shapeless || found.containsKey(model.name())) return;
    found.put(model.name(), schema(model));
    for (var part : model.parts()) add(part, found);
  }

  private static JsonObject schema(Model<?> model) {
    return switch (model.kind()) {
      case TEXT -> new JsonObject().put("type", "string");
      case FREE, ENCODED -> model.schema().json().put("additionalProperties", true);
      default -> model.schema().json();
    };
  }

  private Schemas() {}
}
