package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents without a declared shape: what goes in, what is asked for, what is done to them. */
class FreeDocumentsTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static int collections;
  private String collection = "";

  @BeforeAll
  static void database() {
    var made = CALLS.key("documentsDB.create", "databaseId", "free", "name", "Free");
    assertEquals("documentsdb", made.getString("type"));
  }

  @BeforeEach
  void collection() {
    collection = "c" + ++collections;
    var made = key("createCollection", "name", "c", "permissions", List.of("create(\"users\")"));
    assertEquals(new JsonArray(), made.getJsonArray("attributes"));
  }

  private JsonObject key(String method, Object... values) {
    return CALLS.as(Calls.KEY, "documentsDB." + method, given(values));
  }

  private String fault(String method, Object... values) {
    try {
      return key(method, values).encode();
    } catch (dev.celadon.api.Failure failure) {
      return failure.fault().type();
    }
  }

  private Map<String, Object> given(Object... values) {
    var given = new HashMap<String, Object>();
    given.put("databaseId", "free");
    given.put("collectionId", collection);
    for (int i = 0; i < values.length; i += 2) {
      var value = values[i + 1];
      if (value instanceof List<?> list) value = new JsonArray(list);
      given.put((String) values[i], value);
    }
    return given;
  }

  private JsonObject make(String id, String json) {
    return key("createDocument", "documentId", id, "data", new JsonObject(json));
  }

  private JsonObject get(String id) {
    return key("getDocument", "documentId", id);
  }

  private List<String> ids(Object... queries) {
    return Calls.ids(key("listDocuments", "queries", List.of(queries)), "documents");
  }

  private static String query(String method, String attribute, Object... values) {
    return new JsonObject()
        .put("method", method)
        .put("attribute", attribute)
        .put("values", new JsonArray(List.of(values)))
        .encode();
  }

  private static String operator(String method, Object... values) {
    return new JsonObject()
        .put("method", method)
        .put("values", new JsonArray(List.of(values)))
        .encode();
  }

  private static JsonObject fields(JsonObject document) {
    var fields = document.copy();
    document.fieldNames().stream()
        .filter(n -> n.matches("\\$[a-z]+[A-Z]?\\w*"))
        .forEach(fields::remove);
    return fields;
  }

  private JsonObject lastEvent() {
    var sql = "SELECT payload::text FROM celadon.events ORDER BY id DESC LIMIT 1";
    return new JsonObject(POSTGRES.transactions().one(row -> row.getString(0), sql).orElseThrow());
  }

  @Test
  void whatGoesInComesOut() {
    for (var json :
        List.of(
            "{}",
            "{\"a\":null,\"b\":[],\"c\":{},\"\":\"\",\"d\":[[],{},null,\"\"]}",
            "{\"text\":\"ä€😀\\\\ \\\" \\n\",\"a.b\":1,\"a'b\":2,\"a\\\"b\":3,\"$1\":4,\"%s\":5}",
            "{\"whole\":9223372036854775807,\"large\":123456789012345678901234567890,\"f\":0.1,"
                + "\"e\":1.5e300,\"n\":-1.25,\"t\":true}",
            "{\"deep\":{\"er\":{\"and\":[{\"so\":{\"on\":[1,[2,[3]]]}}]}}}",
            "{\"operator\":"
                + new JsonObject()
                    .put("x", operator("increment", 1))
                    .getValue("x")
                    .toString()
                    .transform(io.vertx.core.json.Json::encode)
                + "}")) {
      var id = "d" + Math.abs(json.hashCode());
      var expected = new JsonObject(json);
      var made = make(id, json);
      assertEquals(expected, fields(made), json);
      assertEquals(made, get(id), json);
      assertEquals(made, lastEvent());
      assertEquals(1, made.getInteger("$version"));
      assertEquals(collection, made.getString("$collectionId"));
    }
    var own =
        make(
            "own",
            "{\"$id\":\"x\",\"$version\":7,\"$permissions\":[\"read(\\\"any\\\")\"],\"a\":1}");
    assertEquals("own", own.getString("$id"));
    assertEquals(new JsonArray(), own.getJsonArray("$permissions"));
    assertEquals(own, get("own"));
  }

  @Test
  void changesReplaceWhatIsGivenAtTheTop() {
    make("a", "{\"n\":1,\"o\":{\"x\":1,\"y\":2},\"gone\":true}");
    var data = new JsonObject("{\"o\":{\"z\":3},\"gone\":null}");
    var changed = key("updateDocument", "documentId", "a", "data", data);
    assertEquals(new JsonObject("{\"n\":1,\"o\":{\"z\":3},\"gone\":null}"), fields(changed));
    assertEquals(changed, get("a"));
    assertEquals(changed, lastEvent());
    var upserted = key("upsertDocument", "documentId", "a", "data", new JsonObject("{\"m\":2}"));
    assertEquals(2, upserted.getInteger("m"));
    assertEquals(1, upserted.getInteger("n"));
    assertEquals(3, upserted.getInteger("$version"));
    var fresh = key("upsertDocument", "documentId", "b", "data", new JsonObject("{\"m\":[1]}"));
    assertEquals(new JsonObject("{\"m\":[1]}"), fields(fresh));
    var many =
        key(
            "upsertDocuments",
            "documents",
            List.of(
                new JsonObject("{\"$id\":\"b\",\"k\":1}"),
                new JsonObject("{\"$id\":\"c\",\"k\":{\"l\":2}}")));
    assertEquals(List.of("b", "c"), Calls.ids(many, "documents"));
    assertEquals(new JsonObject("{\"m\":[1],\"k\":1}"), fields(get("b")));
    assertEquals(new JsonObject("{\"k\":{\"l\":2}}"), fields(get("c")));
    var all = key("updateDocuments", "data", new JsonObject("{\"all\":1}"));
    assertEquals(3, all.getInteger("total"));
    assertEquals(1, get("c").getInteger("all"));
    assertEquals(
        "document_missing_payload",
        fault("updateDocument", "documentId", "a", "data", new JsonObject()));
    key("deleteDocument", "documentId", "a");
    assertEquals("document_not_found", fault("getDocument", "documentId", "a"));
    assertEquals(2, key("deleteDocuments").getInteger("total"));
  }

  @Test
  void queriesGoDeep() {
    make(
        "a",
        "{\"n\":1,\"name\":\"ann\",\"at\":{\"city\":\"Rome\",\"no\":[1,2]},\"tags\":[\"x\",\"y\"]}");
    make("b", "{\"n\":2.5,\"name\":\"bob\",\"at\":{\"city\":\"Oslo\"},\"tags\":[],\"off\":null}");
    make(
        "c",
        "{\"n\":\"3\",\"name\":\"cleo\",\"items\":[{\"sku\":\"s1\",\"q\":1},{\"sku\":\"s2\",\"q\":9}]}");
    assertEquals(List.of("a"), ids(query("equal", "n", 1)));
    assertEquals(List.of("a", "b"), ids(query("equal", "n", 1, 2.5)));
    assertEquals(List.of("c"), ids(query("equal", "n", "3")));
    assertEquals(List.of("b", "c"), ids(query("notEqual", "n", 1)));
    assertEquals(List.of("a", "b"), ids(query("greaterThan", "n", 0)));
    assertEquals(List.of("b"), ids(query("between", "n", 2, 3)));
    assertEquals(List.of("a"), ids(query("notBetween", "n", 2, 3)));
    assertEquals(List.of("a"), ids(query("equal", "at.city", "Rome")));
    assertEquals(List.of("a"), ids(query("equal", "at.no.1", 2)));
    assertEquals(List.of("a"), ids(query("startsWith", "at.city", "R")));
    assertEquals(List.of("b"), ids(query("notStartsWith", "at.city", "R")));
    assertEquals(List.of("b", "c"), ids(query("regex", "name", "^[bc]")));
    assertEquals(List.of("a"), ids(query("contains", "tags", "y", "z")));
    assertEquals(List.of("b"), ids(query("notContains", "tags", "y")));
    assertEquals(List.of("a"), ids(query("containsAll", "tags", "y", "x")));
    assertEquals(List.of("a"), ids(query("contains", "name", "nn")));
    assertEquals(
        List.of("a", "c"),
        ids(query("isNull", "off"), query("isNotNull", "name"), query("notExists", "off")));
    assertEquals(List.of("b"), ids(query("exists", "", "off")));
    assertEquals(
        List.of("c"),
        ids(
            new JsonObject()
                .put("method", "elemMatch")
                .put("attribute", "items")
                .put(
                    "values",
                    new JsonArray()
                        .add(new JsonObject(query("equal", "sku", "s2")))
                        .add(new JsonObject(query("greaterThan", "q", 5))))
                .encode()));
    assertEquals(
        List.of("a", "b"),
        ids(
            new JsonObject()
                .put("method", "or")
                .put(
                    "values",
                    new JsonArray()
                        .add(new JsonObject(query("equal", "n", 1)))
                        .add(new JsonObject(query("equal", "n", 2.5))))
                .encode()));
    assertEquals(List.of("c", "b", "a"), ids(query("orderDesc", "name")));
    assertEquals(List.of("b", "a", "c"), ids(query("orderAsc", "at.city")));
    assertEquals(
        List.of("a", "c"), ids(query("orderAsc", "at.city"), query("cursorAfter", "", "b")));
    assertEquals(
        List.of("b", "a"), ids(query("orderAsc", "at.city"), query("cursorBefore", "", "c")));
    var part =
        key("listDocuments", "queries", List.of(query("select", "", "at.city", "n"), "limit(1)"));
    assertEquals(
        new JsonObject("{\"n\":1,\"at\":{\"city\":\"Rome\"}}"),
        fields(part.getJsonArray("documents").getJsonObject(0)));
    for (var bad : List.of("a'b", "a\"b", "a..b", ".", "a\\b", "x".repeat(200))) {
      assertEquals(
          "general_query_invalid",
          fault("listDocuments", "queries", List.of(query("equal", bad, 1))),
          bad);
    }
    assertEquals(
        "general_query_invalid",
        fault("listDocuments", "queries", List.of(query("search", "name", "ann"))));
  }

  @Test
  void operatorsWorkAtPaths() {
    make(
        "a",
        "{\"n\":5,\"s\":{\"views\":1,\"open\":true},\"l\":[1,2,2],\"t\":\"x\",\"d\":\"2026-02-27\"}");
    var data =
        new JsonObject()
            .put("n", operator("multiply", 2.5))
            .put("s.views", operator("increment", 2))
            .put("s.open", operator("toggle"))
            .put("new.deep.count", operator("increment"))
            .put("l", operator("arrayUnique"))
            .put("t", operator("stringConcat", "y"))
            .put("d", operator("dateAddDays", 2))
            .put("plain", "text");
    var changed = key("updateDocument", "documentId", "a", "data", data);
    assertEquals(
        new JsonObject(
            "{\"n\":12.5,\"s\":{\"views\":3,\"open\":false},\"new\":{\"deep\":{\"count\":1}},"
                + "\"l\":[1,2],\"t\":\"xy\",\"d\":\"2026-03-01T00:00:00.000+00:00\",\"plain\":\"text\"}"),
        fields(changed));
    assertEquals(changed, get("a"));
    assertEquals(changed, lastEvent());
    var invalid = "document_invalid_structure";
    assertEquals(invalid, operate("t", operator("increment", 1)));
    assertEquals(invalid, operate("n", operator("arrayAppend", 1)));
    assertEquals(invalid, operate("n.x", operator("increment", 1)));
    assertEquals(invalid, operate("l.x", operator("increment", 1)));
    assertEquals(invalid, operate("n", operator("divide", 0)));
    assertEquals(invalid, operate("l", operator("arrayInsert", 9, 1)));
    assertEquals("attribute_limit_exceeded", operate("n", operator("increment", 1, 3)));
    assertEquals("attribute_limit_exceeded", operate("n", operator("power", 1e10)));
    assertEquals(changed, get("a"));
    assertEquals("[1,9,2]", list(operator("arrayInsert", 1, 9)));
    assertEquals("[1,9,2,{\"a\":1}]", list(operator("arrayAppend", new JsonObject().put("a", 1))));
    assertEquals("[9,2,{\"a\":1}]", list(operator("arrayRemove", 1)));
    assertEquals("[9,2]", list(operator("arrayDiff", new JsonObject().put("a", 1))));
    assertEquals("[9]", list(operator("arrayFilter", "greaterThan", 2)));
    assertEquals("[7,9]", list(operator("arrayPrepend", 7)));
    assertEquals("[9]", list(operator("arrayIntersect", 9, "9")));
    var stock = new JsonObject().put("stock.left", operator("decrement", 1, 0));
    assertEquals(
        "attribute_limit_exceeded", fault("upsertDocument", "documentId", "u", "data", stock));
    make("u", "{\"stock\":{\"left\":1}}");
    var taken = key("upsertDocument", "documentId", "u", "data", stock);
    assertEquals(0, taken.getJsonObject("stock").getInteger("left"));
    assertEquals(
        "attribute_limit_exceeded", fault("upsertDocument", "documentId", "u", "data", stock));
  }

  private String operate(String path, String operator) {
    return fault("updateDocument", "documentId", "a", "data", new JsonObject().put(path, operator));
  }

  private String list(String operator) {
    return new JsonObject(operate("l", operator)).getJsonArray("l").encode();
  }

  @Test
  void countingIsExactUnderContention() throws Exception {
    make("c", "{}");
    var tasks = new ArrayList<Callable<String>>();
    for (int i = 0; i < 32; i++) {
      tasks.add(
          () -> fault("incrementDocumentAttribute", "documentId", "c", "attribute", "stats.n"));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var task : threads.invokeAll(tasks)) assertTrue(task.get().startsWith("{"), task.get());
    }
    assertEquals(32, get("c").getJsonObject("stats").getInteger("n"));
    var down =
        key(
            "decrementDocumentAttribute",
            "documentId",
            "c",
            "attribute",
            "stats.n",
            "value",
            2,
            "min",
            30);
    assertEquals(30, down.getJsonObject("stats").getInteger("n"));
    assertEquals(
        "attribute_limit_exceeded",
        fault("decrementDocumentAttribute", "documentId", "c", "attribute", "stats.n", "min", 30));
  }

  @Test
  void indexesAreOfPaths() {
    make("a", "{\"mail\":{\"of\":\"x\"},\"text\":\"the quick fox\"}");
    var index = key("createIndex", "key", "u", "type", "unique", "attributes", List.of("mail.of"));
    assertEquals(new JsonArray().add("mail.of"), index.getJsonArray("attributes"));
    key(
        "createIndex",
        "key",
        "k",
        "type",
        "key",
        "attributes",
        List.of("n", "$createdAt"),
        "orders",
        List.of("DESC", "ASC"));
    key("createIndex", "key", "f", "type", "fulltext", "attributes", List.of("text"));
    assertEquals(3, key("listIndexes").getInteger("total"));
    assertEquals(
        "document_unique_constraint_violation",
        fault(
            "createDocument",
            "documentId",
            "b",
            "data",
            new JsonObject("{\"mail\":{\"of\":\"x\"}}")));
    make("b", "{\"mail\":{\"of\":null}}");
    make("c", "{\"mail\":{\"of\":null}}");
    assertEquals(List.of("a"), ids(query("search", "text", "quick")));
    assertEquals(List.of("a"), ids(query("equal", "mail.of", "x")));
    var plan =
        POSTGRES
            .transactions()
            .tx(
                tx -> {
                  tx.script("SET LOCAL enable_seqscan = off");
                  var table =
                      tx.one(
                              r -> r.getString(0),
                              "SELECT 'p' || schema || '.t' || number FROM celadon.shapes WHERE id"
                                  + " = $1",
                              collection)
                          .orElseThrow();
                  return tx.list(
                      r -> r.getString(0),
                      "EXPLAIN SELECT 1 FROM "
                          + table
                          + " WHERE nullif((c0 #> '{\"mail\",\"of\"}'), 'null') IN"
                          + " ('\"x\"'::jsonb)");
                });
    assertTrue(plan.toString().contains("Index"), plan::toString);
    assertEquals(
        "index_invalid",
        fault("createIndex", "key", "x", "type", "key", "attributes", List.of("a'b")));
    key("deleteIndex", "key", "u");
    make("d", "{\"mail\":{\"of\":\"x\"}}");
  }

  @Test
  void whatCannotBeHeldIsRefused() {
    for (var bad :
        List.of(
            "{\"a\":\"\\u0000\"}",
            "{\"a\\u0000\":1}",
            "{\"a\":[{\"b\":\"\\u0000\"}]}",
            "{\"a\":1e999}",
            "{\"" + "x".repeat(300) + "\":1}",
            "{\"a\":\"" + "x".repeat(1 << 20) + "\"}")) {
      assertEquals(
          "document_invalid_structure",
          fault("createDocument", "documentId", "x", "data", new JsonObject(bad)));
      assertEquals(
          "document_invalid_structure",
          fault("upsertDocument", "documentId", "x", "data", new JsonObject(bad)));
    }
  }

  @Test
  void formsDoNotSeeEachOther() {
    for (var service : List.of("tablesDB", "databases")) {
      assertEquals(
          "database_not_found", CALLS.fault(Calls.KEY, service + ".get", "databaseId", "free"));
      assertEquals(
          "database_not_found", CALLS.fault(Calls.KEY, service + ".delete", "databaseId", "free"));
      assertEquals(
          "database_not_found",
          CALLS.fault(Calls.KEY, service + ".update", "databaseId", "free", "name", "x"));
    }
    assertEquals(
        "database_not_found",
        CALLS.fault(
            Calls.KEY,
            "databases.getCollection",
            "databaseId",
            "free",
            "collectionId",
            collection));
    assertEquals(
        "database_not_found",
        CALLS.fault(
            Calls.KEY, "tablesDB.createTable", "databaseId", "free", "tableId", "x", "name", "x"));
    assertEquals(
        "database_not_found",
        CALLS.fault(Calls.KEY, "tablesDB.listRows", "databaseId", "free", "tableId", collection));
    assertEquals(
        "database_not_found",
        CALLS.fault(
            Calls.KEY,
            "tablesDB.createStringColumn",
            "databaseId",
            "free",
            "tableId",
            collection,
            "key",
            "s",
            "size",
            9,
            "required",
            false));
    assertEquals(
        "database_not_found", CALLS.fault(Calls.KEY, "documentsDB.get", "databaseId", "default"));
    assertEquals(
        "database_not_found",
        CALLS.fault(Calls.KEY, "documentsDB.listCollections", "databaseId", "default"));
    assertEquals(
        "database_already_exists",
        CALLS.fault(Calls.KEY, "documentsDB.create", "databaseId", "default", "name", "x"));
    assertEquals(List.of("default"), Calls.ids(CALLS.key("tablesDB.list"), "databases"));
    assertEquals(List.of("free"), Calls.ids(CALLS.key("documentsDB.list"), "databases"));
  }

  @Test
  void rowsGrantAsElsewhere() {
    var ann = Calls.user("ann");
    var bob = Calls.user("bob");
    key("updateCollection", "name", "c", "documentSecurity", true);
    CALLS.as(
        ann,
        "documentsDB.createDocument",
        given("documentId", "mine", "data", new JsonObject("{\"a\":1}")));
    assertEquals(
        1, CALLS.as(ann, "documentsDB.getDocument", given("documentId", "mine")).getInteger("a"));
    assertEquals(1, CALLS.as(ann, "documentsDB.listDocuments", given()).getInteger("total"));
    assertEquals(0, CALLS.as(bob, "documentsDB.listDocuments", given()).getInteger("total"));
    try {
      CALLS.as(
          bob,
          "documentsDB.incrementDocumentAttribute",
          given("documentId", "mine", "attribute", "a"));
      throw new AssertionError("not refused");
    } catch (dev.celadon.api.Failure failure) {
      assertEquals("document_not_found", failure.fault().type());
    }
  }
}
