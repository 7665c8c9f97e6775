package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Ground.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Texts that try to be SQL, and queries and numbers beyond every bound. */
class InjectionTest {

  private static final TestServer SERVER = TestServer.start();
  private static final List<String> SQL =
      List.of(
          "x'); DROP TABLE celadon.users; --",
          "\" OR 1=1 --",
          "$1",
          "\\",
          "\\'; SELECT pg_sleep(9); --",
          "/* */",
          "a\"b",
          "''",
          "%_",
          "E'\\\\x27'",
          "{0}",
          "n::text",
          "(SELECT 1)");
  private static final String TABLES = "/v1/tablesdb/default/tables";
  private static Ground ground;
  private static String rows;

  @BeforeAll
  static void prepare() {
    ground = Ground.of(SERVER);
    rows = ground.table("canary", "read(\"any\")", "create(\"any\")");
    ground.store(rows, "bird", 1);
  }

  private static void unharmed() {
    assertEquals(1, SERVER.get(ground.key, rows + "/bird").json().getInteger("n"));
    assertEquals("alice", SERVER.get(ground.key, "/v1/users/alice").json().getString("$id"));
  }

  private static void refused(Answer answer, String what) {
    boolean known = answer.status() == 400 || answer.status() == 404;
    assertTrue(known, what + ": " + answer.status() + " " + answer.text());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  @DisplayName("A55 values are values, whatever they look like")
  void valuesAreStoredAndFoundAsTheyAre() {
    int n = 0;
    for (var text : SQL) {
      var id = "v" + n++;
      var row = new JsonObject().put("rowId", id).put("data", new JsonObject().put("s", text));
      expect(201, SERVER.post(ground.key, rows, row));
      assertEquals(text, SERVER.get(ground.key, rows + "/" + id).json().getString("s"));
      for (var method : List.of("equal", "startsWith", "endsWith", "contains")) {
        var found = expect(200, ground.list(ground.bob, rows, query(method, "s", text))).json();
        assertTrue(found.getInteger("total") >= 1, method + text);
        assertTrue(found.getInteger("total") < SQL.size(), method + text);
      }
      var among = expect(200, ground.list(ground.bob, rows, query("equal", "s", text, "other")));
      assertEquals(1, among.json().getInteger("total"), text);
      var change = new JsonObject().put("data", new JsonObject().put("s", text + text));
      expect(200, SERVER.patch(ground.key, rows + "/" + id, change));
    }
    unharmed();
  }

  @Test
  @DisplayName("A55 keys, ids, orders, selections, cursors and searches are never SQL")
  void namesAreNeverSql() {
    var one = TABLES + "/canary";
    for (var text : SQL) {
      var name = new JsonObject().put("key", text).put("size", 9).put("required", false);
      refused(SERVER.post(ground.key, one + "/columns/string", name), text);
      refused(SERVER.patch(ground.key, one + "/columns/string/s", name.put("newKey", text)), text);
      var index = new JsonObject().put("type", "key").put("columns", JsonArray.of("n"));
      refused(SERVER.post(ground.key, one + "/indexes", index.put("key", text)), text);
      index.put("key", "fine").put("columns", JsonArray.of(text));
      refused(SERVER.post(ground.key, one + "/indexes", index), text);
      index.put("columns", JsonArray.of("n")).put("orders", JsonArray.of(text));
      refused(SERVER.post(ground.key, one + "/indexes", index), text);
      index.put("orders", new JsonArray()).put("type", text);
      refused(SERVER.post(ground.key, one + "/indexes", index), text);
      var table = new JsonObject().put("name", "n").put("tableId", text);
      refused(SERVER.post(ground.key, TABLES, table), text);
      refused(SERVER.post(ground.key, "/v1/tablesdb", table.put("databaseId", text)), text);
      var row = new JsonObject().put("rowId", text).put("data", new JsonObject());
      refused(SERVER.post(ground.key, rows, row), text);
      var data = new JsonObject().put(text, 1);
      refused(SERVER.post(ground.key, rows, row.put("rowId", "x").put("data", data)), text);
      refused(SERVER.get(ground.key, rows + "/" + encoded(text)), text);
      refused(SERVER.get(ground.key, TABLES + "/" + encoded(text)), text);
      refused(SERVER.get(ground.key, "/v1/tablesdb/" + encoded(text) + "/tables/t/rows"), text);
      for (var query :
          List.of(
              query("orderAsc", text),
              query("equal", text, 1),
              query("select", null, text),
              query("cursorAfter", null, text),
              query(text, "n", 1))) {
        refused(ground.list(ground.bob, rows, query), query);
      }
      expect(200, SERVER.get(ground.key, TABLES + "?search=" + encoded(text)));
      expect(200, SERVER.get(ground.key, "/v1/users?search=" + encoded(text)));
    }
    unharmed();
  }

  @Test
  @DisplayName("A56 a cursor is the id of a row that the caller may read, and nothing else")
  void cursorsCannotBeForged() {
    ground.table("elsewhere", "read(\"any\")");
    ground.store(rows.replace("canary", "elsewhere"), "stranger", 1);
    for (var cursor :
        List.of("stranger", "nobody", "", "eyJpZCI6MX0=", "1", "bird\u0000", "x".repeat(4_000))) {
      for (var method : List.of("cursorAfter", "cursorBefore")) {
        var answer = ground.list(ground.bob, rows, query(method, null, cursor));
        assertEquals(400, answer.status(), answer.text());
      }
    }
    for (var bad : List.of(1, true, new JsonObject(), JsonArray.of("bird"))) {
      var answer = ground.list(ground.bob, rows, query("cursorAfter", null, bad));
      assertEquals("general_query_invalid", answer.type());
    }
    var twice = query("cursorAfter", null, "bird");
    assertEquals(400, ground.list(ground.bob, rows, twice, twice).status());
    assertEquals(
        400, ground.list(ground.bob, rows, query("cursorAfter", null, "bird", "b")).status());
  }

  @Test
  @DisplayName("A57 what a full text search cannot read is refused")
  void searchesAreRefusedOrAnswered() {
    for (var text : List.of("'", "&", "!", "|", "a & ", ":*", "(a", "<->", "\\", "a'b\"c", "")) {
      for (var method : List.of("search", "notSearch", "regex")) {
        int status = ground.list(ground.bob, rows, query(method, "s", text)).status();
        assertTrue(status == 200 || status == 400, method + text + status);
      }
    }
  }

  @Test
  @DisplayName("A59 too many, too long and too deep queries")
  void queriesHaveBounds() {
    var one = query("equal", "n", 1);
    var many = new ArrayList<String>(Collections.nCopies(101, one));
    tooMuch(many.toArray(String[]::new));
    expect(200, ground.list(ground.bob, rows, many.subList(0, 100).toArray(String[]::new)));
    var values = Collections.<Object>nCopies(501, 1).toArray();
    tooMuch(query("equal", "n", values));
    tooMuch(query("equal", "s", "x".repeat(4_097)));
    for (var group : List.of("and", "or")) {
      var deep = new JsonObject(one);
      for (int i = 0; i < 10; i++) deep = new JsonObject(query(group, null, deep));
      tooMuch(deep.encode());
    }
    for (var broken :
        List.of(
            "{",
            "[]",
            "{}",
            "null",
            "{\"method\":1}",
            "{\"method\":\"equal\",\"attribute\":[]}",
            "equal(\"n\", [1]",
            "equal",
            "x(".repeat(500),
            "{\"a\":".repeat(500))) {
      tooMuch(broken);
    }
    unharmed();
  }

  private static void tooMuch(String... queries) {
    var answer = ground.list(ground.bob, rows, queries);
    assertEquals(400, answer.status(), answer.text());
    assertTrue(
        List.of("general_query_invalid", "general_argument_invalid", "general_query_limit_exceeded")
            .contains(answer.type()),
        answer.text());
  }

  @Test
  @DisplayName("A60 numbers beyond 64 bits, and what only looks like a number")
  void numbersAreExactOrRefused() {
    for (var number :
        List.of(
            "9223372036854775808",
            "-9223372036854775809",
            "1e400",
            "\"1\"",
            "1.5",
            "true",
            "[1]",
            "{}",
            "NaN",
            "Infinity",
            "0x10",
            "1e19")) {
      var body = "{\"rowId\":\"big\",\"data\":{\"n\":" + number + "}}";
      assertEquals(400, SERVER.call(ground.key, "POST", rows, body).status(), number);
      var query = "{\"method\":\"equal\",\"attribute\":\"n\",\"values\":[" + number + "]}";
      assertEquals(400, ground.list(ground.bob, rows, query).status(), number);
    }
    for (var number :
        List.of("9223372036854775807", "-9223372036854775808", "9007199254740993", "-0")) {
      var body = "{\"rowId\":\"unique()\",\"data\":{\"n\":" + number + "}}";
      var made = expect(201, SERVER.call(ground.key, "POST", rows, body));
      var shown = number.equals("-0") ? "0" : number;
      assertTrue(made.text().contains("\"n\":" + shown + "}"), made.text());
      var id = made.json().getString("$id");
      var read = SERVER.get(ground.key, rows + "/" + id).text();
      assertTrue(read.contains("\"n\":" + shown + "}"), read);
      var query = "{\"method\":\"equal\",\"attribute\":\"n\",\"values\":[" + number + "]}";
      var found = ground.list(ground.bob, rows, query);
      assertEquals(1, found.json().getInteger("total"), found.text());
      expect(204, SERVER.delete(ground.key, rows + "/" + id));
    }
    for (var bad :
        List.of(
            query("limit", null, -1),
            query("limit", null, 1.5),
            query("limit", null, "5"),
            query("limit", null, 5_001),
            query("offset", null, -1),
            query("offset", null, 1_000_000_000_000L),
            "{\"method\":\"limit\",\"values\":[1e400]}")) {
      assertEquals(400, ground.list(ground.bob, rows, bad).status(), bad);
    }
    var column = new JsonObject().put("key", "m").put("required", false);
    column.put("min", 5).put("max", 1);
    refused(SERVER.post(ground.key, TABLES + "/canary/columns/integer", column), "min > max");
  }
}
