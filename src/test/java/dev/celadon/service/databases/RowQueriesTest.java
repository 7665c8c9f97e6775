package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of rows: filters, orders, cursors; and names that try to be SQL. */
class RowQueriesTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");

  @BeforeAll
  static void fill() {
    CALLS.key("tablesDB.createTable", "tableId", "t", "name", "t", "rowSecurity", true);
    CALLS.key(
        "tablesDB.createStringColumn", "tableId", "t", "key", "s", "size", 50, "required", false);
    CALLS.key("tablesDB.createIntegerColumn", "tableId", "t", "key", "n", "required", false);
    CALLS.key(
        "tablesDB.createStringColumn",
        "tableId",
        "t",
        "key",
        "tags",
        "size",
        9,
        "required",
        false,
        "array",
        true);
    row("a", "100%", 1, List.of("x", "y"));
    row("b", "100x", 1, List.of("y"));
    row("c", "a_c", null, List.of());
    row("d", "abc", 2, null);
    row("e", null, null, List.of("z", "x"));
    row("f", "back\\slash", 2, List.of("x"));
    row("g", "Ünï\"q'", 3, null);
  }

  private static void row(String id, Object s, Object n, Object tags) {
    var data = new JsonObject().put("s", s).put("n", n);
    if (tags != null) data.put("tags", new io.vertx.core.json.JsonArray((List<?>) tags));
    CALLS.key(
        "tablesDB.createRow",
        "tableId",
        "t",
        "rowId",
        id,
        "data",
        data,
        "permissions",
        id.equals("e") ? List.of() : List.of("read(\"user:u1\")"));
  }

  private static String ids(String... queries) {
    var list = CALLS.key("tablesDB.listRows", "tableId", "t", "queries", List.of(queries));
    return String.join("", Calls.ids(list, "rows"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "contains(\"s\", [\"%\"])          | a",
        "contains(\"s\", [\"_\"])          | c",
        "contains(\"s\", [\"\\\\\"])       | f",
        "contains(\"s\", [\"b\", \"%\"])   | adf",
        "containsAll(\"s\", [\"a\", \"b\"]) | df",
        "notContains(\"s\", [\"a\"])       | abg",
        "startsWith(\"s\", [\"100\"])      | ab",
        "startsWith(\"s\", [\"100%\"])     | a",
        "notStartsWith(\"s\", [\"100\"])   | cdfg",
        "endsWith(\"s\", [\"c\"])          | cd",
        "notEndsWith(\"s\", [\"c\"])       | abfg",
        "equal(\"s\", [\"Ünï\\\"q'\"])     | g",
        "equal(\"n\", [1, 3])              | abg",
        "notEqual(\"n\", [1])              | dfg",
        "greaterThan(\"n\", [1])           | dfg",
        "lessThanEqual(\"n\", [2])         | abdf",
        "between(\"n\", [2, 3])            | dfg",
        "notBetween(\"n\", [2, 3])         | ab",
        "isNull(\"n\")                     | ce",
        "isNotNull(\"tags\")               | abcef",
        "contains(\"tags\", [\"x\"])       | aef",
        "containsAny(\"tags\", [\"y\", \"z\"]) | abe",
        "containsAll(\"tags\", [\"x\", \"y\"]) | a",
        "notContains(\"tags\", [\"x\"])    | bc",
        "equal(\"$id\", [\"a\", \"g\"])    | ag",
        "equal(\"$sequence\", [\"2\"])     | b",
        "createdAfter(\"\", [\"2020-01-01\"]) | abcdefg",
        "updatedBefore(\"\", [\"2020-01-01\"]) | ``",
        "greaterThan(\"$createdAt\", [\"2020-01-01\"]) | abcdefg",
        "orderDesc(\"n\")                  | ecgfdba",
        "limit(0)                          | ``",
        "offset(5)                         | fg",
      })
  void filters(String query, String expected) {
    assertEquals(expected, ids(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orderAsc(\"n\")",
        "orderDesc(\"n\")",
        "orderAsc(\"s\")",
        "orderDesc(\"s\")",
        "orderDesc(\"$createdAt\")",
        "orderAsc(\"n\") orderAsc(\"s\")",
        "orderAsc(\"n\") orderDesc(\"s\")",
        "orderDesc(\"n\") orderAsc(\"s\")",
        "orderDesc(\"n\") orderDesc(\"s\")",
        "orderAsc(\"n\") orderDesc(\"$sequence\") orderAsc(\"s\")"
      })
  void cursorsOverTiesAndNulls(String order) {
    var all = cut(order, "");
    assertEquals(7, all.length());
    for (int i = 0; i < 7; i++) {
      var id = all.substring(i, i + 1);
      var after = "cursorAfter(\"" + id + "\")";
      assertEquals(all.substring(i + 1), cut(order, after));
      assertEquals(all.substring(0, i), cut(order, "cursorBefore(\"" + id + "\")"));
      var before = all.substring(Math.max(0, i - 2), i);
      assertEquals(before, cut(order, "limit(2) cursorBefore(\"" + id + "\")"));
      var next = all.substring(i + 1).substring(Math.min(1, 6 - i));
      assertEquals(
          next.substring(0, Math.min(2, next.length())), cut(order, "limit(2) offset(1) " + after));
    }
  }

  private static String cut(String order, String more) {
    return ids((order + " " + more).strip().split(" "));
  }

  @Test
  void totalCountsOnlyWhatIsVisible() {
    var user = Calls.user("u1");
    var list = CALLS.as(user, "tablesDB.listRows", "tableId", "t", "queries", List.of("limit(2)"));
    assertEquals(6, list.getInteger("total"));
    var none = CALLS.as(user, "tablesDB.listRows", "tableId", "t", "total", false);
    assertEquals(0, none.getInteger("total"));
    assertEquals(
        "general_cursor_not_found",
        CALLS.fault(
            user, "tablesDB.listRows", "tableId", "t", "queries", List.of("cursorAfter(\"e\")")));
  }

  @Test
  void selectShowsWhatIsAskedFor() {
    var list =
        CALLS.key(
            "databases.listDocuments",
            "collectionId",
            "t",
            "queries",
            List.of("select([\"n\", \"$id\"])", "limit(1)"));
    var row = list.getJsonArray("documents").getJsonObject(0);
    assertEquals(1, row.getInteger("n"));
    assertTrue(row.containsKey("$id") && !row.containsKey("s"));
    var one =
        CALLS.key(
            "tablesDB.getRow", "tableId", "t", "rowId", "a", "queries", List.of("select([\"s\"])"));
    assertTrue(one.containsKey("s") && !one.containsKey("n"));
  }

  @Test
  void namesAreNeverSql() {
    for (var name :
        List.of(
            "n\" OR 1=1 --", "c1", "_id", "n; DROP SCHEMA p1 CASCADE", "$permissions", "n'", "")) {
      for (var form : List.of("equal(%s, [1])", "orderAsc(%s)", "select([%s])", "isNull(%s)")) {
        if (name.isEmpty() && form.startsWith("order")) continue;
        if (name.equals("$permissions") && form.startsWith("select")) continue;
        var query =
            form.formatted(
                new io.vertx.core.json.JsonArray()
                    .add(name)
                    .encode()
                    .replaceAll("^\\[|]$", "")
                    .replace("$", "$"));
        assertEquals(
            "general_query_invalid",
            CALLS.fault(Calls.KEY, "tablesDB.listRows", "tableId", "t", "queries", List.of(query)),
            query);
      }
      if (name.equals("$permissions")) continue;
      assertEquals(
          "row_invalid_structure",
          CALLS.fault(
              Calls.KEY,
              "tablesDB.createRow",
              "tableId",
              "t",
              "rowId",
              "unique()",
              "data",
              Map.of(name, 1)),
          name);
    }
    for (var id : List.of("a' OR '1'='1", "../t", "a b", "", "x".repeat(37), "-a")) {
      assertEquals(
          "general_argument_invalid",
          CALLS.fault(Calls.KEY, "tablesDB.getRow", "tableId", "t", "rowId", id));
    }
  }

  /** Keys may look like SQL words or contain signs; rows come out under exactly these names. */
  @Test
  void awkwardKeysWork() {
    CALLS.key("tablesDB.createTable", "tableId", "awkward", "name", "t");
    var keys =
        new ArrayList<>(
            List.of("select", "a.b", "a-b", "0", "Title", "title", "c1", "x".repeat(36)));
    Collections.shuffle(keys, new java.util.Random(7));
    var data = new JsonObject();
    for (var key : keys) {
      CALLS.key(
          "tablesDB.createIntegerColumn", "tableId", "awkward", "key", key, "required", false);
      data.put(key, keys.indexOf(key));
    }
    CALLS.key("tablesDB.createRow", "tableId", "awkward", "rowId", "r", "data", data);
    var updated = CALLS.key("tablesDB.updateRow", "tableId", "awkward", "rowId", "r", "data", data);
    for (var key : keys) {
      assertEquals(keys.indexOf(key), updated.getInteger(key));
      var found =
          CALLS.key(
              "tablesDB.listRows",
              "tableId",
              "awkward",
              "queries",
              List.of(
                  "equal(\"" + key + "\", [" + keys.indexOf(key) + "])",
                  "orderDesc(\"" + key + "\")"));
      assertEquals(1, found.getInteger("total"));
    }
  }
}
