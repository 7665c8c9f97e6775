package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Naming a column that is hidden is, by every door, naming one that is not there. */
class HiddenColumnsTest extends Guarded {

  /** Of the same length as {@code secret}, and nowhere. */
  private static final String ABSENT = "absent";

  private final Map<String, Integer> cases = new LinkedHashMap<>();

  @BeforeEach
  void rows() {
    key("createIndex", "key", "words", "type", "fulltext", "columns", List.of("secret"));
    key("createIndex", "key", "order", "type", "key", "columns", List.of("hidden"));
    for (int i = 0; i < 5; i++) {
      var data = Map.of("title", "t" + i, "secret", "s" + i, "n", i, "hidden", 9 - i);
      create(Calls.KEY, "r" + i, data);
    }
  }

  /** The same said of both columns, and something else by who sees the one that is there. */
  private void same(String door, String name, Object... values) {
    sameOf("secret", door, name, values);
  }

  private void sameOf(String hidden, String door, String name, Object... values) {
    var absent = hidden.length() == 6 ? ABSENT : "nobody's".substring(0, hidden.length());
    for (var actor : List.of(BEN, Calls.GUEST)) {
      if (Stream.of(values).anyMatch(v -> "transactionId".equals(v)) && actor != BEN) continue;
      var there = said(actor, name, values);
      var nowhere = said(actor, name, replaced(hidden, absent, values));
      assertFalse(there.startsWith("{"), door + " answers " + there);
      assertEquals(nowhere, there.replace(hidden, absent), door);
      cases.merge(door.split(" ")[0], 1, Integer::sum);
    }
  }

  private static Object[] replaced(String hidden, String absent, Object... values) {
    return Stream.of(values).map(value -> JsonTexts.replaced(value, hidden, absent)).toArray();
  }

  private static List<String> filters(String column) {
    var filters = new ArrayList<String>();
    for (var method :
        List.of(
            "equal",
            "notEqual",
            "lessThan",
            "lessThanEqual",
            "greaterThan",
            "greaterThanEqual",
            "contains",
            "containsAny",
            "containsAll",
            "notContains",
            "startsWith",
            "notStartsWith",
            "endsWith",
            "notEndsWith",
            "search",
            "notSearch",
            "regex")) {
      filters.add(query(method, column, "s1"));
    }
    for (var method : List.of("between", "notBetween")) {
      filters.add(query(method, column, "a", "z"));
    }
    for (var method : List.of("isNull", "isNotNull")) filters.add(query(method, column));
    for (var method : List.of("exists", "notExists")) filters.add(query(method, null, column));
    var inner = "{\"method\":\"equal\",\"attribute\":\"" + column + "\",\"values\":[\"s1\"]}";
    var other = "{\"method\":\"equal\",\"attribute\":\"title\",\"values\":[\"t1\"]}";
    for (var word : List.of("and", "or")) {
      filters.add("{\"method\":\"" + word + "\",\"values\":[" + other + "," + inner + "]}");
    }
    filters.add(
        "{\"method\":\"elemMatch\",\"attribute\":\"" + column + "\",\"values\":[" + inner + "]}");
    return filters;
  }

  private static List<String> shows(String column) {
    return List.of(
        query("select", null, column),
        query("select", null, "title", column),
        query("orderAsc", column),
        query("orderDesc", column));
  }

  @Test
  void inQueries() {
    for (var query : filters("secret")) {
      same("list", "listRows", "queries", List.of(query));
      same("bulk update", "updateRows", "data", Map.of("n", 1), "queries", List.of(query));
      same("bulk delete", "deleteRows", "queries", List.of(query));
      same(
          "aggregate filter",
          "aggregateRows",
          "aggregates",
          List.of(Map.of("method", "count")),
          "queries",
          List.of(query));
    }
    for (var query : shows("secret")) {
      same("list", "listRows", "queries", List.of(query));
      if (query.contains("order")) {
        for (var cursor : List.of("cursorAfter", "cursorBefore")) {
          var queries = List.of(query, query(cursor, null, "r2"));
          same("cursor", "listRows", "queries", queries);
          var lost = List.of(query, query(cursor, null, "nobody"));
          same("cursor", "listRows", "queries", lost);
        }
      }
    }
    for (var query : List.of("select", "orderAsc", "orderDesc")) {
      var asked = query.equals("select") ? query(query, null, "hidden") : query(query, "hidden");
      sameOf("hidden", "list", "listRows", "queries", List.of(asked));
    }
    same("get", "getRow", "rowId", "r1", "queries", List.of(query("select", null, "secret")));
    assertTrue(said(STAFF, "listRows", "queries", List.of(shows("secret").get(2))).startsWith("{"));
    System.out.println("hidden columns: " + cases);
    assertEquals(26 * 4 * 2 + 4 * 2 + 8 * 2 + 3 * 2 + 2, sum());
  }

  @Test
  void inAggregates() {
    for (var method : List.of("count", "distinct", "sum", "avg", "min", "max")) {
      var made = Map.of("method", method, "attribute", "hidden", "as", "x");
      sameOf("hidden", "aggregate", "aggregateRows", "aggregates", List.of(made));
    }
    var count = List.of(Map.of("method", "count", "as", "x"));
    same("aggregate", "aggregateRows", "aggregates", count, "groupBy", List.of("secret"));
    var having = List.of(query("equal", "secret", 1));
    same("aggregate", "aggregateRows", "aggregates", count, "having", having);
    var order = List.of(query("orderAsc", "secret"));
    same("aggregate", "aggregateRows", "aggregates", count, "queries", order);
    var mine = Map.of("method", "max", "attribute", "hidden", "as", "x");
    var max = as(STAFF, "aggregateRows", "aggregates", List.of(mine)).getJsonArray("groups");
    assertEquals(9, max.getJsonObject(0).getInteger("x"));
    assertEquals(18, sum());
  }

  @Test
  void inWhatIsWritten() {
    var append = "{\"method\":\"stringConcat\",\"values\":[\"x\"]}";
    for (var data : List.of(Map.of("secret", "x"), Map.of("title", "t", "secret", append))) {
      for (var transaction : List.of("", begin())) {
        boolean apart = !transaction.isEmpty();
        var staged = apart ? List.<Object>of("transactionId", transaction) : List.of();
        var door = transaction.isEmpty() ? "" : "staged ";
        writes(door, data, staged);
      }
    }
    for (var name : List.of("incrementRowColumn", "decrementRowColumn")) {
      for (var id : List.of("r1", "nobody")) {
        same("count", name, "rowId", id, "column", "secret");
        sameOf("hidden", "count", name, "rowId", id, "column", "hidden");
        same("count", name, "rowId", id, "column", "secret", "transactionId", begin());
      }
    }
    System.out.println("hidden columns: " + cases);
    assertEquals(2 * 8 * 2 + 2 * 8 + 20, sum());
  }

  private void writes(String door, Map<String, ?> data, List<Object> staged) {
    var row = new LinkedHashMap<String, Object>(data);
    row.put("$id", "new");
    same(door + "create", "createRow", with(staged, "rowId", "new", "data", data));
    same(door + "create", "createRow", with(staged, "rowId", "r1", "data", data));
    same(door + "update", "updateRow", with(staged, "rowId", "r1", "data", data));
    same(door + "update", "updateRow", with(staged, "rowId", "nobody", "data", data));
    same(door + "upsert", "upsertRow", with(staged, "rowId", "r1", "data", data));
    same(door + "bulk", "createRow", with(staged, "rows", List.of(row)));
    same(door + "bulk", "upsertRows", with(staged, "rows", List.of(row)));
    same(door + "bulk", "updateRows", with(staged, "data", data));
  }

  @Test
  void inTransactions() {
    var transaction = begin();
    as(BEN, "updateRow", "rowId", "r1", "data", Map.of("n", 7), "transactionId", transaction);
    for (var query : Stream.concat(filters("secret").stream(), shows("secret").stream()).toList()) {
      same("staged", "listRows", "queries", List.of(query), "transactionId", transaction);
    }
    var select = List.of(query("select", null, "secret"));
    same("staged", "getRow", "rowId", "r1", "queries", select, "transactionId", transaction);
    for (var action : List.of("create", "update", "upsert")) {
      var operation = new LinkedHashMap<String, Object>();
      operation.put("databaseId", "default");
      operation.put("tableId", table);
      operation.put("action", action);
      operation.put("rowId", action.equals("update") ? "r1" : "new");
      operation.put("data", Map.of("secret", "x"));
      same(
          "staged",
          "createOperations",
          "transactionId",
          transaction,
          "operations",
          List.of(operation));
    }
    var seen = List.of("title", "state", "made", "n");
    var row = as(BEN, "getRow", "rowId", "r1", "transactionId", transaction);
    assertEquals(seen, fields(row));
    assertEquals(7, row.getInteger("n"));
    var page = as(BEN, "listRows", "transactionId", transaction).getJsonArray("rows");
    for (var each : page) assertEquals(seen, fields((JsonObject) each));
    assertEquals(34, sum());
  }

  @Test
  void inConflicts() {
    key("createIndex", "key", "u", "type", "unique", "columns", List.of("secret", "n"));
    key("createIndex", "key", "v", "type", "unique", "columns", List.of("title"));
    var hidden = said(STAFF, "createRow", "rowId", "x", "data", Map.of("secret", "s1", "n", 1));
    var seen = said(BEN, "createRow", "rowId", "x", "data", Map.of("title", "t1"));
    assertTrue(seen.startsWith("row_unique_constraint_violation"), seen);
    assertEquals(seen, hidden, "it does not say of what");
    for (var each : List.of("secret", "title", "s1", "t1", "\"")) {
      assertFalse(seen.contains(each), seen);
    }
    // What the hidden half of a unique pair holds is not found out by the other half.
    for (int n = 0; n < 5; n++) {
      assertTrue(create(BEN, "n" + n, Map.of("n", n)).startsWith("{"), "n " + n);
    }
    assertEquals("row_already_exists", create(BEN, "r1", Map.of("n", 1)));
  }

  @Test
  void inLogs() {
    var transaction = begin();
    for (var actor : List.of(BEN, STAFF)) {
      assertEquals("user_unauthorized", fault(actor, "listRowLogs", "rowId", "r1"));
    }
    var logs = key("listRowLogs", "rowId", "r1").encode();
    assertFalse(logs.contains("s1") || logs.contains("secret"), logs);
    var shown = CALLS.as(BEN, "tablesDB.getTransaction", "transactionId", transaction);
    assertFalse(shown.encode().contains("secret"));
  }

  private static String begin() {
    return CALLS.as(BEN, "tablesDB.createTransaction").getString("$id");
  }

  private int sum() {
    return cases.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Object[] with(List<Object> given, Object... more) {
    return Stream.concat(given.stream(), Arrays.stream(more)).toArray();
  }

  /** Who sees the column is refused by what he does with it, or served. */
  @Test
  void whoSeesItIsServed() {
    for (Actor actor : List.of(STAFF, Calls.KEY)) {
      for (var query : filters("secret")) {
        if (query.contains("elemMatch")) continue;
        var said = said(actor, "listRows", "queries", List.of(query));
        assertTrue(said.startsWith("{"), query + said);
      }
      var page = List.of(query("orderDesc", "secret"), query("cursorAfter", null, "r3"));
      assertEquals(
          List.of("r2", "r1", "r0"), Calls.ids(as(actor, "listRows", "queries", page), "rows"));
    }
  }
}
