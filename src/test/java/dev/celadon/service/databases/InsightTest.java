package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.event.Retention;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logs and figures: what happened, and how much there is, counted. */
class InsightTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");

  /** Two tables, one with three rows of which one is gone, in a database of two. */
  @BeforeAll
  static void fill() {
    for (var table : List.of("a", "b")) {
      CALLS.key(
          "tablesDB.createTable",
          "tableId",
          table,
          "name",
          "t",
          "permissions",
          List.of("create(\"users\")", "read(\"any\")"));
      CALLS.key(
          "tablesDB.createStringColumn",
          "tableId",
          table,
          "key",
          "s",
          "size",
          99,
          "required",
          false);
    }
    var ann = Calls.user("ann");
    for (var row : List.of("x", "y", "z")) {
      CALLS.as(ann, "tablesDB.createRow", "tableId", "a", "rowId", row, "data", Map.of("s", "one"));
    }
    CALLS.key("tablesDB.updateRow", "tableId", "a", "rowId", "x", "data", Map.of("s", "two"));
    CALLS.key("tablesDB.upsertRow", "tableId", "b", "rowId", "x", "data", Map.of("s", "two"));
    CALLS.key("tablesDB.upsertRow", "tableId", "b", "rowId", "x", "data", Map.of("s", "three"));
    CALLS.key("tablesDB.deleteRow", "tableId", "a", "rowId", "z");
  }

  private static JsonObject logs(String name, String... more) {
    var values = new java.util.ArrayList<Object>(List.of(more));
    return CALLS.key(name, values.toArray());
  }

  private static List<String> events(JsonObject list) {
    return list.getJsonArray("logs").stream()
        .map(log -> ((JsonObject) log).getString("event"))
        .map(event -> event.replace("databases.default.tables.", ""))
        .toList();
  }

  @Test
  void aRowsLogTellsWhoDidWhat() {
    var list = logs("tablesDB.listRowLogs", "tableId", "a", "rowId", "x");
    assertEquals(2, list.getLong("total"));
    assertEquals(List.of("a.rows.x.update", "a.rows.x.create"), events(list));
    var made = list.getJsonArray("logs").getJsonObject(1);
    assertEquals("ann", made.getString("userId"));
    assertEquals("user", made.getString("userType"));
    assertEquals("1.2.3.4", made.getString("ip"));
    var twin = logs("databases.listDocumentLogs", "collectionId", "a", "documentId", "x");
    assertEquals(list, twin);
  }

  @Test
  void aRowsLogOutlivesIt() {
    var list = logs("tablesDB.listRowLogs", "tableId", "a", "rowId", "z");
    assertEquals(List.of("a.rows.z.delete", "a.rows.z.create"), events(list));
    assertEquals(
        "row_not_found",
        CALLS.fault(Calls.KEY, "tablesDB.listRowLogs", "tableId", "a", "rowId", "never"));
    assertEquals(
        "table_not_found",
        CALLS.fault(Calls.KEY, "tablesDB.listRowLogs", "tableId", "none", "rowId", "x"));
    assertEquals(
        "database_not_found", CALLS.fault(Calls.KEY, "databases.listLogs", "databaseId", "none"));
  }

  @Test
  void whatOthersDidIsNoUsersBusiness() {
    for (var actor : List.of(Calls.user("ann"), Calls.GUEST)) {
      for (var row : List.of("x", "never")) {
        assertEquals(
            "user_unauthorized",
            CALLS.fault(actor, "tablesDB.listRowLogs", "tableId", "a", "rowId", row));
      }
    }
  }

  @Test
  void tablesAndDatabasesHaveLogsOfAllThatIsInThem() {
    var table = logs("tablesDB.listTableLogs", "tableId", "a");
    assertEquals(7, table.getLong("total"));
    assertTrue(events(table).contains("a.columns.s.create"), events(table).toString());
    assertEquals(table, logs("databases.listCollectionLogs", "collectionId", "a"));
    assertEquals(11, logs("databases.listLogs").getLong("total"));
    var page =
        CALLS.key(
            "tablesDB.listTableLogs",
            "tableId",
            "a",
            "queries",
            List.of(
                "{\"method\":\"limit\",\"values\":[2]}", "{\"method\":\"offset\",\"values\":[1]}"));
    assertEquals(events(table).subList(1, 3), events(page));
    assertEquals(7, page.getLong("total"));
  }

  private static long sum(JsonObject usage, String series) {
    return usage.getJsonArray(series).stream()
        .mapToLong(metric -> ((JsonObject) metric).getLong("value"))
        .sum();
  }

  @Test
  void figuresAreCounted() {
    var all = CALLS.key("tablesDB.listUsage", "range", "24h");
    assertEquals("24h", all.getString("range"));
    assertEquals(1, all.getLong("databasesTotal"));
    assertEquals(2, all.getLong("tablesTotal"));
    assertEquals(2, all.getLong("collectionsTotal"));
    assertEquals(3, all.getLong("rowsTotal"));
    assertEquals(7, all.getLong("databasesWritesTotal"));
    assertEquals(0, all.getLong("databasesReadsTotal"));
    assertTrue(all.getLong("storageTotal") > 8_192, all.encode());
    assertEquals(4, sum(all, "rows"), "a second upsert makes nothing");
    assertEquals(2, sum(all, "tables"));
    assertEquals(7, sum(all, "databasesWrites"));
    assertEquals(24, all.getJsonArray("rows").size());
    assertEquals(new JsonArray(), all.getJsonArray("databasesReads"));
    var one = CALLS.key("databases.getUsage", "range", "90d");
    assertEquals(3, one.getLong("documentsTotal"));
    assertEquals(90, one.getJsonArray("documents").size());
    assertEquals(7, one.getLong("databaseWritesTotal"));
    var table = CALLS.key("tablesDB.getTableUsage", "tableId", "b");
    assertEquals("30d", table.getString("range"));
    assertEquals(1, table.getLong("rowsTotal"));
    assertEquals(1, sum(table, "rows"));
    var today = LocalDate.now(ZoneOffset.UTC) + "T00:00:00.000+00:00";
    assertEquals(today, table.getJsonArray("rows").getJsonObject(29).getString("date"));
    var twin = CALLS.key("databases.getCollectionUsage", "collectionId", "b");
    assertEquals(table.getJsonArray("rows"), twin.getJsonArray("documents"));
    assertEquals(
        "table_not_found", CALLS.fault(Calls.KEY, "tablesDB.getTableUsage", "tableId", "none"));
    assertEquals(
        "general_argument_invalid", CALLS.fault(Calls.KEY, "tablesDB.listUsage", "range", "1y"));
  }

  @Test
  void daysThatTheLogHasDroppedHaveNoFigures() {
    var postgres = TestPostgres.fresh();
    var calls = new Calls(postgres, "p");
    new Retention(
            postgres.transactions(), Clock.systemUTC(), new Retention.Bounds(1_000, 1L << 40, 1))
        .prepare();
    postgres.transactions().run("INSERT INTO celadon.meta VALUES ('events.horizon', '9')");
    var usage = calls.key("tablesDB.listUsage", "range", "90d");
    assertEquals(1, usage.getJsonArray("rows").size(), "today, of which the log has all");
  }

  @Test
  void theServerSaysHowItIs() {
    var status = CALLS.key("tablesDB.getStatus");
    assertEquals("postgresql", status.getString("engine"));
    assertTrue(status.getString("version").matches("\\d+\\.\\d+.*"), status.encode());
    assertTrue(status.getJsonObject("connections").getLong("current") > 0, status.encode());
    var replicas = CALLS.key("tablesDB.getReplicas");
    assertEquals(0, replicas.getInteger("replicas"));
    assertEquals("primary", replicas.getJsonArray("members").getJsonObject(0).getString("role"));
    assertEquals(0, CALLS.key("tablesDB.listSpecifications").getInteger("total"));
    assertEquals("general_feature_unsupported", CALLS.fault(Calls.KEY, "tablesDB.createFailover"));
    for (var name : List.of("getStatus", "getReplicas", "createFailover", "getUsage")) {
      assertEquals(
          "database_not_found",
          CALLS.fault(Calls.KEY, "tablesDB." + name, "databaseId", "none"),
          name);
    }
  }
}
