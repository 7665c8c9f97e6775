package dev.celadon.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Catalog;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.laws.Served;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document: of a small catalogue, to see each word, and of the whole one, to see it whole. */
class OpenApiTest {

  private record Cup(String id) {}

  private static final Model<Cup> CUP =
      Model.of("Cup", Cup.class).field("$id", Schema.TEXT, Cup::id, "The id of the cup.");

  private static final Endpoint LIST =
      Endpoint.get("/v1/shelves/{shelfId}/cups")
          .named("cups", "list")
          .doc("List cups", "Shows the cups of a shelf.")
          .alias("/v1/boards/{shelfId}/cups")
          .params(
              Param.path("shelfId", Rules.id(), "The shelf."),
              Param.query("total", Rules.bool(), "Whether to count.").orElse(true),
              Param.query("search", Rules.text(9), "Words to find.").orElse(""),
              Param.query("queries", Rules.list(Rules.text(9), 3), "Which.").orElse(List.of()))
          .scopes(Scope.PUBLIC)
          .returns(200, Model.list("CupList", "cups", CUP), call -> null)
          .endpoint();

  private static final Endpoint CREATE =
      Endpoint.post("/v1/shelves/{shelfId}/cups")
          .named("cups", "create")
          .doc("Create a cup", "Puts a cup on a shelf.")
          .params(
              Param.path("shelfId", Rules.id(), "The shelf."),
              Param.body("cupId", Rules.newId(), "The cup."),
              Param.body("size", Rules.integer(1, 9), "In decilitres.").optional())
          .scopes(Scope.TEAMS_WRITE)
          .limits(RateLimit.perHour(10, RateLimit.By.Trait.IP, RateLimit.value("cupId")))
          .emits("shelves.[shelfId].cups.[cupId].create")
          .ours()
          .returns(201, CUP, call -> new Cup(""))
          .endpoint();

  private final JsonObject small = document(new Catalog(List.of(LIST, CREATE)));
  private final JsonObject whole = document(Served.catalog());

  @Test
  void aParameterIsShownWithRuleDefaultAndDescription() {
    var list = operation(small, "/v1/shelves/{shelfId}/cups", "get");
    assertEquals("cups_list", list.getString("operationId"));
    var total = list.getJsonArray("parameters").getJsonObject(1);
    assertEquals("total", total.getString("name"));
    assertEquals("query", total.getString("in"));
    assertFalse(total.getBoolean("required"));
    assertEquals("Whether to count.", total.getString("description"));
    assertEquals(
        new JsonObject().put("type", "boolean").put("default", true), total.getValue("schema"));
    assertNull(list.getValue("requestBody"));
  }

  @Test
  void aDefaultThatNobodyMaySendIsNotShown() {
    var list = operation(small, "/v1/shelves/{shelfId}/cups", "get");
    var search = list.getJsonArray("parameters").getJsonObject(2);
    assertEquals("search", search.getString("name"));
    assertFalse(search.getJsonObject("schema").containsKey("default"));
  }

  @Test
  void bodyParametersAreOneObject() {
    var create = operation(small, "/v1/shelves/{shelfId}/cups", "post");
    var body = create.getJsonObject("requestBody");
    var schema = at(body, "content", "application/json", "schema");
    assertTrue(body.getBoolean("required"));
    assertEquals(JsonArray.of("cupId"), schema.getJsonArray("required"));
    assertEquals(9L, at(schema, "properties", "size").getLong("maximum"));
    assertEquals(1, create.getJsonArray("parameters").size());
  }

  @Test
  void whatOpenApiHasNoWordsForIsAnExtension() {
    var more = operation(small, "/v1/shelves/{shelfId}/cups", "post").getJsonObject("x-celadon");
    assertEquals(JsonArray.of("teams.write"), more.getJsonArray("scopes"));
    assertEquals("shelves.[shelfId].cups.[cupId].create", more.getString("event"));
    assertTrue(more.getBoolean("ours"));
    var limit = more.getJsonArray("rateLimits").getJsonObject(0);
    assertEquals(10, limit.getInteger("calls"));
    assertEquals(3600, limit.getInteger("windowSeconds"));
    assertEquals(JsonArray.of("ip", "param:cupId"), limit.getJsonArray("by"));
  }

  @Test
  void anAliasIsAnOperationOfItsOwn() {
    var alias = operation(small, "/v1/boards/{shelfId}/cups", "get");
    assertEquals("cups_list_alias1", alias.getString("operationId"));
    assertEquals(2, alias.getJsonObject("x-celadon").getJsonArray("paths").size());
  }

  @Test
  void whoeverMayCallIsNamed() {
    var list = operation(small, "/v1/shelves/{shelfId}/cups", "get").getJsonArray("security");
    assertEquals(new JsonObject().put("project", new JsonArray()), list.getValue(0));
    assertEquals(6, list.size());
    assertTrue(list.encode().contains("\"key\""));
  }

  @Test
  void theItemsOfAListAreDescribed() {
    var schemas = at(small, "components", "schemas");
    assertEquals(Set.of("Cup", "CupList", "Error"), schemas.fieldNames());
    assertEquals(
        "#/components/schemas/Cup",
        at(schemas, "CupList", "properties", "cups", "items").getString("$ref"));
    assertTrue(at(schemas, "Error", "properties", "type").getJsonArray("enum").size() > 100);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    var nowhere = new TreeSet<String>();
    for (var target : references(whole)) {
      JsonObject found = whole;
      for (var part : target.substring(2).split("/")) {
        found = found == null ? null : found.getJsonObject(part);
      }
      if (found == null) nowhere.add(target);
    }
    assertEquals(Set.of(), nowhere);
  }

  @Test
  void operationsAreToldApartAndShowTheirPathsVariables() {
    var ids = new HashSet<String>();
    var shapes = new HashMap<String, String>();
    for (var path : whole.getJsonObject("paths").fieldNames()) {
      var before = shapes.put(path.replaceAll("\\{\\w+}", "{}"), path);
      assertNull(before, "one path in two wordings: " + path + " and " + before);
      for (var verb : at(whole, "paths", path).fieldNames()) {
        var operation = operation(whole, path, verb);
        assertTrue(ids.add(operation.getString("operationId")), operation::encode);
        for (var parameter : operation.getJsonArray("parameters", new JsonArray())) {
          var json = (JsonObject) parameter;
          if (!"path".equals(json.getString("in"))) continue;
          assertTrue(path.contains("{" + json.getString("name") + "}"), path + json.encode());
        }
      }
    }
    var paths = Served.catalog().endpoints().stream().flatMap(Catalog::paths).count();
    assertEquals(paths, ids.size());
  }

  private static JsonObject document(Catalog catalog) {
    return new JsonObject(new OpenApi(catalog).json());
  }

  private static JsonObject operation(JsonObject document, String path, String verb) {
    return at(document, "paths", path, verb);
  }

  private static JsonObject at(JsonObject json, String... names) {
    for (var name : names) json = json.getJsonObject(name);
    return json;
  }

  private static List<String> references(Object json) {
    var found = new ArrayList<String>();
    switch (json) {
      case JsonObject object -> {
        if (object.getValue("$ref") instanceof String target) found.add(target);
        object.forEach(entry -> found.addAll(references(entry.getValue())));
      }
      case JsonArray array -> array.forEach(item -> found.addAll(references(item)));
      case null, default -> {}
    }
    return found;
  }
}
