package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Ground.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions that are meant never to end, and texts longer than an index takes. */
@Timeout(120)
class PatternsTest {

  private static final TestServer SERVER = TestServer.start();
  private static final String TABLES = "/v1/tablesdb/default/tables";
  private static Ground ground;
  private static String rows;
  private static String long10;

  @BeforeAll
  static void prepare() {
    ground = Ground.of(SERVER);
    rows = ground.table("canary", "read(\"any\")", "create(\"any\")");
    var columns = TABLES + "/canary/columns/";
    for (var key : List.of("body", "more", "once")) {
      var text = new JsonObject().put("key", key).put("required", false);
      expect(202, SERVER.post(ground.key, columns + "longtext", text));
    }
    var list = new JsonObject().put("key", "list").put("required", false).put("array", true);
    expect(202, SERVER.post(ground.key, columns + "longtext", list));
    var noise = new Random(1);
    var text = new StringBuilder();
    while (text.length() < 10_000) text.append((char) ('!' + noise.nextInt(90)));
    long10 = text.toString();
    store("aaa", new JsonObject().put("body", "a".repeat(5_999) + "!"));
  }

  private static void store(String id, JsonObject data) {
    expect(201, SERVER.post(ground.key, rows, new JsonObject().put("rowId", id).put("data", data)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$"})
  @DisplayName("A61 what other engines need for ever for, this one does not")
  void nestedRepetitionEnds(String pattern) {
    long startNs = System.nanoTime();
    expect(200, ground.list(ground.bob, rows, query("regex", "body", pattern)));
    assertTrue(System.nanoTime() - startNs < 5_000_000_000L, pattern);
  }

  @Test
  @DisplayName("A61 one that needs for ever is stopped, and holds nobody up")
  void runawaysAreStopped() {
    var runaway = query("regex", "body", "^(a+)(a+)(a+)\\1\\2\\3!$");
    var answers =
        List.of(
            CompletableFuture.supplyAsync(() -> ground.list(ground.bob, rows, runaway)),
            CompletableFuture.supplyAsync(() -> ground.list(ground.alice, rows, runaway)));
    long startNs = System.nanoTime();
    while (answers.stream().anyMatch(answer -> !answer.isDone())) {
      long askedNs = System.nanoTime();
      expect(200, SERVER.get(ground.key, rows + "/aaa"));
      assertTrue(System.nanoTime() - askedNs < 2_000_000_000L, "held up");
    }
    long tookS = (System.nanoTime() - startNs) / 1_000_000_000L;
    assertTrue(tookS >= 5 && tookS < 30, "ended after " + tookS + " s");
    for (var answer : answers) {
      assertEquals(408, answer.join().status(), answer.join().text());
      assertEquals("database_timeout", answer.join().type());
    }
    var running =
        SERVER
            .postgres()
            .transactions()
            .list(
                row -> row.getString(0),
                "SELECT query FROM pg_stat_activity WHERE state = 'active'"
                    + " AND datname = current_database() AND pid <> pg_backend_pid()");
    assertEquals(List.of(), running);
  }

  private static void index(String key, String type, String... columns) {
    var index = new JsonObject().put("key", key).put("type", type);
    index.put("columns", new JsonArray(List.of(columns)));
    expect(202, SERVER.post(ground.key, TABLES + "/canary/indexes", index));
  }

  @Test
  @DisplayName("A text may be longer than an index takes")
  void longTextsAreIndexed() {
    index("of-more", "key", "more", "body");
    store("l1", new JsonObject().put("more", long10).put("body", long10));
    store("l2", new JsonObject().put("more", long10 + "z").put("body", "b"));
    store("l3", new JsonObject().put("more", long10.substring(0, 400)));
    var start = long10.substring(0, 400);
    assertEquals("[\"l2\"]", ids(query("startsWith", "more", start), query("equal", "body", "b")));
    assertEquals(
        "[\"l3\",\"l1\",\"l2\"]",
        ids(query("startsWith", "more", start), query("orderAsc", "more")));
    assertEquals(
        "[\"l1\"]",
        ids(
            query("startsWith", "more", start),
            query("orderDesc", "more"),
            query("cursorAfter", null, "l2"),
            query("limit", null, 1)));
    assertEquals("[\"l3\"]", ids(query("lessThan", "more", long10.substring(0, 401))));
    var between = query("between", "more", start, long10.substring(0, 500));
    assertEquals("[\"l3\"]", ids(between));
    assertEquals("[\"l3\"]", ids(query("equal", "more", start)));
    assertEquals("[\"l3\"]", ids(query("equal", "more", start, start + "?")));
  }

  @Test
  @DisplayName("A column that grows takes its indexes along")
  void growingColumnsKeepTheirIndexes() {
    var short1 = new JsonObject().put("key", "short").put("required", false).put("size", 50);
    expect(202, SERVER.post(ground.key, TABLES + "/canary/columns/string", short1));
    index("of-short", "key", "short", "n");
    store("s1", new JsonObject().put("short", "begin"));
    var path = TABLES + "/canary/columns/string/short";
    var grown = new JsonObject().put("required", false).putNull("default").put("size", 20_000);
    expect(200, SERVER.patch(ground.key, path, grown));
    store("s2", new JsonObject().put("short", "begin" + long10.substring(0, 3_500)));
    var of = SERVER.get(ground.key, TABLES + "/canary/indexes/of-short").json();
    assertEquals("[640,0]", of.getJsonArray("lengths").encode());
    assertEquals(
        "[\"s1\",\"s2\"]", ids(query("startsWith", "short", "begin"), query("orderAsc", "short")));
    assertEquals("[\"s2\"]", ids(query("equal", "short", "begin" + long10.substring(0, 3_500))));
  }

  private static String ids(String... queries) {
    var list = expect(200, ground.list(ground.bob, rows, queries));
    var ids = new JsonArray();
    list.json().getJsonArray("rows").forEach(row -> ids.add(((JsonObject) row).getString("$id")));
    return ids.encode();
  }

  @Test
  @DisplayName("A value that an index cannot take is refused by every door")
  void whatNoIndexTakesIsRefused() {
    index("once", "unique", "once");
    index("list", "key", "list");
    store("u1", new JsonObject().put("once", long10.substring(0, 2_000)));
    for (var data :
        List.of(
            new JsonObject().put("once", long10),
            new JsonObject().put("list", new JsonArray().add(long10)))) {
      var row = new JsonObject().put("rowId", "u2").put("data", data);
      refused(SERVER.post(ground.key, rows, row));
      refused(SERVER.put(ground.key, rows + "/u2", row));
      refused(SERVER.put(ground.key, rows + "/u1", row));
      refused(SERVER.patch(ground.key, rows + "/u1", row));
      refused(SERVER.patch(ground.key, rows, new JsonObject().put("data", data)));
      var many = new JsonArray().add(data.copy().put("$id", "u2"));
      refused(SERVER.post(ground.key, rows, new JsonObject().put("rows", many)));
      refused(SERVER.put(ground.key, rows, new JsonObject().put("rows", many)));
    }
    assertEquals(404, SERVER.get(ground.key, rows + "/u2").status());
  }

  private static void refused(TestServer.Answer answer) {
    assertEquals(400, answer.status(), answer.text());
    assertEquals("row_invalid_structure", answer.type());
  }

  @Test
  @DisplayName("A service that is not there says so at every path")
  void vectorsAreOff() {
    for (var path : List.of("", "/", "/default", "/transactions/x/operations", "/a/b/c/d/e")) {
      for (var as : List.of(ground.key, ground.bob, TestServer.As.guest("p1"))) {
        var answer = SERVER.get(as, "/v1/vectorsdb" + path);
        assertEquals(403, answer.status(), path);
        assertEquals("general_service_disabled", answer.type());
      }
    }
    assertEquals("general_route_not_found", SERVER.get(ground.key, "/v1/vectorsdbs").type());
  }
}
