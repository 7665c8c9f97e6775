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
import org.junit.jupiter.api.Test;

/** What operators make of what is stored, and what they refuse. */
class OperatorsTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static final String INVALID = "row_invalid_structure";
  private static final String BOUNDS = "column_limit_exceeded";
  private static int rows;

  @BeforeAll
  static void table() {
    CALLS.key("tablesDB.createTable", "tableId", "t", "name", "t");
    column("Integer", "n");
    column("Integer", "few", "min", -10, "max", 10);
    column("Integer", "start", "default", 7);
    column("Float", "f");
    column("Float", "part", "min", 0.0, "max", 1.0);
    column("Boolean", "b");
    column("Datetime", "d");
    column("Varchar", "s", "size", 40);
    column("Email", "mail");
    column("Url", "url");
    column("Varchar", "tags", "size", 5, "array", true);
    column("Integer", "ns", "array", true, "max", 99);
    column("Float", "fs", "array", true);
    column("Boolean", "bs", "array", true);
    column("Datetime", "ds", "array", true);
    column("Enum", "es", "array", true, "elements", List.of("x", "y", "z"));
  }

  private static void column(String kind, String key, Object... more) {
    var given = new HashMap<String, Object>();
    for (int i = 0; i < more.length; i += 2) {
      var value = more[i + 1] instanceof List<?> list ? new JsonArray(list) : more[i + 1];
      given.put((String) more[i], value);
    }
    given.putAll(Map.of("tableId", "t", "key", key, "required", false));
    CALLS.as(Calls.KEY, "tablesDB.create" + kind + "Column", given);
  }

  private static String operator(String method, Object... values) {
    return new JsonObject()
        .put("method", method)
        .put("values", new JsonArray(List.of(values)))
        .encode();
  }

  /** What {@code column} holds after the operator, or the fault. */
  private static Object after(String column, Object before, String operator) {
    var id = "r" + ++rows;
    var data = new JsonObject().put(column, before);
    CALLS.key("tablesDB.createRow", "tableId", "t", "rowId", id, "data", data);
    var change = new JsonObject().put(column, operator);
    var answer =
        CALLS.fault(Calls.KEY, "tablesDB.updateRow", "tableId", "t", "rowId", id, "data", change);
    var stored = CALLS.key("tablesDB.getRow", "tableId", "t", "rowId", id);
    if (!answer.startsWith("{")) {
      assertEquals(data.getValue(column), stored.getValue(column), "nothing was changed");
      return answer;
    }
    assertEquals(new JsonObject(answer), stored, "the answer is what is stored");
    assertEquals(stored, lastEvent(), "and what the event says");
    var value = stored.getValue(column);
    return value instanceof JsonArray list ? list.getList() : value;
  }

  private static JsonObject lastEvent() {
    var sql = "SELECT payload::text FROM celadon.events ORDER BY id DESC LIMIT 1";
    return new JsonObject(POSTGRES.transactions().one(row -> row.getString(0), sql).orElseThrow());
  }

  @Test
  void numbersAreComputedAndBounded() {
    assertEquals(6, after("n", 5, operator("increment", 1)));
    assertEquals(4, after("n", 5, operator("decrement", 1)));
    assertEquals(1, after("n", null, operator("increment")));
    assertEquals(10, after("n", 5, operator("increment", 5, 10)));
    assertEquals(BOUNDS, after("n", 5, operator("increment", 6, 10)));
    assertEquals(BOUNDS, after("n", 5, operator("decrement", 6, 0)));
    assertEquals(BOUNDS, after("few", 9, operator("increment", 2)));
    assertEquals(BOUNDS, after("few", -9, operator("decrement", 2)));
    assertEquals(15, after("n", 5, operator("multiply", 3)));
    assertEquals(12, after("n", 5, operator("multiply", 2.5)));
    assertEquals(BOUNDS, after("n", 5, operator("multiply", 3, 14)));
    assertEquals(2, after("n", 5, operator("divide", 2)));
    assertEquals(-2, after("n", -5, operator("divide", 2)));
    assertEquals(BOUNDS, after("n", 5, operator("divide", 2, 3)));
    assertEquals(2, after("n", 5, operator("modulo", 3)));
    assertEquals(125, after("n", 5, operator("power", 3)));
    assertEquals(2, after("n", 4, operator("power", 0.5)));
    assertEquals(BOUNDS, after("n", 5, operator("power", 3, 124)));
    assertEquals(1, after("n", 1, operator("power", 1e300)));
    assertEquals(INVALID, after("n", 5, operator("increment", 0.5)));
    assertEquals(7.5, after("f", 5.0, operator("increment", 2.5)));
    assertEquals(2.5, after("f", 5.0, operator("divide", 2)));
    assertEquals(0.1, after("f", 0.7, operator("modulo", 0.2)));
    assertEquals(1.5, after("f", 2.25, operator("power", 0.5)));
    assertEquals(BOUNDS, after("part", 0.5, operator("multiply", 3)));
  }

  @Test
  void numbersDoNotOverflow() {
    assertEquals(Long.MAX_VALUE, after("n", Long.MAX_VALUE - 1, operator("increment", 1)));
    assertEquals(BOUNDS, after("n", Long.MAX_VALUE, operator("increment", 1)));
    assertEquals(BOUNDS, after("n", Long.MIN_VALUE, operator("decrement", 1)));
    assertEquals(BOUNDS, after("n", Long.MIN_VALUE, operator("divide", -1)));
    assertEquals(BOUNDS, after("n", 3_037_000_500L, operator("power", 2)));
    assertEquals(BOUNDS, after("n", Long.MAX_VALUE, operator("power", 1e300)));
    assertEquals(BOUNDS, after("f", 1e308, operator("multiply", 10)));
    assertEquals(BOUNDS, after("f", 1e308, operator("power", 10)));
    assertEquals(INVALID, after("f", -8.0, operator("power", 0.5)));
    assertEquals(INVALID, after("n", -8, operator("power", 0.5)));
    assertEquals(INVALID, after("n", 0, operator("power", -1)));
    assertEquals(INVALID, after("n", 5, operator("divide", 0)));
    assertEquals(INVALID, after("n", 5, operator("modulo", 0)));
    assertEquals(INVALID, after("f", 5.0, operator("divide", 0.0)));
    assertEquals(
        INVALID, after("n", 5, "{\"method\":\"increment\",\"values\":[9223372036854775808]}"));
    assertEquals(INVALID, after("f", 5.0, "{\"method\":\"increment\",\"values\":[1e999]}"));
    assertEquals(INVALID, after("f", 5.0, operator("increment", "1")));
    assertEquals(INVALID, after("n", 5, operator("increment", 1, 2, 3)));
  }

  @Test
  void othersAreChangedInTheirOwnWay() {
    assertEquals(false, after("b", true, operator("toggle")));
    assertEquals(true, after("b", null, operator("toggle")));
    assertEquals(INVALID, after("b", true, operator("toggle", 1)));
    assertEquals(
        "2026-03-01T08:00:00.000+00:00",
        after("d", "2026-02-27T08:00:00.000+00:00", operator("dateAddDays", 2)));
    assertEquals(
        "2026-02-25T08:00:00.000+00:00",
        after("d", "2026-02-27T08:00:00.000+00:00", operator("dateSubDays", 2)));
    assertEquals(null, after("d", null, operator("dateAddDays", 2)));
    assertTrue(after("d", null, operator("dateSetNow")).toString().startsWith("20"));
    assertEquals(
        BOUNDS, after("d", "9999-12-31T00:00:00.000+00:00", operator("dateAddDays", 1)).toString());
    assertEquals(INVALID, after("d", null, operator("dateAddDays", 1.5)));
    assertEquals(INVALID, after("d", null, operator("dateAddDays", 1L << 40)));
    assertEquals("ab", after("s", "a", operator("stringConcat", "b")));
    assertEquals("b", after("s", null, operator("stringConcat", "b")));
    assertEquals(INVALID, after("s", "a", operator("stringConcat", "b".repeat(40))));
    assertEquals("xbxbx", after("s", "ababa", operator("stringReplace", "a", "x")));
    assertEquals(INVALID, after("s", "aaaa", operator("stringReplace", "a", "x".repeat(20))));
    assertEquals(INVALID, after("s", "a", operator("stringReplace", "", "x")));
    assertEquals(INVALID, after("s", "a", operator("stringConcat", "\u0000")));
    assertEquals(
        "2026-03-01T00:00:00.000+00:00", after("s", "2026-02-27", operator("dateAddDays", 2)));
    assertEquals(INVALID, after("s", "tomorrow", operator("dateAddDays", 2)));
    assertEquals(INVALID, after("s", "2026-02-31", operator("dateAddDays", 2)));
    assertTrue(after("s", null, operator("dateSetNow")).toString().endsWith("+00:00"));
  }

  @Test
  void listsKeepTheirOrder() {
    var abc = List.of("a", "b", "c");
    assertEquals(List.of("a", "b", "c", "d"), after("tags", abc, operator("arrayAppend", "d")));
    assertEquals(
        List.of("d", "e", "a"), after("tags", List.of("a"), operator("arrayPrepend", "d", "e")));
    assertEquals(List.of("x"), after("tags", null, operator("arrayAppend", "x")));
    assertEquals(List.of("a", "x", "b", "c"), after("tags", abc, operator("arrayInsert", 1, "x")));
    assertEquals(List.of("a", "b", "c", "x"), after("tags", abc, operator("arrayInsert", 3, "x")));
    assertEquals(INVALID, after("tags", abc, operator("arrayInsert", 4, "x")));
    assertEquals(INVALID, after("tags", abc, operator("arrayInsert", -1, "x")));
    assertEquals(List.of("a", "c"), after("tags", abc, operator("arrayRemove", "b")));
    assertEquals(List.of("b", "a"), after("tags", List.of("b", "a", "b"), operator("arrayUnique")));
    assertEquals(List.of("a", "c"), after("tags", abc, operator("arrayIntersect", "c", "a", "z")));
    assertEquals(List.of("b"), after("tags", abc, operator("arrayDiff", "c", "a")));
    assertEquals(List.of("b"), after("tags", abc, operator("arrayFilter", "equal", "b")));
    assertEquals(List.of("a", "c"), after("tags", abc, operator("arrayFilter", "notEqual", "b")));
    assertEquals(
        List.of("ab"), after("tags", List.of("ab", "c"), operator("arrayFilter", "contains", "b")));
    assertEquals(
        abc, after("tags", abc, "{\"method\":\"arrayFilter\",\"values\":[\"isNotNull\",null]}"));
    assertEquals(
        List.of(), after("tags", abc, "{\"method\":\"arrayFilter\",\"values\":[\"isNull\",null]}"));
    assertEquals(INVALID, after("tags", abc, operator("arrayFilter", "looksLike", "b")));
    assertEquals(INVALID, after("tags", abc, operator("arrayAppend", "toolong")));
    assertEquals(INVALID, after("tags", abc, operator("arrayAppend", 7)));
    assertEquals(List.of("a", "b", "c", "d"), after("tags", abc, operator("stringConcat", "d")));
    assertEquals(
        List.of(3, 4), after("ns", List.of(1, 3, 4), operator("arrayFilter", "greaterThan", 1)));
    assertEquals(
        List.of(1, 3), after("ns", List.of(1, 3, 4), operator("arrayFilter", "lessThanEqual", 3)));
    assertEquals(INVALID, after("ns", List.of(1), operator("arrayAppend", 100)));
    assertEquals(List.of(1.5, 2.5), after("fs", List.of(1.5), operator("arrayAppend", 2.5)));
    assertEquals(
        List.of(true, false), after("bs", List.of(true, false, true), operator("arrayUnique")));
    assertEquals(INVALID, after("bs", List.of(true), operator("arrayFilter", "lessThan", true)));
    assertEquals(List.of("x", "y"), after("es", List.of("x"), operator("arrayAppend", "y")));
    assertEquals(INVALID, after("es", List.of("x"), operator("arrayAppend", "w")));
    assertEquals(
        List.of("2026-01-01T00:00:00.000+00:00", "2026-01-02T00:00:00.000+00:00"),
        after(
            "ds",
            List.of("2026-01-02T00:00:00Z"),
            operator("arrayPrepend", "2026-01-01T00:00:00Z")));
  }

  @Test
  void aTextIsAnOperatorOnlyWhereItFits() {
    var increment = operator("increment", 1);
    assertEquals(increment, after("s", "a", increment));
    assertEquals(INVALID, after("b", true, increment));
    assertEquals(INVALID, after("n", 1, operator("toggle")));
    assertEquals(INVALID, after("tags", List.of("a"), increment));
    assertEquals(INVALID, after("mail", "a@b.io", operator("stringConcat", "x")));
    for (var text :
        List.of(
            "{\"method\":\"stringConcat\"}",
            "{\"method\":\"stringConcat\",\"values\":[],\"a\":1}",
            "{\"method\":\"nope\",\"values\":[\"b\"]}",
            "{\"method\":1,\"values\":[\"b\"]}",
            "{method:values}",
            "{\"values\":7,\"method\":\"toggle\"}")) {
      var kept = after("s", "a", text);
      assertTrue(kept.equals(text) || kept.equals(INVALID) && text.length() > 40, text);
    }
    var deep = "{\"method\":\"x\",\"values\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertEquals(INVALID, after("s", "a", deep));
    var made =
        CALLS.fault(
            Calls.KEY,
            "tablesDB.createRow",
            "tableId",
            "t",
            "rowId",
            "new",
            "data",
            Map.of("n", increment));
    assertEquals(INVALID, made);
  }

  @Test
  void upsertsOperateOnWhatIsThereOrOnDefaults() {
    var data = Map.of("start", operator("increment", 1), "n", operator("decrement", 1, 0));
    assertEquals(BOUNDS, upsert("u", data));
    CALLS.key("tablesDB.createRow", "tableId", "t", "rowId", "u", "data", Map.of("n", 2));
    assertEquals(1, new JsonObject(upsert("u", data)).getInteger("n"));
    assertEquals(
        9,
        new JsonObject(upsert("u", Map.of("start", operator("increment", 1)))).getInteger("start"));
    assertEquals(
        0,
        CALLS
            .key("tablesDB.upsertRow", "tableId", "t", "rowId", "u", "data", data)
            .getInteger("n"));
    assertEquals(BOUNDS, upsert("u", data));
    var made =
        new JsonObject(
            upsert(
                "u2",
                Map.of("start", operator("increment", 1), "tags", operator("arrayAppend", "a"))));
    assertEquals(8, made.getInteger("start"));
    assertEquals(1, made.getInteger("$version"));
    assertEquals(new JsonArray().add("a"), made.getJsonArray("tags"));
  }

  private static String upsert(String id, Object data) {
    return CALLS.fault(Calls.KEY, "tablesDB.upsertRow", "tableId", "t", "rowId", id, "data", data);
  }

  @Test
  void manyAreOperatedOnInOneCall() {
    for (int i = 0; i < 3; i++) {
      CALLS.key(
          "tablesDB.createRow",
          "tableId",
          "t",
          "rowId",
          "m" + i,
          "data",
          Map.of("n", i, "s", "many"));
    }
    var which = List.of("equal(\"s\", \"many\")", "orderAsc(\"n\")");
    var updated =
        CALLS.key(
            "databases.updateDocuments",
            "collectionId",
            "t",
            "queries",
            which,
            "data",
            Map.of("n", operator("multiply", 10)));
    var all = CALLS.key("tablesDB.listRows", "tableId", "t", "queries", which);
    assertEquals(List.of(0, 10, 20), numbers(all));
    assertEquals(3, updated.getInteger("total"));
    var beyond =
        CALLS.fault(
            Calls.KEY,
            "tablesDB.updateRows",
            "tableId",
            "t",
            "queries",
            which,
            "data",
            Map.of("n", operator("increment", 1, 20)));
    assertEquals(BOUNDS, beyond);
    assertEquals(
        List.of(0, 10, 20),
        numbers(CALLS.key("tablesDB.listRows", "tableId", "t", "queries", which)));
    var rows =
        List.of(
            Map.of("$id", "m1", "n", operator("increment", 1)),
            Map.of("$id", "m9", "n", operator("increment", 1), "s", "many"),
            Map.of("$id", "m0", "n", operator("increment", 2)));
    var upserted = CALLS.key("tablesDB.upsertRows", "tableId", "t", "rows", rows);
    assertEquals(List.of("m1", "m9", "m0"), Calls.ids(upserted, "rows"));
    assertEquals(List.of(11, 1, 2), numbers(upserted));
  }

  private static List<Integer> numbers(JsonObject list) {
    return list.getJsonArray("rows").stream().map(r -> ((JsonObject) r).getInteger("n")).toList();
  }

  @Test
  void countingIsExactUnderContention() throws Exception {
    CALLS.key("tablesDB.createRow", "tableId", "t", "rowId", "c", "data", Map.of("n", 0));
    var tasks = new ArrayList<Callable<String>>();
    for (int i = 0; i < 64; i++) {
      boolean byOperator = i % 2 == 0;
      tasks.add(
          () -> byOperator ? upsert("c", Map.of("n", operator("increment", 1))) : count("c", 1));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var task : threads.invokeAll(tasks)) assertTrue(task.get().startsWith("{"), task.get());
    }
    var row = CALLS.key("tablesDB.getRow", "tableId", "t", "rowId", "c");
    assertEquals(64, row.getInteger("n"));
    assertEquals(65, row.getInteger("$version"));
  }

  private static String count(String id, Object value) {
    return CALLS.fault(
        Calls.KEY,
        "tablesDB.incrementRowColumn",
        "tableId",
        "t",
        "rowId",
        id,
        "column",
        "n",
        "value",
        value);
  }

  @Test
  void numbersAreCountedUpAndDown() {
    CALLS.key("tablesDB.createRow", "tableId", "t", "rowId", "k", "data", Map.of("n", 5));
    var up = CALLS.key("tablesDB.incrementRowColumn", "tableId", "t", "rowId", "k", "column", "n");
    assertEquals(6, up.getInteger("n"));
    var down =
        CALLS.key(
            "databases.decrementDocumentAttribute",
            "collectionId",
            "t",
            "documentId",
            "k",
            "attribute",
            "n",
            "value",
            4,
            "min",
            2);
    assertEquals(2, down.getInteger("n"));
    assertEquals(
        "attribute_limit_exceeded",
        CALLS.fault(
            Calls.KEY,
            "databases.decrementDocumentAttribute",
            "collectionId",
            "t",
            "documentId",
            "k",
            "attribute",
            "n",
            "min",
            2));
    assertEquals(
        BOUNDS,
        CALLS.fault(
            Calls.KEY,
            "tablesDB.incrementRowColumn",
            "tableId",
            "t",
            "rowId",
            "k",
            "column",
            "n",
            "max",
            2));
    assertEquals("row_not_found", count("none", 1));
    assertEquals(INVALID, count("k", 0.5));
    assertEquals(
        "column_not_found",
        CALLS.fault(
            Calls.KEY,
            "tablesDB.incrementRowColumn",
            "tableId",
            "t",
            "rowId",
            "k",
            "column",
            "nope"));
    assertEquals(
        "column_type_invalid",
        CALLS.fault(
            Calls.KEY, "tablesDB.incrementRowColumn", "tableId", "t", "rowId", "k", "column", "s"));
    assertEquals(
        "row_not_found",
        CALLS.fault(
            Calls.user("u1"),
            "tablesDB.incrementRowColumn",
            "tableId",
            "t",
            "rowId",
            "k",
            "column",
            "n"));
  }
}
