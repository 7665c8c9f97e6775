package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words, patterns and elements of lists; and what each of them needs. */
class SearchTest {

  private static final Calls CALLS = new Calls(TestPostgres.fresh(), "p");

  @BeforeAll
  static void fill() {
    CALLS.key("tablesDB.createTable", "tableId", "t", "name", "t");
    column("String", "title", "size", 200);
    column("Text", "text");
    column("Integer", "n", "array", true);
    column("String", "tags", "size", 20, "array", true);
    index("words", "fulltext", "title", "text");
    row("a", "The quick brown fox", "jumps", List.of(1, 5, 9), List.of("red", "green"));
    row("b", "A slow brown bear", "sleeps well", List.of(4, 6), List.of());
    row("c", "Quickly, said O'Neil", "über-Läufer", List.of(), List.of("blue"));
    row("d", null, "fox", null, null);
    row("e", "brown quick", "back\\slash 'quoted'", List.of(20), List.of("Red"));
  }

  private static void column(String kind, String key, Object... more) {
    var given = new java.util.ArrayList<Object>(List.of(more));
    given.addAll(List.of("tableId", "t", "key", key, "required", false));
    CALLS.key("tablesDB.create" + kind + "Column", given.toArray());
  }

  private static JsonObject index(String key, String type, String... columns) {
    return CALLS.key(
        "tablesDB.createIndex",
        "tableId",
        "t",
        "key",
        key,
        "type",
        type,
        "columns",
        List.of(columns));
  }

  private static void row(String id, String title, String text, List<?> n, List<?> tags) {
    var data = new JsonObject().put("title", title).put("text", text);
    if (n != null) data.put("n", new JsonArray(n));
    if (tags != null) data.put("tags", new JsonArray(tags));
    CALLS.key("tablesDB.createRow", "tableId", "t", "rowId", id, "data", data);
  }

  private static String query(String method, String attribute, Object... values) {
    var json = new JsonObject().put("method", method).put("attribute", attribute);
    return json.put("values", JsonArray.of(values)).encode();
  }

  private static String ids(String... queries) {
    var list = CALLS.key("tablesDB.listRows", "tableId", "t", "queries", List.of(queries));
    var ids = String.join("", Calls.ids(list, "rows"));
    assertEquals(ids.length(), list.getInteger("total"));
    return ids;
  }

  private static String fault(String... queries) {
    return CALLS.fault(Calls.KEY, "tablesDB.listRows", "tableId", "t", "queries", List.of(queries));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "title | quick                | ae",
        "title | QUICK                | ae",
        "title | qui                  | ``",
        "title | qui*                 | ace",
        "title | fox bear             | ab",
        "title | \"quick brown\"      | a",
        "title | \"brown quick\"      | e",
        "title | \"slow\" nothing     | b",
        "title | \"unclosed brown     | ``",
        "title | o'neil               | c",
        "title | ' & ! ( ) <->        | ``",
        "title | \\                   | ``",
        "text  | läufer               | c",
        "text  | fox                  | d",
        "text  | back\\slash          | e",
        "text  | *                    | ``",
      })
  void words(String column, String text, String expected) {
    assertEquals(expected, ids(query("search", column, text)), text);
    var all = column.equals("title") ? "abce" : "abcde";
    var others = all.replaceAll("[" + expected + " ]", "");
    assertEquals(others, ids(query("notSearch", column, text)), text);
  }

  @Test
  void searchNeedsAnIndexAndText() {
    CALLS.key("tablesDB.createTable", "tableId", "bare", "name", "t");
    CALLS.key("tablesDB.createTextColumn", "tableId", "bare", "key", "s", "required", false);
    var queries = List.of(query("search", "s", "x"));
    var call = new Object[] {"tableId", "bare", "queries", queries};
    assertEquals("general_query_invalid", CALLS.fault(Calls.KEY, "tablesDB.listRows", call));
    CALLS.key(
        "tablesDB.createIndex",
        "tableId",
        "bare",
        "key",
        "f",
        "type",
        "fulltext",
        "columns",
        List.of("s"));
    assertEquals(0, CALLS.key("tablesDB.listRows", call).getInteger("total"));
    CALLS.key("tablesDB.deleteIndex", "tableId", "bare", "key", "f");
    assertEquals("general_query_invalid", CALLS.fault(Calls.KEY, "tablesDB.listRows", call));
    for (var wrong : List.of("n", "tags", "$createdAt", "nobody")) {
      assertEquals("general_query_invalid", fault(query("search", wrong, "x")), wrong);
    }
    assertEquals("general_query_invalid", fault(query("search", "title", 5)));
    assertEquals("general_query_invalid", fault(query("search", "title", "a", "b")));
  }

  @Test
  void indexesAreOfWhatFitsThem() {
    for (var bad : List.of("n", "tags", "$id", "nobody")) {
      assertEquals("column_index_invalid", refused("fulltext", bad), bad);
    }
    assertEquals("column_index_invalid", refused("spatial", "title"));
    assertEquals("column_index_invalid", refused("unique", "tags"));
    var ordered =
        CALLS.fault(
            Calls.KEY,
            "tablesDB.createIndex",
            "tableId",
            "t",
            "key",
            "x",
            "type",
            "key",
            "columns",
            List.of("title"),
            "orders",
            List.of("ASC", "DESC"));
    assertEquals("column_index_invalid", ordered);
    var made = CALLS.key("tablesDB.getIndex", "tableId", "t", "key", "words");
    assertEquals("fulltext", made.getString("type"));
    assertEquals("available", made.getString("status"));
    assertEquals(JsonArray.of("title", "text"), made.getJsonArray("columns"));
    assertEquals(
        "column_index_dependency",
        CALLS.fault(Calls.KEY, "tablesDB.deleteColumn", "tableId", "t", "key", "title"));
  }

  private static String refused(String type, String column) {
    return CALLS.fault(
        Calls.KEY,
        "tablesDB.createIndex",
        "tableId",
        "t",
        "key",
        "x",
        "type",
        type,
        "columns",
        List.of(column));
  }

  @Test
  void patterns() {
    assertEquals("ae", ids(query("regex", "title", "(^|\\s)quick\\M")));
    assertEquals("ace", ids(query("regex", "title", "(?i)QUICK")));
    assertEquals("", ids(query("regex", "title", "^$")));
    for (var bad : List.of("(", "[a", "a{2,1}", "*")) {
      assertEquals("general_query_invalid", fault(query("regex", "title", bad)), bad);
    }
    assertEquals("general_query_invalid", fault(query("regex", "tags", "a")));
    assertEquals("general_query_invalid", fault(query("regex", "n", "a")));
    assertEquals("general_query_invalid", fault(query("regex", "title", "a\0b")));
  }

  @Test
  void elementsOfLists() {
    var between = query("elemMatch", "n", inner("greaterThan", "", 4), inner("lessThan", "n", 7));
    assertEquals("ab", ids(between));
    assertEquals("e", ids(query("elemMatch", "n", inner("equal", "", 20))));
    assertEquals("ae", ids(query("elemMatch", "tags", inner("regex", "", "(?i)^red$"))));
    assertEquals("a", ids(query("elemMatch", "tags", inner("startsWith", "tags", "gr"))));
    var either =
        new JsonObject()
            .put("method", "or")
            .put("values", JsonArray.of(inner("equal", "", 1), inner("equal", "", 6)));
    assertEquals("ab", ids(query("elemMatch", "n", either)));
    assertEquals("bce", ids(query("or", "", inner("notContains", "tags", "red"))));
    for (var bad :
        List.of(
            query("elemMatch", "title", inner("equal", "", "x")),
            query("elemMatch", "n", inner("equal", "title", "x")),
            query("elemMatch", "n", inner("equal", "", "x")),
            query("elemMatch", "n", inner("limit", "", 1)),
            query("elemMatch", "n"),
            query("elemMatch", "n", 5))) {
      assertEquals("general_query_invalid", fault(bad), bad);
    }
  }

  private static JsonObject inner(String method, String attribute, Object value) {
    var json = new JsonObject().put("method", method).put("attribute", attribute);
    return json.put("values", JsonArray.of(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vectorDot", "vectorCosine", "vectorEuclidean", "crosses", "touches"})
  void whatNoColumnHereAnswers(String method) {
    assertEquals("general_query_invalid", fault(query(method, "title", new JsonArray("[[1,2]]"))));
  }

  @Test
  void presence() {
    assertEquals("abce", ids(query("exists", "", "title", "n")));
    assertEquals("d", ids(query("notExists", "", "title", "tags")));
    assertEquals("general_query_invalid", fault(query("exists", "", "nobody")));
  }
}
