package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The names in a free document stay in the order that they came in, through every door. */
class DocumentOrderTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static final String WHOLE =
      """
      {"zebra":1,"b":{"y":1.0,"a":[{"z":1,"aa":2},{"d":0,"cc":-1.5E300}]},"aaa":null,"n":1.0,\
      "large":123456789012345678901234567890,"":"","a.b":[]}\
      """;

  @BeforeAll
  static void collection() {
    CALLS.key("documentsDB.create", "databaseId", "free", "name", "Free");
    key("createCollection", "name", "c");
  }

  private static JsonObject key(String method, Object... values) {
    var given = new ArrayList<Object>(List.of("databaseId", "free", "collectionId", "c"));
    given.addAll(List.of(values));
    return CALLS.key("documentsDB." + method, given.toArray());
  }

  private static String fields(JsonObject document) {
    var fields = document.copy();
    document.fieldNames().stream().filter(name -> name.startsWith("$")).forEach(fields::remove);
    return fields.encode();
  }

  private static JsonObject make(String id, String json) {
    return key("createDocument", "documentId", id, "data", new JsonObject(json));
  }

  /** What every way of reading shows, and the last event. */
  private static void shown(String expected, JsonObject answered) {
    var id = answered.getString("$id");
    assertEquals(expected, fields(answered));
    assertEquals(expected, fields(key("getDocument", "documentId", id)));
    var query = "{\"method\":\"equal\",\"attribute\":\"$id\",\"values\":[\"" + id + "\"]}";
    var list = key("listDocuments", "queries", List.of(query)).getJsonArray("documents");
    assertEquals(expected, fields(list.getJsonObject(0)));
    var sql = "SELECT payload::text FROM celadon.events ORDER BY id DESC LIMIT 1";
    var event = POSTGRES.transactions().one(row -> row.getString(0), sql).orElseThrow();
    assertEquals(expected, fields(new JsonObject(event)));
  }

  @Test
  void whatIsStoredIsShownInItsOrder() {
    shown(WHOLE, make("whole", WHOLE));
    shown(WHOLE, key("upsertDocument", "documentId", "put", "data", new JsonObject(WHOLE)));
    var many = List.of(new JsonObject(WHOLE).put("$id", "m1"), new JsonObject("{\"$id\":\"m2\"}"));
    var made = key("createDocument", "documents", many).getJsonArray("documents");
    assertEquals(WHOLE, fields(made.getJsonObject(0)));
    shown("{}", made.getJsonObject(1));
    var select = "{\"method\":\"select\",\"values\":[\"n\",\"b.a\",\"zebra\",\"b.no\",\"n.no\"]}";
    var only = "{\"method\":\"equal\",\"attribute\":\"$id\",\"values\":[\"whole\"]}";
    var part = key("listDocuments", "queries", List.of(select, only)).getJsonArray("documents");
    assertEquals(
        "{\"zebra\":1,\"b\":{\"a\":[{\"z\":1,\"aa\":2},{\"d\":0,\"cc\":-1.5E300}]},\"n\":1.0}",
        fields(part.getJsonObject(0)));
  }

  @Test
  void aChangeLeavesTheRestInItsPlace() {
    make("u", WHOLE);
    var data = new JsonObject("{\"new\":{\"x\":1,\"b\":2},\"b\":{\"k\":1,\"c\":[]},\"zebra\":2.0}");
    var expected =
        """
        {"zebra":2.0,"b":{"k":1,"c":[]},"aaa":null,"n":1.0,\
        "large":123456789012345678901234567890,"":"","a.b":[],"new":{"x":1,"b":2}}\
        """;
    shown(expected, key("updateDocument", "documentId", "u", "data", data));
    shown(expected, key("upsertDocument", "documentId", "u", "data", data));
    var equal = List.of("{\"$id\":\"u\",\"n\":1}", "{\"$id\":\"v\",\"q\":{\"z\":1,\"a\":1.0}}");
    var documents = equal.stream().map(JsonObject::new).toList();
    var stored = key("upsertDocuments", "documents", documents).getJsonArray("documents");
    assertEquals(expected.replace("\"n\":1.0", "\"n\":1"), fields(stored.getJsonObject(0)));
    shown("{\"q\":{\"z\":1,\"a\":1.0}}", stored.getJsonObject(1));
    var only = "{\"method\":\"equal\",\"attribute\":\"$id\",\"values\":[\"v\"]}";
    key("updateDocuments", "data", new JsonObject("{\"a\":1}"), "queries", List.of(only));
    shown("{\"q\":{\"z\":1,\"a\":1.0},\"a\":1}", key("getDocument", "documentId", "v"));
  }

  private static String operator(String method, Object... values) {
    var operator = new JsonObject().put("method", method);
    return operator.put("values", new JsonArray(List.of(values))).encode();
  }

  @Test
  void operatorsLeaveTheOrder() {
    make("o", WHOLE);
    var data =
        new JsonObject()
            .put("plain", "text")
            .put("b.y", operator("increment", 0.5))
            .put("b.a", operator("arrayPrepend", new JsonObject("{\"w\":1,\"aaa\":1.0}")))
            .put("zebra", operator("increment"))
            .put("new.zz.a", operator("increment"))
            .put("new.b", operator("stringConcat", "x"))
            .put("aaa", operator("toggle"));
    var expected =
        """
        {"zebra":2,"b":{"y":1.5,"a":[{"w":1,"aaa":1.0},{"z":1,"aa":2},{"d":0,"cc":-1.5E300}]},\
        "aaa":true,"n":1.0,"large":123456789012345678901234567890,"":"","a.b":[],"plain":"text",\
        "new":{"zz":{"a":1},"b":"x"}}\
        """;
    shown(expected, key("updateDocument", "documentId", "o", "data", data));
    data =
        new JsonObject().put("b.a", operator("arrayRemove", new JsonObject("{\"aa\":2,\"z\":1}")));
    data.put("b.a.0.aaa", operator("increment", 2));
    data.put("a.b", "gone");
    shown(
        expected
            .replace("{\"z\":1,\"aa\":2},", "")
            .replace("\"aaa\":1.0", "\"aaa\":3")
            .replace("\"a.b\":[]", "\"a.b\":\"gone\""),
        key("upsertDocument", "documentId", "o", "data", data));
    var up = key("incrementDocumentAttribute", "documentId", "o", "attribute", "b.a.1.cc");
    assertEquals(up, key("getDocument", "documentId", "o"));
    var fresh = new JsonObject().put("z", 1).put("c.z", operator("increment")).put("a", 2);
    shown(
        "{\"z\":1,\"a\":2,\"c\":{\"z\":1}}",
        key("upsertDocument", "documentId", "fresh", "data", fresh));
  }

  @Test
  void whatIsStagedIsShownInItsOrder() {
    var id = CALLS.key("documentsDB.createTransaction").getString("$id");
    var data = new JsonObject(WHOLE);
    key("createDocument", "documentId", "t", "data", data, "transactionId", id);
    var inside = key("getDocument", "documentId", "t", "transactionId", id);
    assertEquals(WHOLE, fields(inside));
    CALLS.key("documentsDB.updateTransaction", "transactionId", id, "commit", true);
    shown(WHOLE, key("getDocument", "documentId", "t"));
  }

  @Test
  void documentsOfBeforeAreCarriedOver() throws IOException {
    CALLS.key(
        "documentsDB.createCollection", "databaseId", "free", "collectionId", "old", "name", "o");
    var place = new Object[] {"databaseId", "free", "collectionId", "old"};
    CALLS.key(
        "documentsDB.createIndex",
        with(place, "key", "i", "type", "unique", "attributes", List.of("n")));
    var table =
        POSTGRES
            .transactions()
            .one(
                row -> row.getString(0),
                "SELECT 'p' || schema || '.t' || number FROM celadon.shapes WHERE id = 'old'")
            .orElseThrow();
    var script = "/db/0073_documents_as_they_came.sql";
    try (var in = DocumentOrderTest.class.getResourceAsStream(script)) {
      var sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var convert = sql.substring(sql.indexOf("\nDO $$"));
      POSTGRES
          .transactions()
          .tx(
              tx -> {
                tx.script(
                    """
                    CREATE TEMP TABLE kept ON COMMIT DROP AS
                      SELECT pg_get_indexdef(i.indexrelid) AS sql FROM pg_index i
                      WHERE i.indrelid = '%1$s'::regclass AND i.indexprs IS NOT NULL;
                    ALTER TABLE %1$s DROP COLUMN c0, DROP COLUMN c1, ADD COLUMN c0 jsonb;
                    DO $do$ BEGIN EXECUTE (SELECT sql FROM kept); END $do$;
                    INSERT INTO %1$s (_id, _created, _updated, _read, _update, _delete, c0)
                      VALUES ('a', now(), now(), '{}', '{}', '{}', '{"n": 1.0, "aa": [{}]}')\
                    """
                        .formatted(table));
                // Only this table is as it was.
                tx.script(convert.replace("d.type = 'documentsdb'", "t.id = 'old'"));
                return 0;
              });
    }
    var got = CALLS.key("documentsDB.getDocument", with(place, "documentId", "a"));
    assertEquals("{\"n\":1.0,\"aa\":[{}]}", fields(got));
    var same = with(place, "documentId", "b", "data", new JsonObject("{\"n\":1}"));
    assertEquals(
        "document_unique_constraint_violation",
        CALLS.fault(Calls.KEY, "documentsDB.createDocument", same));
  }

  private static Object[] with(Object[] place, Object... more) {
    var all = new ArrayList<Object>(List.of(place));
    all.addAll(List.of(more));
    return all.toArray();
  }
}
