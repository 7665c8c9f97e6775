package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of column: what goes in comes out, what does not fit is refused by name. */
class ColumnKindsTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");

  /** Kind, what its column needs, values that fit, values that do not. */
  record Case(String method, Map<String, Object> needs, List<Object> good, List<Object> bad) {}

  static Stream<Case> cases() {
    var text = List.<Object>of("", "héllo \"w\"\\ \n\t\u0001 ☃ 😀", "% _");
    var notText = List.<Object>of(1, true, new JsonObject(), "nul \0", "half \ud800");
    var max = Long.MAX_VALUE;
    return Stream.of(
        new Case("String", Map.of("size", 40), text, plus(notText, "x".repeat(41))),
        new Case("Varchar", Map.of("size", 40), text, plus(notText, "x".repeat(41))),
        new Case(
            "Text", Map.of(), plus(text, "😀".repeat(16_383)), plus(notText, "x".repeat(16_384))),
        new Case("Mediumtext", Map.of(), text, notText),
        new Case(
            "Longtext",
            Map.of(),
            plus(text, "x".repeat(300_000)),
            plus(notText, "x".repeat(1_100_000))),
        new Case(
            "Integer",
            Map.of(),
            List.of(0, -1, max, Long.MIN_VALUE, 9007199254740993L),
            List.of("1", 1.5, true, new java.math.BigInteger("9223372036854775808"))),
        new Case("BigInt", Map.of("min", -5, "max", max), List.of(-5, 0, max), List.of(-6, "1")),
        new Case("Integer", Map.of("min", 1, "max", 3), List.of(1, 3), List.of(0, 4)),
        new Case("Float", Map.of("min", -1.5), List.of(-1.5, 0.1, 1e300, 3), List.of(-1.6, "1")),
        new Case("Boolean", Map.of(), List.of(true, false), List.of("true", 1)),
        new Case(
            "Datetime",
            Map.of(),
            List.of("2026-01-31T09:30:00.123+00:00"),
            List.of("now", 1, "2026-13-01T00:00:00Z", "")),
        new Case("Email", Map.of(), List.of("a@b.example"), List.of("a@", "a b@c.de", 1)),
        new Case(
            "Enum",
            Map.of("elements", List.of("a", "b c")),
            List.of("a", "b c"),
            List.of("c", "", 1)),
        new Case(
            "Ip",
            Map.of(),
            List.of("10.0.0.255", "::1", "2001:db8::8a2e:370:7334"),
            List.of("256.0.0.1", "1.2.3", "x", "fe80::1%eth0", "01.2.3.4")),
        new Case(
            "Url",
            Map.of(),
            List.of("https://a.example/x?y=1#z"),
            List.of("a.example", "//a", "x y")));
  }

  private static List<Object> plus(List<Object> values, Object more) {
    var all = new ArrayList<>(values);
    all.add(more);
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void roundTrip(Case kind) {
    var table = table();
    column(table, kind, "one", false);
    column(table, kind, "many", true);
    for (var good : kind.good) {
      var made = row(table, Map.of("one", good, "many", List.of(good, good)));
      var id = made.getString("$id");
      var read = CALLS.key("tablesDB.getRow", "tableId", table, "rowId", id);
      assertEquals(made, read);
      assertSame(good, read.getValue("one"));
      assertSame(good, read.getJsonArray("many").getValue(1));
      var updated =
          CALLS.key(
              "tablesDB.updateRow", "tableId", table, "rowId", id, "data", Map.of("one", good));
      assertSame(good, updated.getValue("one"));
      assertSame(good, updated.getJsonArray("many").getValue(0));
    }
    for (var bad : kind.bad) {
      for (var data : List.of(Map.of("one", bad), Map.of("many", List.of(bad)))) {
        var fault =
            CALLS.fault(
                Calls.KEY,
                "tablesDB.createRow",
                "tableId",
                table,
                "rowId",
                "unique()",
                "data",
                data);
        assertEquals("row_invalid_structure", fault, () -> kind.method + " took " + data);
      }
    }
    var empty = row(table, Map.of("many", List.of()));
    assertNull(empty.getValue("one"));
    assertEquals(new JsonArray(), empty.getJsonArray("many"));
  }

  private static void assertSame(Object expected, Object actual) {
    if (expected instanceof Number number && actual instanceof Number found) {
      if (expected instanceof Double) assertEquals(number.doubleValue(), found.doubleValue());
      else assertEquals(number.longValue(), found.longValue());
    } else {
      assertEquals(expected, actual);
    }
  }

  private static int tables;

  private static String table() {
    var id = "kinds" + ++tables;
    CALLS.key("tablesDB.createTable", "tableId", id, "name", id);
    return id;
  }

  private static void column(String table, Case kind, String key, boolean array) {
    var params = new java.util.HashMap<String, Object>();
    kind.needs.forEach((k, v) -> params.put(k, v instanceof List<?> l ? new JsonArray(l) : v));
    params.put("tableId", table);
    params.put("key", key);
    params.put("required", false);
    params.put("array", array);
    var made = CALLS.as(Calls.KEY, "tablesDB.create" + kind.method + "Column", params);
    assertEquals("available", made.getString("status"));
    assertEquals(made, CALLS.key("tablesDB.getColumn", "tableId", table, "key", key));
  }

  private static JsonObject row(String table, Map<String, Object> data) {
    return CALLS.key("tablesDB.createRow", "tableId", table, "rowId", "unique()", "data", data);
  }

  @Test
  void requiredAndDefault() {
    var t = table();
    CALLS.key(
        "tablesDB.createStringColumn", "tableId", t, "key", "must", "size", 9, "required", true);
    CALLS.key(
        "tablesDB.createIntegerColumn", "tableId", t, "key", "n", "required", false, "default", 7);
    var fault =
        CALLS.fault(Calls.KEY, "tablesDB.createRow", "tableId", t, "rowId", "a", "data", Map.of());
    assertEquals("row_invalid_structure", fault);
    var made =
        CALLS.key("tablesDB.createRow", "tableId", t, "rowId", "a", "data", "{\"must\":\"x\"}");
    assertEquals(7, made.getInteger("n"));
    var nothing = new JsonObject().putNull("must");
    assertEquals(
        "row_invalid_structure",
        CALLS.fault(Calls.KEY, "tablesDB.updateRow", "tableId", t, "rowId", "a", "data", nothing));
    for (var bad : List.of("array", "required")) {
      var type =
          CALLS.fault(
              Calls.KEY,
              "tablesDB.createIntegerColumn",
              "tableId",
              t,
              "key",
              "x",
              "required",
              bad.equals("required"),
              "array",
              bad.equals("array"),
              "default",
              1);
      assertEquals("column_default_unsupported", type);
    }
    assertEquals(
        "column_value_invalid",
        CALLS.fault(
            Calls.KEY,
            "tablesDB.createIntegerColumn",
            "tableId",
            t,
            "key",
            "x",
            "required",
            false,
            "default",
            "7"));
  }

  @Test
  void updateRefusesWhatWouldLoseData() {
    var t = table();
    CALLS.key(
        "tablesDB.createStringColumn", "tableId", t, "key", "s", "size", 9, "required", false);
    CALLS.key(
        "tablesDB.createEnumColumn",
        "tableId",
        t,
        "key",
        "e",
        "elements",
        List.of("a", "b"),
        "required",
        false,
        "array",
        true);
    CALLS.key("tablesDB.createIntegerColumn", "tableId", t, "key", "i", "required", false);
    row(t, Map.of("s", "12345", "e", List.of("b"), "i", 5));
    assertEquals("column_invalid_resize", update("String", t, "s", Map.of("size", 4)));
    assertEquals("column_value_invalid", update("Enum", t, "e", Map.of("elements", List.of("a"))));
    assertEquals("column_value_invalid", update("Integer", t, "i", Map.of("min", 6)));
    assertEquals("column_value_invalid", update("Integer", t, "i", Map.of("max", 4)));
    assertEquals("column_type_invalid", update("Float", t, "i", Map.of()));
    assertEquals("column_not_found", update("Float", t, "none", Map.of()));
    assertTrue(update("String", t, "s", Map.of("size", 5)).contains("\"size\":5"));
    assertTrue(update("Integer", t, "i", Map.of("min", 5, "max", 5)).contains("\"max\":5"));
    assertEquals("column_already_exists", update("Integer", t, "i", Map.of("newKey", "s")));
    assertTrue(update("Integer", t, "i", Map.of("newKey", "j")).contains("\"key\":\"j\""));
    row(t, Map.of("s", "1"));
    for (var column : Map.of("Integer", "j", "Enum", "e").entrySet()) {
      var more = new HashMap<String, Object>(Map.of("required", true));
      if (column.getKey().equals("Enum")) more.put("elements", List.of("a", "b"));
      var answer = update(column.getKey(), t, column.getValue(), more);
      assertEquals("column_value_invalid", answer, column.getKey());
    }
    assertTrue(update("String", t, "s", Map.of("required", true)).contains("\"required\":true"));
    var rows = CALLS.key("tablesDB.listRows", "tableId", t).getJsonArray("rows");
    assertEquals(5, rows.getJsonObject(0).getInteger("j"));
  }

  private static String update(String kind, String table, String key, Map<String, Object> more) {
    var values = new ArrayList<Object>(List.of("tableId", table, "key", key, "required", false));
    more.forEach((k, v) -> values.addAll(List.of(k, v)));
    return CALLS.fault(Calls.KEY, "tablesDB.update" + kind + "Column", values.toArray());
  }

  @Test
  void inlineColumnsAndIndexes() {
    var made =
        CALLS.key(
            "databases.createCollection",
            "collectionId",
            "inline",
            "name",
            "n",
            "documentSecurity",
            true,
            "attributes",
            List.of(
                Map.of("key", "mail", "type", "string", "format", "email", "required", true),
                Map.of("key", "n", "type", "integer", "min", 1, "array", true),
                Map.of("key", "x", "type", "double")),
            "indexes",
            List.of(Map.of("key", "u", "type", "unique", "attributes", List.of("mail"))));
    assertEquals(
        List.of("email", "", "double"),
        List.of(
            made.getJsonArray("attributes").getJsonObject(0).getString("format"),
            made.getJsonArray("attributes").getJsonObject(1).getString("format", ""),
            made.getJsonArray("attributes").getJsonObject(2).getString("type")));
    assertEquals(
        "[\"mail\"]",
        made.getJsonArray("indexes").getJsonObject(0).getJsonArray("attributes").encode());
    var table = CALLS.key("tablesDB.getTable", "tableId", "inline");
    assertTrue(table.getBoolean("rowSecurity"));
    assertEquals(3, CALLS.key("tablesDB.listColumns", "tableId", "inline").getInteger("total"));
    assertEquals(
        "column_index_dependency",
        CALLS.fault(Calls.KEY, "tablesDB.deleteColumn", "tableId", "inline", "key", "mail"));
    assertEquals(
        "index_dependency",
        CALLS.fault(
            Calls.KEY, "databases.deleteAttribute", "collectionId", "inline", "key", "mail"));
  }

  @Test
  void inlineRelationships() {
    CALLS.key("tablesDB.createTable", "tableId", "writers", "name", "w");
    var to =
        new HashMap<String, Object>(
            Map.of(
                "key", "writer",
                "type", "relationship",
                "relatedTable", "writers",
                "relationType", "manyToOne",
                "twoWay", true,
                "twoWayKey", "books",
                "onDelete", "cascade"));
    var title = Map.of("key", "title", "type", "text");
    var self = new HashMap<String, Object>(to);
    self.putAll(Map.of("key", "before", "relatedTable", "books", "twoWayKey", "after"));
    var made =
        CALLS.key(
            "tablesDB.createTable",
            "tableId",
            "books",
            "name",
            "b",
            "columns",
            List.of(to, title, self));
    var keys =
        made.getJsonArray("columns").stream().map(c -> ((JsonObject) c).getString("key")).toList();
    assertEquals(List.of("title", "writer", "before", "after"), keys);
    var there = CALLS.key("databases.getAttribute", "collectionId", "writers", "key", "books");
    assertEquals("[books,child,manyToOne,cascade]", shown(there));
    var data = Map.of("title", "t", "writer", Map.of("$id", "w1"));
    CALLS.key("tablesDB.createRow", "tableId", "books", "rowId", "b1", "data", data);
    assertEquals(1, CALLS.key("tablesDB.listRows", "tableId", "writers").getInteger("total"));
    var events =
        POSTGRES
            .transactions()
            .list(
                row -> row.getString(0),
                """
                SELECT event || ':' || array_to_string(ids, ',') FROM celadon.events
                WHERE 'books' = ANY (ids) AND event LIKE '%.create' AND event NOT LIKE '%rows%'
                ORDER BY 1\
                """);
    assertEquals(
        List.of(
            "databases.[databaseId].tables.[tableId].columns.[columnId].create:default,books,after",
            "databases.[databaseId].tables.[tableId].columns.[columnId].create:default,writers,books",
            "databases.[databaseId].tables.[tableId].create:default,books"),
        events);
    for (var bad : List.of(Map.of("relatedTable", "nowhere"), Map.of("key", "title"))) {
      var wrong = new HashMap<String, Object>(to);
      wrong.putAll(bad);
      var fault =
          CALLS.fault(
              Calls.KEY,
              "tablesDB.createTable",
              "tableId",
              "half",
              "name",
              "h",
              "columns",
              List.of(title, wrong));
      assertEquals(bad.containsKey("key") ? "column_already_exists" : "table_not_found", fault);
      assertEquals(
          "table_not_found", CALLS.fault(Calls.KEY, "tablesDB.getTable", "tableId", "half"));
    }
  }

  private static String shown(JsonObject column) {
    return List.of(
            column.getString("relatedCollection"),
            column.getString("side"),
            column.getString("relationType"),
            column.getString("onDelete"))
        .toString()
        .replace(" ", "");
  }
}
