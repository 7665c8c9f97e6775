package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.domain.documents.TestDocuments;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts that lie encrypted in rows and in the log, and are plain for those who may read them. */
class EncryptedTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static final String SECRET = "täglich \"3\" \\ Löffel ✓";

  @BeforeAll
  static void make() {
    CALLS.key("tablesDB.createTable", "tableId", "t", "name", "t");
    for (var kind : List.of("String", "Varchar", "Text", "Mediumtext", "Longtext")) {
      var key = kind.toLowerCase(java.util.Locale.ROOT);
      var made =
          column(kind, key, kind.equals("String") || kind.equals("Varchar") ? 100 : 0, false);
      assertTrue(made.getBoolean("encrypt"));
    }
    column("String", "list", 100, true);
    CALLS.key("tablesDB.createTextColumn", "tableId", "t", "key", "plain", "required", false);
  }

  private static JsonObject column(String kind, String key, int size, boolean array) {
    var given = new java.util.HashMap<String, Object>();
    given.putAll(Map.of("tableId", "t", "key", key, "required", false, "encrypt", true));
    given.put("array", array);
    if (size > 0) given.put("size", size);
    return CALLS.as(Calls.KEY, "tablesDB.create" + kind + "Column", given);
  }

  private static JsonObject data() {
    var data = new JsonObject().put("plain", "open");
    for (var key : List.of("string", "varchar", "text", "mediumtext", "longtext")) {
      data.put(key, SECRET);
    }
    return data.put("list", JsonArray.of(SECRET, "", "b"));
  }

  private static void assertPlain(JsonObject row) {
    for (var field : data()) assertEquals(field.getValue(), row.getValue(field.getKey()));
  }

  @Test
  void everyDoorShowsThemPlainAndStoresThemSealed() {
    assertPlain(row("createRow", "a"));
    assertPlain(row("upsertRow", "a"));
    assertPlain(row("upsertRow", "b"));
    assertPlain(row("updateRow", "b"));
    assertPlain(CALLS.key("tablesDB.getRow", "tableId", "t", "rowId", "b"));
    var rows = List.of(data().put("$id", "c"), data().put("$id", "d"));
    for (var method : List.of("createRow", "upsertRows")) {
      var made = CALLS.key("tablesDB." + method, "tableId", "t", "rows", rows);
      made.getJsonArray("rows").forEach(row -> assertPlain((JsonObject) row));
    }
    var changed = CALLS.key("tablesDB.updateRows", "tableId", "t", "data", data());
    assertEquals(4, changed.getJsonArray("rows").size());
    changed.getJsonArray("rows").forEach(row -> assertPlain((JsonObject) row));
    var listed = CALLS.key("databases.listDocuments", "collectionId", "t");
    listed.getJsonArray("documents").forEach(row -> assertPlain((JsonObject) row));
    var selected = List.of("select([\"string\"])", "isNull(\"plain\")");
    assertEquals(
        0, CALLS.key("tablesDB.listRows", "tableId", "t", "queries", selected).getInteger("total"));
    CALLS.key("tablesDB.deleteRows", "tableId", "t", "queries", List.of("equal(\"$id\", [\"d\"])"));
    CALLS.key("tablesDB.deleteRow", "tableId", "t", "rowId", "c");
    assertSealed();
  }

  private static JsonObject row(String method, String id) {
    return CALLS.key("tablesDB." + method, "tableId", "t", "rowId", id, "data", data());
  }

  private static void assertSealed() {
    var db = POSTGRES.transactions();
    var table =
        db.one(
                row -> row.getString(0),
                "SELECT 'p' || s.number || '.t' || t.number FROM celadon.tables t JOIN"
                    + " celadon.schemas s USING (project) WHERE t.id = 't'")
            .orElseThrow();
    var stored = db.list(row -> row.getString(0), "SELECT x::text FROM " + table + " x");
    assertEquals(2, stored.size());
    var payloads =
        db.list(
            row -> row.getString(0),
            "SELECT payload::text FROM celadon.events WHERE event LIKE '%.rows.%'");
    assertTrue(payloads.size() > 10);
    var seals = TestDocuments.open(POSTGRES).seals();
    for (var text : stored) assertFalse(text.contains("ffel"), text);
    for (var text : payloads) {
      assertFalse(text.contains("ffel"), text);
      assertPlain(new JsonObject(seals.openAll(text)));
    }
  }

  @Test
  void whatIsSealedCannotBeAskedFor() {
    for (var query :
        List.of(
            "equal(\"string\", [\"x\"])",
            "contains(\"list\", [\"x\"])",
            "startsWith(\"text\", [\"x\"])",
            "search(\"text\", [\"x\"])",
            "isNull(\"text\")",
            "orderAsc(\"string\")")) {
      assertEquals(
          "general_query_invalid",
          CALLS.fault(Calls.KEY, "tablesDB.listRows", "tableId", "t", "queries", List.of(query)),
          query);
    }
    for (var type : List.of("key", "unique", "fulltext")) {
      assertEquals(
          "column_index_invalid",
          CALLS.fault(
              Calls.KEY,
              "tablesDB.createIndex",
              "tableId",
              "t",
              "key",
              "i",
              "type",
              type,
              "columns",
              List.of("string")));
    }
    row("upsertRow", "operated");
    var operator = "{\"method\":\"stringConcat\",\"values\":[\"x\"]}";
    assertEquals(
        "row_invalid_structure",
        CALLS.fault(
            Calls.KEY,
            "tablesDB.updateRow",
            "tableId",
            "t",
            "rowId",
            "operated",
            "data",
            Map.of("string", operator)));
    CALLS.key("tablesDB.deleteRow", "tableId", "t", "rowId", "operated");
  }

  @Test
  void whatIsStagedIsSealedToo() {
    var transaction = CALLS.key("tablesDB.createTransaction").getString("$id");
    var staged =
        CALLS.key(
            "tablesDB.createRow",
            "tableId",
            "t",
            "rowId",
            "staged",
            "data",
            data(),
            "transactionId",
            transaction);
    assertPlain(staged);
    var kept =
        POSTGRES
            .transactions()
            .list(row -> row.getString(0), "SELECT parameters FROM celadon.operations");
    assertEquals(1, kept.size());
    assertFalse(kept.getFirst().contains("ffel"));
    CALLS.key("tablesDB.updateTransaction", "transactionId", transaction, "commit", true);
    assertPlain(CALLS.key("tablesDB.getRow", "tableId", "t", "rowId", "staged"));
    CALLS.key("tablesDB.deleteRow", "tableId", "t", "rowId", "staged");
  }

  @Test
  void forgeriesStayShut() {
    var seals = TestDocuments.open(POSTGRES).seals();
    for (var forged :
        List.of(
            "<sealed:",
            "<sealed:00000000:c1:AAAA>",
            "<sealed:a:b>",
            "<sealed:::>",
            "<sealed:a:b:%>")) {
      assertEquals("{\"a\":null,\"b\":1}", seals.openAll("{\"a\":\"" + forged + "\",\"b\":1}"));
      assertEquals(
          "row_invalid_structure",
          CALLS.fault(
              Calls.KEY,
              "tablesDB.createRow",
              "tableId",
              "t",
              "rowId",
              "forged",
              "data",
              Map.of("plain", forged)));
    }
  }

  @Test
  void sizesAreOfWhatIsPlain() {
    CALLS.key("tablesDB.createTable", "tableId", "s", "name", "s");
    var given = new Object[] {"tableId", "s", "key", "k", "size", 10, "required", false};
    CALLS.key(
        "tablesDB.createStringColumn",
        "tableId",
        "s",
        "key",
        "k",
        "size",
        10,
        "required",
        false,
        "encrypt",
        true);
    var eleven = Map.of("k", "x".repeat(11));
    assertEquals(
        "row_invalid_structure",
        CALLS.fault(Calls.KEY, "tablesDB.createRow", "tableId", "s", "rowId", "r", "data", eleven));
    CALLS.key("tablesDB.createRow", "tableId", "s", "rowId", "r", "data", Map.of("k", "12345"));
    given[5] = 4;
    assertEquals(
        "column_invalid_resize", CALLS.fault(Calls.KEY, "tablesDB.updateStringColumn", given));
    given[5] = 5;
    assertEquals(5, CALLS.key("tablesDB.updateStringColumn", given).getInteger("size"));
    var renamed =
        CALLS.key(
            "tablesDB.updateStringColumn",
            "tableId",
            "s",
            "key",
            "k",
            "newKey",
            "n",
            "size",
            5,
            "required",
            false);
    assertTrue(renamed.getBoolean("encrypt"));
    var row = CALLS.key("tablesDB.getRow", "tableId", "s", "rowId", "r");
    assertEquals("12345", row.getString("n"));
    CALLS.key("tablesDB.createRow", "tableId", "s", "rowId", "null", "data", Map.of());
    assertNull(CALLS.key("tablesDB.getRow", "tableId", "s", "rowId", "null").getValue("n"));
  }
}
