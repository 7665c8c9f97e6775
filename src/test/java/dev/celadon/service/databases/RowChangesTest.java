package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes: exactly once, all or nothing, and each with its event. */
class RowChangesTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static int tables;

  private String table = "";

  @BeforeEach
  void table() {
    table = "t" + ++tables;
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        table,
        "name",
        "t",
        "rowSecurity",
        true,
        "permissions",
        List.of("read(\"team:all\")", "create(\"users\")"));
    CALLS.key(
        "tablesDB.createStringColumn", "tableId", table, "key", "s", "size", 99, "required", false);
    CALLS.key(
        "tablesDB.createIndex",
        "tableId",
        table,
        "key",
        "u",
        "type",
        "unique",
        "columns",
        List.of("s"));
  }

  private String create(String id, Object data, String... permissions) {
    return CALLS.fault(
        Calls.KEY,
        "tablesDB.createRow",
        "tableId",
        table,
        "rowId",
        id,
        "data",
        data,
        "permissions",
        List.of(permissions));
  }

  private record Logged(
      String event,
      JsonArray ids,
      long version,
      JsonArray readers,
      String actor,
      String audit,
      JsonObject payload) {}

  private List<Logged> events() {
    return POSTGRES
        .transactions()
        .list(
            row ->
                new Logged(
                    row.getString(0),
                    new JsonArray(row.getString(1)),
                    row.getLong(2),
                    new JsonArray(row.getString(3)),
                    row.getString(4),
                    row.getString(5),
                    new JsonObject(row.getString(6))),
            """
            SELECT event, to_json(ids)::text, version, to_json(readers)::text, actor, audit,
              payload::text
            FROM celadon.events WHERE ids[2] = $1 AND event LIKE '%.rows.%' ORDER BY id\
            """,
            table);
  }

  @Test
  void sameIdAtOnceIsStoredOnce() throws Exception {
    var results = atOnce(32, i -> create("same", Map.of("s", "v" + i)));
    assertEquals(1, results.stream().filter(r -> r.startsWith("{")).count());
    assertEquals(31, results.stream().filter("row_already_exists"::equals).count());
    assertEquals(1, events().size());
  }

  @Test
  void sameUniqueValueAtOnceIsStoredOnce() throws Exception {
    var results = atOnce(32, i -> create("id" + i, Map.of("s", "v")));
    assertEquals(1, results.stream().filter(r -> r.startsWith("{")).count());
    assertEquals(31, results.stream().filter("row_unique_constraint_violation"::equals).count());
    assertEquals(
        "document_unique_constraint_violation",
        CALLS.fault(
            Calls.KEY,
            "databases.createDocument",
            "collectionId",
            table,
            "documentId",
            "unique()",
            "data",
            Map.of("s", "v")));
  }

  @Test
  void upsertsAtOnceMakeOneRowAndAnEventEach() throws Exception {
    var results =
        atOnce(
            16,
            i ->
                CALLS.fault(
                    Calls.KEY,
                    "tablesDB.upsertRow",
                    "tableId",
                    table,
                    "rowId",
                    "same",
                    "data",
                    Map.of("s", "v" + i)));
    assertTrue(results.stream().allMatch(r -> r.startsWith("{")), results::toString);
    var versions = events().stream().map(Logged::version).toList();
    assertEquals(IntStream.rangeClosed(1, 16).mapToObj(Long::valueOf).toList(), versions);
  }

  private static List<String> atOnce(int n, java.util.function.IntFunction<String> work)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Callable<String>>();
      for (int i = 0; i < n; i++) {
        int number = i;
        calls.add(() -> work.apply(number));
      }
      var results = new ArrayList<String>();
      for (var future : threads.invokeAll(calls)) results.add(future.get());
      return results;
    }
  }

  @Test
  void everyChangeHasItsEvent() {
    var user = Calls.user("u1");
    var made =
        CALLS.as(
            user, "tablesDB.createRow", "tableId", table, "rowId", "r", "data", Map.of("s", "1"));
    var updated =
        CALLS.as(
            user,
            "databases.updateDocument",
            "collectionId",
            table,
            "documentId",
            "r",
            "data",
            Map.of("s", "2"),
            "permissions",
            List.of("read(\"any\")", "delete(\"user:u1\")"));
    CALLS.as(user, "tablesDB.deleteRow", "tableId", table, "rowId", "r");
    var events = events();
    assertEquals(
        List.of("create", "update", "delete"),
        events.stream().map(e -> e.event().replaceAll(".*\\.", "")).toList());
    assertEquals(
        "databases.[databaseId].tables.[tableId].rows.[rowId].update", events.get(1).event());
    assertEquals(new JsonArray(List.of("default", table, "r")), events.get(1).ids());
    assertEquals(List.of(1L, 2L, 3L), events.stream().map(Logged::version).toList());
    assertEquals(new JsonArray(List.of("team:all", "user:u1")), events.get(0).readers());
    assertEquals(new JsonArray(List.of("team:all", "any")), events.get(1).readers());
    assertEquals(new JsonArray(List.of("team:all", "any")), events.get(2).readers());
    assertEquals(made, events.get(0).payload());
    assertEquals(updated, events.get(1).payload());
    assertEquals(updated, events.get(2).payload());
    assertEquals("user:u1", events.get(0).actor());
    assertEquals("database/default/table/" + table + "/row/r", events.get(0).audit());
  }

  @Test
  void whatIsRefusedLeavesNoEvent() {
    create("r", Map.of("s", "1"), "read(\"user:u2\")");
    for (var method : List.of("updateRow", "deleteRow", "upsertRow")) {
      CALLS.fault(
          Calls.user("u1"),
          "tablesDB." + method,
          "tableId",
          table,
          "rowId",
          "r",
          "data",
          Map.of("s", "9"));
      CALLS.fault(
          Calls.user("u2"),
          "tablesDB." + method,
          "tableId",
          table,
          "rowId",
          "r",
          "data",
          Map.of("s", "9"));
    }
    create("r", Map.of("s", "2"));
    create("r2", Map.of("s", "1"));
    assertEquals(1, events().size());
  }

  @Test
  void manyAreAllOrNone() {
    var two = List.of(Map.of("$id", "a", "s", "1"), Map.of("$id", "b", "s", "2"));
    var made = CALLS.key("tablesDB.createRow", "tableId", table, "rows", two);
    assertEquals(List.of("a", "b"), Calls.ids(made, "rows"));
    var taken = List.of(Map.of("$id", "c", "s", "3"), Map.of("$id", "d", "s", "1"));
    assertEquals(
        "row_unique_constraint_violation",
        CALLS.fault(Calls.KEY, "tablesDB.createRow", "tableId", table, "rows", taken));
    var upserted =
        CALLS.key(
            "databases.upsertDocuments",
            "collectionId",
            table,
            "documents",
            List.of(Map.of("$id", "b", "s", "22"), Map.of("$id", "e", "s", "5")));
    assertEquals(List.of("b", "e"), Calls.ids(upserted, "documents"));
    assertEquals(
        "row_unique_constraint_violation",
        CALLS.fault(
            Calls.KEY,
            "tablesDB.upsertRows",
            "tableId",
            table,
            "rows",
            List.of(Map.of("$id", "f"), Map.of("$id", "e", "s", "1"))));
    assertEquals(3, CALLS.key("tablesDB.listRows", "tableId", table).getInteger("total"));
    var gone =
        CALLS.key(
            "tablesDB.deleteRows",
            "tableId",
            table,
            "queries",
            List.of("orderDesc(\"s\")", "limit(2)"));
    assertEquals(java.util.Set.of("b", "e"), java.util.Set.copyOf(Calls.ids(gone, "rows")));
    assertEquals(6, events().size());
  }

  @Test
  void atMostAHundredAtOnce() {
    var rows = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 101; i++) rows.add(Map.of("$id", "r" + i));
    assertEquals(
        "general_argument_invalid",
        CALLS.fault(Calls.KEY, "tablesDB.createRow", "tableId", table, "rows", rows));
    CALLS.key("tablesDB.createRow", "tableId", table, "rows", rows.subList(0, 100));
    create("r100", Map.of());
    var text = CALLS.fault(Calls.KEY, "tablesDB.deleteRows", "tableId", table);
    assertEquals("general_bad_request", text);
    assertEquals(101, CALLS.key("tablesDB.listRows", "tableId", table).getInteger("total"));
    var hundred = List.of("limit(100)");
    CALLS.key("tablesDB.deleteRows", "tableId", table, "queries", hundred);
    assertEquals(1, CALLS.key("tablesDB.listRows", "tableId", table).getInteger("total"));
  }

  @Test
  void aColumnMayBeCalledWhatAStatementCallsItsOwn() {
    var calls = new Calls(TestPostgres.fresh(), "p");
    calls.key("tablesDB.createTable", "tableId", "t", "name", "t");
    var data = new JsonObject();
    for (var key : List.of("x", "t", "row", "payload", "shown", "changed", "user", "select")) {
      calls.key("tablesDB.createIntegerColumn", "tableId", "t", "key", key, "required", false);
      data.put(key, 1);
    }
    calls.key("tablesDB.createRow", "tableId", "t", "rowId", "r", "data", data);
    var changed =
        calls.key("tablesDB.updateRow", "tableId", "t", "rowId", "r", "data", Map.of("x", 2));
    assertEquals("r", changed.getString("$id"));
    assertEquals(2, changed.getInteger("x"));
    assertEquals(1, changed.getInteger("select"));
  }
}
