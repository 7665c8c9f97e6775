package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Points, lines and polygons on a PostgreSQL without PostGIS, which is the embedded one. */
class SpatialTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static final String SQUARE = "[[[0,0],[10,0],[10,10],[0,10],[0,0]]]";
  private static final String RING =
      "[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]";

  @BeforeAll
  static void fill() {
    CALLS.key("tablesDB.createTable", "tableId", "t", "name", "t");
    for (var kind : List.of("Point", "Line", "Polygon")) {
      var key = kind.toLowerCase(java.util.Locale.ROOT);
      var made =
          CALLS.key(
              "tablesDB.create" + kind + "Column", "tableId", "t", "key", key, "required", false);
      assertEquals(key.equals("line") ? "linestring" : key, made.getString("type"));
      assertEquals(false, made.getBoolean("array"));
    }
    row("a", "[5,5]", "[[0,0],[1,1]]", SQUARE);
    row("b", "[1.5,-2]", null, RING);
    row("c", "[20,20]", null, "[[[20,20],[21,20],[21,21],[20,20]]]");
    row("d", null, null, null);
    row("e", "[179.9,0]", null, null);
  }

  private static void row(String id, String point, String line, String polygon) {
    var data = new JsonObject();
    if (point != null) data.put("point", new JsonArray(point));
    if (line != null) data.put("line", new JsonArray(line));
    if (polygon != null) data.put("polygon", new JsonArray(polygon));
    CALLS.key("tablesDB.createRow", "tableId", "t", "rowId", id, "data", data);
  }

  private static String query(String method, String attribute, String values) {
    var json = new JsonObject().put("method", method).put("attribute", attribute);
    return json.put("values", new JsonArray(values)).encode();
  }

  private static String ids(String query) {
    var list = CALLS.key("tablesDB.listRows", "tableId", "t", "queries", List.of(query));
    return String.join("", Calls.ids(list, "rows"));
  }

  private static String fault(String query) {
    return CALLS.fault(Calls.KEY, "tablesDB.listRows", "tableId", "t", "queries", List.of(query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equal               | point   | [[5,5]]                       | a",
        "equal               | point   | [5,5]                         | a",
        "equal               | point   | [[5,5],[20,20.0]]             | ac",
        "notEqual            | point   | [[5,5]]                       | bce",
        "equal               | polygon | [" + SQUARE + "]              | a",
        "isNull              | polygon | []                            | de",
        "distanceLessThan    | point   | [[[5,5], 8, false]]           | ab",
        "distanceLessThan    | point   | [[[5,5], 0, false]]           | ''",
        "distanceGreaterThan | point   | [[[5,5], 8, false]]           | ce",
        "distanceEqual       | point   | [[[5,5], 0]]                  | a",
        "distanceNotEqual    | point   | [[[5,5], 0, true]]            | bce",
        "distanceLessThan    | point   | [[[5,5.001], 112]]            | a",
        "distanceLessThan    | point   | [[[5,5.001], 111, true]]      | ''",
        "distanceLessThan    | point   | [[[-179.9,0], 23000, true]]   | e",
        "distanceGreaterThan | point   | [[[0,0], 1000000, true]]      | ce",
        "intersects          | point   | [" + SQUARE + "]              | a",
        "notIntersects       | point   | [" + SQUARE + "]              | bce",
        "intersects          | point   | [" + RING + "]                | ''",
        "intersects          | point   | [[5,5]]                       | a",
        "intersects          | polygon | [[5,5]]                       | a",
        "intersects          | polygon | [[4,5]]                       | ab",
        "contains            | polygon | [[1,1]]                       | ab",
        "contains            | polygon | [[1,1],[20.5,20.1]]           | abc",
        "notContains         | polygon | [[1,1]]                       | c",
      })
  void questions(String method, String attribute, String values, String expected) {
    assertEquals(expected, ids(query(method, attribute, values)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "crosses          | line    | [[[0,0],[1,1]]]",
        "notCrosses       | line    | [[[0,0],[1,1]]]",
        "touches          | polygon | [[1,1]]",
        "notTouches       | point   | [[1,1]]",
        "overlaps         | polygon | [" + SQUARE + "]",
        "notOverlaps      | polygon | [" + SQUARE + "]",
        "intersects       | line    | [[1,1]]",
        "intersects       | polygon | [" + SQUARE + "]",
        "distanceLessThan | line    | [[[1,1], 5, true]]",
        "distanceLessThan | point   | [[" + SQUARE + ", 5, true]]",
      })
  void whatNeedsPostGisSaysSo(String method, String attribute, String values) {
    assertEquals("general_feature_unsupported", fault(query(method, attribute, values)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[5]",
        "[\"x\"]",
        "[[1]]",
        "[[181,0]]",
        "[[0,91]]",
        "[[[0,0]]]",
        "[{}]",
        "[[[]]]",
        "[[[[0,0],[1,1],[2,2],[3,3]]]]"
      })
  void whatIsNoGeometry(String values) {
    assertEquals("general_query_invalid", fault(query("intersects", "point", values)));
    assertEquals("general_query_invalid", fault(query("distanceLessThan", "point", values)));
  }

  @Test
  void distancesAreNumbersFromZero() {
    for (var bad :
        List.of("[[[1,1],-1]]", "[[[1,1],\"5\"]]", "[[[1,1],5,\"true\"]]", "[[[1,1],5,true,1]]")) {
      assertEquals("general_query_invalid", fault(query("distanceEqual", "point", bad)), bad);
    }
    for (var method : List.of("lessThan", "search", "startsWith", "orderAsc")) {
      assertEquals("general_query_invalid", fault(query(method, "point", "[[1,1]]")), method);
    }
  }

  @Test
  void valuesComeBackAsTheyWent() {
    var row = CALLS.key("tablesDB.getRow", "tableId", "t", "rowId", "b");
    assertEquals(new JsonArray("[1.5,-2.0]"), row.getJsonArray("point"));
    assertEquals(2, row.getJsonArray("polygon").size());
    var data = Map.of("line", List.of(List.of(3, 4), List.of(5, 6), List.of(7, 8)));
    var changed =
        CALLS.key("databases.updateDocument", "collectionId", "t", "documentId", "e", "data", data);
    assertEquals(new JsonArray("[[3.0,4.0],[5.0,6.0],[7.0,8.0]]"), changed.getJsonArray("line"));
    for (var bad :
        List.of(
            Map.of("point", List.of(1, 2, 3)),
            Map.of("point", "1,2"),
            Map.of("point", List.of(1, "2")),
            Map.of("point", List.of(List.of(1, 2))),
            Map.of("line", List.of(List.of(1, 2))),
            Map.of("polygon", List.of(List.of(List.of(0, 0), List.of(1, 0), List.of(0, 1)))),
            Map.of("point", List.of(200, 2)))) {
      var fault =
          CALLS.fault(Calls.KEY, "tablesDB.updateRow", "tableId", "t", "rowId", "a", "data", bad);
      assertEquals("row_invalid_structure", fault, bad.toString());
    }
  }

  @Test
  void columnsHaveDefaultsAndIndexes() {
    CALLS.key("tablesDB.createTable", "tableId", "d", "name", "d");
    CALLS.key(
        "tablesDB.createPointColumn",
        "tableId",
        "d",
        "key",
        "p",
        "required",
        false,
        "default",
        List.of(1, 2));
    CALLS.key("tablesDB.createPolygonColumn", "tableId", "d", "key", "g", "required", false);
    CALLS.key("tablesDB.createLineColumn", "tableId", "d", "key", "l", "required", false);
    var row = CALLS.key("tablesDB.createRow", "tableId", "d", "rowId", "r", "data", Map.of());
    assertEquals(new JsonArray("[1.0,2.0]"), row.getJsonArray("p"));
    assertEquals(
        "column_value_invalid",
        CALLS.fault(
            Calls.KEY,
            "tablesDB.updatePointColumn",
            "tableId",
            "d",
            "key",
            "p",
            "required",
            false,
            "default",
            List.of(1)));
    assertEquals("available", index("p").getString("status"));
    assertEquals("available", index("g").getString("status"));
    assertEquals("general_feature_unsupported", refused("spatial", "l"));
    assertEquals("column_index_invalid", refused("key", "p"));
    assertEquals("column_index_invalid", refused("unique", "g"));
    var renamed =
        CALLS.key(
            "tablesDB.updatePointColumn",
            "tableId",
            "d",
            "key",
            "p",
            "required",
            true,
            "newKey",
            "place");
    assertEquals("place", renamed.getString("key"));
    assertTrue(CALLS.key("tablesDB.getRow", "tableId", "d", "rowId", "r").containsKey("place"));
  }

  private static JsonObject index(String column) {
    return CALLS.key(
        "tablesDB.createIndex",
        "tableId",
        "d",
        "key",
        "i" + column,
        "type",
        "spatial",
        "columns",
        List.of(column));
  }

  private static String refused(String type, String column) {
    return CALLS.fault(
        Calls.KEY,
        "tablesDB.createIndex",
        "tableId",
        "d",
        "key",
        "x",
        "type",
        type,
        "columns",
        List.of(column));
  }
}
