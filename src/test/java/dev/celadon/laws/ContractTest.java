package dev.celadon.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Catalog;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint and model says what the wire contract says. Where it does not, the difference and
 * its reason stand in {@code contract-exceptions.txt}; an exception that no longer applies fails.
 */
class ContractTest {

  private final List<String> found = new ArrayList<>();

  @Test
  void endpointsSayWhatTheContractSays() {
    for (var endpoint : Served.catalog().endpoints()) {
      if (endpoint.extension()) continue;
      var lines =
          Checkout.operations(endpoint.service())
              .filter(line -> endpoint.name().equals(line.getString("method")))
              .filter(line -> endpoint.method().name().equals(line.getString("verb")))
              .toList();
      if (lines.isEmpty()) found.add(endpoint.id() + " unknown: no such method and verb");
      else compare(endpoint, closest(endpoint, lines));
    }
    new Exceptions("endpoint").check(found);
  }

  @Test
  void modelsHaveTheFieldsOfTheContract() {
    var contract = Checkout.contract("models.json");
    models().forEach((name, model) -> compare(name, model, contract.getJsonObject(name)));
    new Exceptions("model").check(found);
  }

  @Test
  void oneNameIsOneModel() {
    var twice = new TreeSet<String>();
    var models = models();
    Served.catalog().endpoints().stream()
        .map(Endpoint::model)
        .filter(model -> model.kind() == Model.Kind.OBJECT)
        .filter(model -> !shape(model).equals(shape(models.get(model.name()))))
        .forEach(model -> twice.add(model.name()));
    assertEquals(Set.of(), twice);
  }

  private static JsonObject closest(Endpoint endpoint, List<JsonObject> lines) {
    var paths = Catalog.paths(endpoint).toList();
    return lines.stream()
        .filter(line -> paths.contains(line.getString("path")))
        .findFirst()
        .orElse(lines.getFirst());
  }

  private void compare(Endpoint endpoint, JsonObject line) {
    var id = endpoint.id();
    same(id + " path", line.getString("path"), endpoint.path());
    same(id + " status", line.getInteger("status"), endpoint.status());
    var returns = line.getString("returns");
    if (returns != null) same(id + " returns", returns, endpoint.model().name());
    var scopes = endpoint.scopes().stream().map(Scope::wire).collect(Collectors.toSet());
    var wanted = many(line.getValue("scope"));
    if (!scopes.containsAll(wanted)) found.add(id + " scope: " + scopes + " for " + wanted);
    var event = endpoint.event();
    var template = event == null ? null : event.template();
    if (line.containsKey("event")) same(id + " event", line.getString("event"), template);
    same(id + " limits", limits(line.getJsonObject("rateLimit")), ours(endpoint.limits()));
    params(id, endpoint, line.getJsonObject("params", new JsonObject()));
  }

  private void params(String id, Endpoint endpoint, JsonObject wanted) {
    var ours = new TreeMap<String, Param<?>>();
    endpoint.params().forEach(param -> ours.put(param.name(), param));
    for (var name : wanted.fieldNames()) {
      var at = id + " param " + name;
      var line = wanted.getJsonObject(name);
      var param = ours.remove(name);
      if (param == null) {
        found.add(at + ": missing");
        continue;
      }
      same(at + " in", line.getString("in"), param.in().name().toLowerCase(Locale.ROOT));
      same(at + " required", line.getBoolean("required", false), param.required());
      var type = type(line.getString("type", ""));
      if (type != null && !type.equals(schemaType(param))) {
        found.add(at + " type: " + schemaType(param) + " for " + type);
      }
    }
    ours.keySet().forEach(name -> found.add(id + " param " + name + ": not in the contract"));
  }

  private void compare(String name, Model<?> model, JsonObject contract) {
    if (contract == null || model.fields().isEmpty()) return;
    var fields = model.fields().stream().map(Model.Field::name).toList();
    for (var field : contract.getJsonObject("fields")) {
      boolean optional = field.getValue().toString().endsWith("?");
      if (!optional && !fields.contains(field.getKey())) {
        found.add(name + "." + field.getKey() + ": missing");
      }
    }
  }

  /** Every model that an answer, an event or a list shows, by its name. */
  static Map<String, Model<?>> models() {
    var models = new TreeMap<String, Model<?>>();
    for (var endpoint : Served.catalog().endpoints()) {
      add(endpoint.model(), models);
      add(endpoint.eventModel(), models);
    }
    return models;
  }

  private static void add(Model<?> model, Map<String, Model<?>> models) {
    if (models.putIfAbsent(model.name(), model) != null) return;
    for (var part : model.parts()) add(part, models);
  }

  /** What a client sees of a model, without the words about it. */
  private static List<String> shape(Model<?> model) {
    return model.fields().stream().map(field -> field.name() + field.schema().json()).toList();
  }

  private void same(String what, Object wanted, Object ours) {
    if (!String.valueOf(wanted).equals(String.valueOf(ours))) {
      found.add(what + ": " + ours + " for " + wanted);
    }
  }

  /** The schema's type for the contract's, or null where the contract is not so precise. */
  private static String type(String contract) {
    return switch (contract) {
      case "string", "boolean", "object" -> contract;
      default -> contract.endsWith("[]") ? "array" : null;
    };
  }

  private static Object schemaType(Param<?> param) {
    return param.rule().schema().json().getValue("type", "any");
  }

  /** One text or a list of them. */
  private static List<String> many(Object value) {
    var list = value instanceof JsonArray array ? array : JsonArray.of(value);
    return list.stream().filter(Objects::nonNull).map(String::valueOf).toList();
  }

  private static Set<String> limits(JsonObject line) {
    if (line == null) return Set.of();
    var window = line.getInteger("limit") + "/" + line.getInteger("windowSeconds") + "s:";
    return many(line.getValue("key")).stream()
        .map(key -> window + traits(key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** {@code url:{url},userId:{param-userId}} in our words, sorted: {@code param-userId+url}. */
  private static String traits(String key) {
    var traits = new TreeSet<String>();
    for (var part : key.split(", *")) {
      var trait = part.substring(part.indexOf('{') + 1, part.length() - 1);
      traits.add(trait.equals("userId") ? "user" : trait);
    }
    return String.join("+", traits);
  }

  private static Set<String> ours(List<RateLimit> limits) {
    var all = new TreeSet<String>();
    for (var limit : limits) {
      var by = limit.by().stream().map(CatalogueTest::trait).sorted();
      var window = limit.calls() + "/" + limit.window().toSeconds() + "s:";
      all.add(window + by.collect(Collectors.joining("+")));
    }
    return all;
  }
}
