package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Ground.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a row that somebody may not read betrays of itself: nothing, whichever door he tries. */
class OraclesTest {

  private static final TestServer SERVER = TestServer.start();
  private static Ground ground;

  @BeforeAll
  static void prepare() {
    ground = Ground.of(SERVER);
  }

  @Test
  @DisplayName("A46 a hidden row is not there by get, list, count, cursor or change")
  void hiddenRowsAreNotThere() {
    var rows = ground.table("hidden", "create(\"users\")");
    ground.store(rows, "a", 1, "read(\"users\")");
    ground.store(rows, "secret", 2, "read(\"user:alice\")");
    ground.store(rows, "z", 3, "read(\"users\")");
    same(rows, as -> SERVER.get(as.who(), rows + "/" + as.id()));
    same(rows, as -> SERVER.delete(as.who(), rows + "/" + as.id()));
    var data = new JsonObject().put("data", new JsonObject().put("n", 9));
    same(rows, as -> SERVER.patch(as.who(), rows + "/" + as.id(), data));
    for (var cursor : List.of("cursorAfter", "cursorBefore")) {
      same(rows, as -> ground.list(as.who(), rows, query(cursor, null, as.id())));
    }
    same(rows, as -> ground.list(as.who(), rows, query("equal", "$id", as.id())));
    same(rows, as -> bulk(as, "PATCH", data.copy(), rows));
    same(rows, as -> bulk(as, "DELETE", new JsonObject(), rows));
    for (var order :
        List.of(query("orderAsc", "n"), query("orderDesc", "n"), query("orderAsc", "$sequence"))) {
      var list = ground.list(ground.bob, rows, order).json();
      assertEquals(2, list.getInteger("total"));
      assertEquals(2, list.getJsonArray("rows").size());
      var second = ground.list(ground.bob, rows, order, query("offset", null, 1)).json();
      assertEquals(1, second.getJsonArray("rows").size(), "no gap where the hidden one stands");
    }
    var greater = ground.list(ground.bob, rows, query("between", "n", 2, 2)).json();
    assertEquals(0, greater.getInteger("total"));
    assertEquals(2, SERVER.get(ground.alice, rows + "/secret").json().getInteger("n"));
  }

  /** Who tries which row. */
  private record Try(As who, String id) {}

  private interface Door {
    Answer knock(Try attempt);
  }

  private static Answer bulk(Try attempt, String method, JsonObject body, String rows) {
    body.put("queries", JsonArray.of(query("equal", "$id", attempt.id())));
    return SERVER.call(attempt.who(), method, rows, body.encode());
  }

  /** The row that bob may not read answers him as one that does not exist. */
  private static void same(String rows, Door door) {
    var hidden = door.knock(new Try(ground.bob, "secret"));
    var absent = door.knock(new Try(ground.bob, "absent"));
    assertEquals(absent.status(), hidden.status(), hidden.text());
    assertEquals(absent.text().replace("absent", "secret"), hidden.text());
    assertEquals(200, SERVER.get(ground.key, rows + "/secret").status(), "and it is untouched");
  }

  @Test
  @DisplayName("A46 an id or a unique value that is taken says only that it is taken")
  void conflictsTellNothingMore() {
    var rows = ground.table("unique", "create(\"users\")");
    var index = new JsonObject().put("key", "one").put("type", "unique");
    expect(
        202,
        SERVER.post(
            ground.key,
            rows.replace("/rows", "/indexes"),
            index.put("columns", JsonArray.of("s")).put("orders", new JsonArray())));
    ground.store(rows, "secret", 1, "read(\"user:alice\")");
    ground.store(rows, "open", 1, "read(\"users\")");
    var hidden = taken(rows, "new", "text of secret");
    assertEquals(taken(rows, "new", "text of open").text(), hidden.text());
    assertEquals("row_unique_constraint_violation", hidden.type());
    assertFalse(hidden.text().contains("secret"), hidden.text());
    var id = taken(rows, "secret", "other");
    assertEquals("row_already_exists", id.type());
    assertEquals(taken(rows, "open", "other").text().replace("open", "secret"), id.text());
    var upsert = new JsonObject().put("data", new JsonObject().put("s", "stolen"));
    assertEquals(409, SERVER.put(ground.bob, rows + "/secret", upsert).status());
    var kept = SERVER.get(ground.alice, rows + "/secret").json();
    assertEquals("text of secret", kept.getString("s"));
  }

  private static Answer taken(String rows, String id, String text) {
    var row = new JsonObject().put("rowId", id).put("data", new JsonObject().put("s", text));
    var answer = SERVER.post(ground.bob, rows, row);
    assertEquals(409, answer.status(), answer.text());
    return answer;
  }

  @Test
  @DisplayName("A47 what is no attribute of the table cannot be asked, ordered or selected by")
  void onlyAttributesCanBeNamed() {
    var rows = ground.table("named", "read(\"any\")");
    ground.store(rows, "a", 1);
    for (var name :
        List.of("_read", "_id", "t._read", "c1", "password", "a.b.c", "n.x", "$permissions", "N")) {
      for (var method : List.of("equal", "contains", "startsWith", "isNull", "orderAsc")) {
        var query =
            method.equals("isNull") || method.equals("orderAsc")
                ? query(method, name)
                : query(method, name, "x");
        invalid(rows, query);
        if (!method.equals("orderAsc")) {
          invalid(rows, query("or", null, new JsonObject(query), new JsonObject(query)));
        }
      }
      if (!name.startsWith("$")) invalid(rows, query("select", null, name));
    }
    invalid(rows, query("select", null, "*", "other.*"));
    invalid(rows, query("elemMatch", "s", new JsonObject(query("equal", "n", 1))));
  }

  private static void invalid(String rows, String query) {
    for (var as : List.of(ground.key, ground.bob)) {
      var answer = ground.list(as, rows, query);
      assertEquals(400, answer.status(), query + answer.text());
      assertEquals("general_query_invalid", answer.type(), query);
    }
  }

  @Test
  @DisplayName("A46 A100 one rule at every door: get, list, socket, stream, and resumed ones")
  void oneRuleAtEveryDoor() throws Exception {
    var rows = ground.table("doors", "create(\"users\")");
    var channel = "tablesdb.default.tables.doors.rows";
    try (var alice = ground.listen(ground.alice, channel);
        var bob = ground.listen(ground.bob, channel);
        var guest = ground.listen(As.guest("p1"), channel);
        var key = ground.listen(ground.key, channel)) {
      ground.store(rows, "first", 0, "read(\"any\")");
      var seq = bob.next("event").getString("seq");
      for (var line : List.of(alice, guest, key)) line.next("event");
      ground.store(rows, "secret", 1, "read(\"user:alice\")");
      ground.store(rows, "users", 2, "read(\"users\")");
      ground.store(rows, "last", 3, "read(\"any\")");
      assertEquals(List.of("secret", "users", "last"), events(alice, 3));
      assertEquals(List.of("secret", "users", "last"), events(key, 3));
      assertEquals(List.of("users", "last"), events(bob, 2));
      assertEquals(List.of("last"), events(guest, 1));
      assertEquals(3, ground.list(ground.bob, rows).json().getInteger("total"));
      assertEquals(2, ground.list(As.guest("p1"), rows).json().getInteger("total"));
      assertEquals(404, SERVER.get(ground.bob, rows + "/secret").status());
      resumed(ground.bob, channel, seq, List.of("users", "last"));
      resumed(As.guest("p1"), channel, seq, List.of("last"));
      resumed(ground.alice, channel, seq, List.of("secret", "users", "last"));
    }
  }

  private static List<String> events(Line line, int n) throws Exception {
    var ids = new java.util.ArrayList<String>();
    for (int i = 0; i < n; i++) ids.add(line.event());
    return ids;
  }

  private static void resumed(As as, String channel, String seq, List<String> expected)
      throws Exception {
    try (var line = ground.listen(as)) {
      line.subscribe("again", List.of(), seq, channel);
      line.next("response");
      assertEquals(expected, events(line, expected.size()));
    }
    assertEquals(expected, streamed(as, "p1", channel, seq, expected.size()));
  }

  /** The ids that a stream brings which goes on behind {@code last}. */
  static List<String> streamed(As as, String project, String channel, String last, int n)
      throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + SERVER.port()
                        + "/v1/realtime/events?"
                        + Line.channels(project, channel)))
            .header("Last-Event-ID", last);
    if (Ground.secret(as) != null) {
      request.header("Cookie", "a_session_p1=" + Ground.secret(as));
    }
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    var ids = new java.util.ArrayList<String>();
    try (var body = response.body()) {
      var lines = new Scanner(body);
      while (ids.size() < n) {
        var line = lines.nextLine();
        if (!line.startsWith("data: ")) continue;
        var frame = new JsonObject(line.substring(6));
        if (frame.getString("type").equals("gap")) ids.add("gap");
        if (!frame.getString("type").equals("event")) continue;
        ids.add(frame.getJsonObject("data").getJsonObject("payload").getString("$id"));
      }
    }
    return ids;
  }

  @Test
  @DisplayName("A100 a forged place, or that of another project, shows nothing that is not mine")
  void foreignPlacesAreUseless() throws Exception {
    SERVER.project(ground.owner, "p2");
    var rows = ground.table("places", "create(\"users\")");
    var channel = "tablesdb.default.tables.places.rows";
    String seq;
    try (var line = ground.listen(ground.alice, channel)) {
      ground.store(rows, "one", 1, "read(\"any\")");
      seq = line.next("event").getString("seq");
    }
    ground.store(rows, "two", 2, "read(\"any\")");
    for (var forged :
        List.of("nonsense", "000000000000-1.1", "1", "'; DROP TABLE x", "-", seq + "x")) {
      assertEquals(List.of("gap"), streamed(ground.alice, "p1", channel, forged, 1), forged);
    }
    try (var elsewhere =
        Line.open(SERVER.port(), Line.channels("p2", channel, "rows") + "&since=" + seq)) {
      elsewhere.next("connected");
      var other = SERVER.key(ground.owner, "p2", "tables.write", "rows.write");
      table(other);
      assertEquals("own", elsewhere.event(), "the first that comes is of its own project");
      assertTrue(elsewhere.frames.isEmpty());
    }
  }

  private static void table(As other) {
    var path = "/v1/tablesdb/default/tables";
    var shape = new JsonObject().put("tableId", "places").put("name", "n").put("rowSecurity", true);
    expect(201, SERVER.post(other, path, shape));
    var number = new JsonObject().put("key", "n").put("required", false);
    expect(202, SERVER.post(other, path + "/places/columns/integer", number));
    var row = new JsonObject().put("rowId", "own").put("data", new JsonObject().put("n", 1));
    row.put("permissions", JsonArray.of("read(\"any\")"));
    expect(201, SERVER.post(other, path + "/places/rows", row));
  }
}
