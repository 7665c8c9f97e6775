package dev.celadon.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a client would do that has read nothing but the document: operations at random, with values
 * good and bad, by anybody. The seed is fixed, so that a failure can be seen again.
 */
class RandomCallsTest {

  private static final int CALLS = 2_000;
  private static final int BATCH = 100;
  private static final long SEED = 20_260_131;

  private record Operation(HttpMethod method, String path, JsonObject json) {}

  private final Random random = new Random(SEED);

  @Test
  void nothingFails() throws Exception {
    var world = World.open();
    var document = world.wire().one(HttpMethod.GET, "/v1/openapi.json", Caller.NOBODY, null);
    var operations = operations(document.json());
    var found = new ArrayList<String>();
    var statuses = new TreeMap<Integer, Integer>();
    for (int sent = 0; sent < CALLS; sent += BATCH) {
      // Calls sign out, delete and block: what is gone is made anew.
      var project = world.wire().one(HttpMethod.GET, "/v1/project", world.key(), null);
      if (project.status() != 200 || sent % (5 * BATCH) == 0) world = World.open();
      var requests = new ArrayList<Wire.Request>();
      for (int i = 0; i < BATCH; i++) {
        requests.add(request(one(operations), caller(world)));
      }
      var answers = world.wire().all(requests);
      for (int i = 0; i < BATCH; i++) {
        var answer = answers.get(i);
        statuses.merge(answer.status(), 1, Integer::sum);
        boolean failed = answer.status() >= 500 && !World.MISSING.contains(answer.type());
        if (failed || !answer.malformed().isEmpty()) found.add(requests.get(i) + " -> " + answer);
      }
    }
    World.report("random calls " + statuses, CALLS);
    assertTrue(statuses.keySet().stream().anyMatch(status -> status < 300), "some succeed");
    assertEquals("", String.join("\n", found));
  }

  /** Half of the calls come from those who may do something. */
  private Caller caller(World world) {
    return random.nextBoolean() ? world.key() : one(world.strangers());
  }

  private static List<Operation> operations(JsonObject document) {
    var operations = new ArrayList<Operation>();
    for (var path : document.getJsonObject("paths")) {
      for (var verb : (JsonObject) path.getValue()) {
        var method = HttpMethod.valueOf(verb.getKey().toUpperCase(Locale.ROOT));
        var operation = new Operation(method, path.getKey(), (JsonObject) verb.getValue());
        // Switching a service off for all is tried elsewhere; here it would hide the others.
        if (!path.getKey().startsWith("/v1/installation")) operations.add(operation);
      }
    }
    return operations;
  }

  private Wire.Request request(Operation operation, Caller caller) {
    var path = operation.path;
    var pairs = new StringJoiner("&", "?", "").setEmptyValue("");
    for (var parameter : objects(operation.json.getJsonArray("parameters", new JsonArray()))) {
      var name = parameter.getString("name");
      var value = value(parameter.getJsonObject("schema"), caller.known().get(name));
      if (parameter.getString("in").equals("path")) {
        path = path.replace("{" + name + "}", encoded(text(value)));
      } else if (random.nextInt(3) > 0) {
        pairs.add(encoded(name) + (random.nextBoolean() ? "=" : "[]=") + encoded(text(value)));
      }
    }
    var body = operation.json.getJsonObject("requestBody");
    return new Wire.Request(
        operation.method, path + pairs, caller, body == null ? null : body(body, caller.known()));
  }

  private String body(JsonObject body, Map<String, String> known) {
    if (random.nextInt(50) == 0) return one(Bad.bodies());
    var json = body.getJsonObject("content").getJsonObject("application/json");
    // A file, which is no object of parameters.
    if (json == null) return "{\"title\":\"x\"}\n";
    var schema = json.getJsonObject("schema");
    var required = schema.getJsonArray("required", new JsonArray());
    return schema.getJsonObject("properties").stream()
        .filter(property -> random.nextInt(20) > (required.contains(property.getKey()) ? 0 : 9))
        .map(
            property ->
                Json.encode(property.getKey())
                    + ":"
                    + value((JsonObject) property.getValue(), known.get(property.getKey())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** A value as JSON: mostly a good one or an id that exists, at times a bad one. */
  private String value(JsonObject schema, String known) {
    if (random.nextInt(12) == 0) return one(Bad.of(schema)).json();
    if (known != null && random.nextInt(10) > 0) return Json.encode(known);
    if (schema.containsKey("enum"))
      return Json.encode(one(schema.getJsonArray("enum").stream().toList()));
    return switch (String.valueOf(schema.getValue("type"))) {
      case "string" -> Json.encode(one(Samples.TEXTS));
      case "integer" -> Long.toString(random.nextLong(-3, 1_000));
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "array" -> list(schema.getJsonObject("items", new JsonObject()));
      case "object" ->
          one(List.of("{}", "{\"title\":\"y\",\"n\":3}", "{\"n\":null}", "{\"x\":[]}"));
      default -> Json.encode(Samples.of(schema));
    };
  }

  private String list(JsonObject items) {
    var values = new StringJoiner(",", "[", "]");
    for (int i = random.nextInt(4); i > 0; i--) values.add(value(items, null));
    return values.toString();
  }

  /** How a JSON value is written in an address. */
  private static String text(String json) {
    var value = new JsonArray("[" + json.replace("\\ud800", "") + "]").getValue(0);
    return value instanceof String text && !text.isEmpty() ? text : json;
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
