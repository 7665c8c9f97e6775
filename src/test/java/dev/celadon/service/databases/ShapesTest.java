package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Catalog;
import dev.celadon.domain.documents.Databases;
import dev.celadon.domain.documents.TestDocuments;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes of shape: seen at once here, and on another node whose memory is outdated. */
class ShapesTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls HERE = new Calls(POSTGRES, "p");
  private static final Calls THERE = new Calls(POSTGRES, "p");

  private static void read(Calls node, String table) {
    node.key("tablesDB.listRows", "tableId", table);
  }

  private static void make(String table) {
    HERE.key("tablesDB.createTable", "tableId", table, "name", "t");
    column(HERE, table, "a");
    HERE.key("tablesDB.createRow", "tableId", table, "rowId", "r", "data", Map.of("a", 1));
  }

  private static void column(Calls node, String table, String key) {
    node.key("tablesDB.createIntegerColumn", "tableId", table, "key", key, "required", false);
  }

  @Test
  void aNewColumnIsThereAtOnceOnBothNodes() {
    make("s1");
    for (int i = 0; i < 5; i++) {
      read(THERE, "s1");
      column(HERE, "s1", "n" + i);
      for (var node : List.of(HERE, THERE)) {
        var row =
            node.key(
                "tablesDB.updateRow", "tableId", "s1", "rowId", "r", "data", Map.of("n" + i, i));
        assertEquals(i, row.getInteger("n" + i));
        var query = List.of("equal(\"n" + i + "\", [" + i + "])");
        assertEquals(
            1,
            node.key("tablesDB.listRows", "tableId", "s1", "queries", query).getInteger("total"));
      }
    }
  }

  @Test
  void aDeletedColumnIsForgottenOnBothNodes() {
    make("s2");
    for (var read : List.of("getRow", "updateRow", "upsertRow", "listRows")) {
      column(HERE, "s2", "gone");
      read(THERE, "s2");
      THERE.key("tablesDB.getRow", "tableId", "s2", "rowId", "r");
      HERE.key("tablesDB.deleteColumn", "tableId", "s2", "key", "gone");
      var answer =
          THERE.key("tablesDB." + read, "tableId", "s2", "rowId", "r", "data", Map.of("a", 2));
      assertFalse(answer.encode().contains("gone"), read);
    }
  }

  @Test
  void aTableMadeAnewIsAnother() {
    make("s3");
    read(THERE, "s3");
    HERE.key("tablesDB.deleteTable", "tableId", "s3");
    assertEquals(
        "table_not_found",
        THERE.fault(Calls.KEY, "tablesDB.getRow", "tableId", "s3", "rowId", "r"));
    assertEquals(
        "collection_not_found",
        HERE.fault(Calls.KEY, "databases.listDocuments", "collectionId", "s3"));
    make("s4");
    read(THERE, "s4");
    HERE.key("tablesDB.deleteTable", "tableId", "s4");
    make("s4");
    assertEquals(1, THERE.key("tablesDB.listRows", "tableId", "s4").getInteger("total"));
  }

  @Test
  void revokedGrantsEndWithinASecondElsewhere() throws Exception {
    make("s5");
    HERE.key("tablesDB.updateTable", "tableId", "s5", "permissions", List.of("read(\"any\")"));
    THERE.as(Calls.GUEST, "tablesDB.getRow", "tableId", "s5", "rowId", "r");
    HERE.key("tablesDB.updateTable", "tableId", "s5", "permissions", List.of());
    assertEquals(
        "row_not_found", HERE.fault(Calls.GUEST, "tablesDB.getRow", "tableId", "s5", "rowId", "r"));
    Thread.sleep(1_001);
    assertEquals(
        "row_not_found",
        THERE.fault(Calls.GUEST, "tablesDB.getRow", "tableId", "s5", "rowId", "r"));
  }

  @Test
  void projectsDoNotMeetAndAreErasedWithoutATrace() {
    var other = new Calls(POSTGRES, "other");
    make("mine");
    assertEquals("table_not_found", other.fault(Calls.KEY, "tablesDB.getTable", "tableId", "mine"));
    other.key("tablesDB.createTable", "tableId", "mine", "name", "t");
    assertEquals(0, other.key("tablesDB.listRows", "tableId", "mine").getInteger("total"));
    var db = POSTGRES.transactions();
    db.tx(
        tx -> {
          Databases.erase(tx, "other");
          return 0;
        });
    assertEquals(
        "database_not_found", other.fault(Calls.KEY, "tablesDB.listRows", "tableId", "mine"));
    for (var table : List.of("databases", "tables", "columns", "indexes", "schemas")) {
      var left =
          db.one(
              row -> row.getLong(0),
              "SELECT count(*) FROM celadon." + table + " WHERE project = 'other'");
      assertEquals(0L, left.orElseThrow());
    }
    assertEquals(1, HERE.key("tablesDB.listRows", "tableId", "mine").getInteger("total"));
  }

  @Test
  void databasesComeAndGo() {
    var made = HERE.key("databases.create", "databaseId", "shop", "name", "Shop");
    assertEquals("legacy", made.getString("type"));
    assertEquals(
        "database_already_exists",
        HERE.fault(Calls.KEY, "tablesDB.create", "databaseId", "shop", "name", "x"));
    HERE.key("tablesDB.createTable", "databaseId", "shop", "tableId", "t", "name", "t");
    var list =
        HERE.key("tablesDB.list", "queries", List.of("equal(\"$id\", [\"default\", \"shop\"])"));
    assertEquals(List.of("default", "shop"), Calls.ids(list, "databases"));
    assertEquals(
        "Markt",
        HERE.key("tablesDB.update", "databaseId", "shop", "name", "Markt").getString("name"));
    HERE.key("databases.delete", "databaseId", "shop");
    assertEquals("database_not_found", HERE.fault(Calls.KEY, "tablesDB.get", "databaseId", "shop"));
    assertEquals(
        "database_not_found", HERE.fault(Calls.KEY, "tablesDB.listTables", "databaseId", "shop"));
    assertEquals("table_already_exists", twice("tablesDB.createTable", "tableId"));
    assertEquals("collection_already_exists", twice("databases.createCollection", "collectionId"));
  }

  private static String twice(String name, String id) {
    HERE.fault(Calls.KEY, name, id, "twice", "name", "t");
    return HERE.fault(Calls.KEY, name, id, "twice", "name", "t");
  }

  @Test
  void limitsAndIndexes() {
    make("s6");
    for (int i = 1; i < 500; i++) column(HERE, "s6", "c" + i);
    assertEquals(
        "column_limit_exceeded",
        HERE.fault(
            Calls.KEY,
            "tablesDB.createIntegerColumn",
            "tableId",
            "s6",
            "key",
            "more",
            "required",
            false));
    var row =
        HERE.key("tablesDB.updateRow", "tableId", "s6", "rowId", "r", "data", Map.of("c499", 1));
    assertEquals(1, row.getInteger("c499"));
    var index =
        HERE.key(
            "tablesDB.createIndex",
            "tableId",
            "s6",
            "key",
            "i",
            "type",
            "key",
            "columns",
            List.of("a", "$createdAt"),
            "orders",
            List.of("DESC", "asc"),
            "lengths",
            new io.vertx.core.json.JsonArray().addNull());
    assertEquals("[\"a\",\"$createdAt\"]", index.getJsonArray("columns").encode());
    assertEquals("available", index.getString("status"));
    assertEquals(
        "column_index_invalid",
        HERE.fault(
            Calls.KEY,
            "tablesDB.createIndex",
            "tableId",
            "s6",
            "key",
            "x",
            "type",
            "key",
            "columns",
            List.of("nope")));
    assertEquals(
        "column_index_invalid",
        HERE.fault(
            Calls.KEY,
            "tablesDB.createIndex",
            "tableId",
            "s6",
            "key",
            "x",
            "type",
            "fulltext",
            "columns",
            List.of("a")));
    assertEquals(
        "index_already_exists",
        HERE.fault(
            Calls.KEY,
            "databases.createIndex",
            "collectionId",
            "s6",
            "key",
            "i",
            "type",
            "key",
            "attributes",
            List.of("a")));
    assertEquals(1, HERE.key("databases.listIndexes", "collectionId", "s6").getInteger("total"));
    HERE.key("tablesDB.deleteIndex", "tableId", "s6", "key", "i");
    assertEquals(
        "column_index_not_found",
        HERE.fault(Calls.KEY, "tablesDB.getIndex", "tableId", "s6", "key", "i"));
  }

  @Test
  void theCatalogueIsWhole() {
    var services = DatabasesService.all(TestDocuments.open(POSTGRES));
    var endpoints = Catalog.of(services).endpoints();
    assertTrue(endpoints.size() >= 124, () -> "only " + endpoints.size());
    assertTrue(
        endpoints.stream().allMatch(e -> e.service().matches("databases|tablesDB|documentsDB")));
  }
}
