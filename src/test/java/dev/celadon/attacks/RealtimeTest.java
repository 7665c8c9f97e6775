package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Ground.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who hears what, when rights change and when somebody asks for what is not his. */
class RealtimeTest {

  private static final TestServer SERVER = TestServer.start();
  private static Ground ground;

  @BeforeAll
  static void prepare() {
    ground = Ground.of(SERVER);
  }

  private static String channel(String table) {
    return "databases.default.tables." + table + ".rows";
  }

  @Test
  @DisplayName("A49 whoever leaves a team hears nothing of it from then on")
  void leftTeams() throws Exception {
    var rows = ground.table("team");
    var team = new JsonObject().put("teamId", "crew").put("name", "Crew");
    expect(201, SERVER.post(ground.key, "/v1/teams", team));
    var invited = new JsonObject().put("userId", "bob").put("roles", JsonArray.of("reader"));
    var membership =
        expect(201, SERVER.post(ground.key, "/v1/teams/crew/memberships", invited)).json();
    try (var bob = ground.listen(ground.bob, channel("team"))) {
      ground.store(rows, "before", 1, "read(\"team:crew\")");
      assertEquals("before", bob.event());
      var cursor = query("cursorAfter", null, "before");
      assertEquals(200, ground.list(ground.bob, rows, cursor).status());
      var path = "/v1/teams/crew/memberships/" + membership.getString("$id");
      expect(204, SERVER.delete(ground.key, path));
      ground.store(rows, "after", 2, "read(\"team:crew\")");
      ground.store(rows, "open", 3, "read(\"any\")");
      assertEquals("open", bob.event(), "the event between is not for him any more");
      assertEquals(400, ground.list(ground.bob, rows, cursor).status());
      assertEquals(1, ground.list(ground.bob, rows).json().getInteger("total"));
    }
  }

  @Test
  @DisplayName("A50 after a row's permission is taken back nobody learns what it holds since")
  void revokedRows() throws Exception {
    var rows = ground.table("revoked");
    try (var bob = ground.listen(ground.bob, channel("revoked"));
        var alice = ground.listen(ground.alice, channel("revoked"))) {
      ground.store(rows, "r", 1, "read(\"user:bob\")", "read(\"user:alice\")");
      assertEquals("r", bob.event());
      assertEquals("r", alice.event());
      var revoke = new JsonObject().put("data", new JsonObject().put("s", "not for bob"));
      revoke.put("permissions", JsonArray.of("read(\"user:alice\")"));
      expect(200, SERVER.patch(ground.key, rows + "/r", revoke));
      var again = new JsonObject().put("data", new JsonObject().put("s", "nor this"));
      expect(200, SERVER.patch(ground.key, rows + "/r", again));
      expect(204, SERVER.delete(ground.key, rows + "/r"));
      ground.store(rows, "end", 1, "read(\"users\")");
      for (int i = 0; i < 3; i++) assertEquals("r", alice.event());
      assertEquals("end", alice.event());
      assertEquals("end", bob.event());
      assertFalse(bob.heard.toString().contains("not for bob"));
      assertFalse(bob.heard.toString().contains("nor this"));
    }
  }

  @Test
  @DisplayName("A50 the deletion of a row is told to those who could read it")
  void deletedRows() throws Exception {
    var rows = ground.table("deleted");
    try (var bob = ground.listen(ground.bob, channel("deleted"));
        var guest = ground.listen(As.guest("p1"), channel("deleted"))) {
      ground.store(rows, "r", 1, "read(\"user:bob\")");
      ground.store(rows, "end", 1, "read(\"any\")");
      expect(204, SERVER.delete(ground.key, rows + "/r"));
      expect(204, SERVER.delete(ground.key, rows + "/end"));
      for (var id : List.of("r", "end", "r", "end")) assertEquals(id, bob.event());
      for (var id : List.of("end", "end")) assertEquals(id, guest.event());
    }
  }

  @Test
  @DisplayName("A94 no frame carries a password, a session's secret or a key's")
  void noSecrets() throws Exception {
    var password = "canary password 7Q";
    var dora = new JsonObject().put("userId", "dora").put("email", "dora@example.org");
    var all = new String[] {"account", "users.dora", "teams", "users", "projects.p1", "keys"};
    var secret = SERVER.signIn("p1", "carol");
    var carol = As.session("p1", secret);
    try (var own = ground.listen(carol, all);
        var key = ground.listen(ground.key, "users", "users.carol", "users.dora", "account");
        var admin = admin(all)) {
      expect(201, SERVER.post(ground.key, "/v1/users", dora.put("password", password)));
      var change = new JsonObject().put("password", password);
      change.put("oldPassword", "correct horse battery");
      expect(200, SERVER.patch(carol, "/v1/account/password", change));
      var in = new JsonObject().put("email", "carol@example.org").put("password", password);
      var session = expect(201, SERVER.post(As.guest("p1"), "/v1/account/sessions/email", in));
      var cookie = session.header("set-cookie").split("[=;]")[1];
      var made = SERVER.key(ground.owner, "p1", "users.read").headers().get("x-appwrite-key");
      expect(200, SERVER.patch(carol, "/v1/account/name", new JsonObject().put("name", "the end")));
      for (var line : List.of(own, key, admin)) {
        while (!line.next("event").encode().contains("the end")) assertTrue(line.open());
        var heard = line.heard.toString();
        for (var canary : List.of(password, "argon2", secret, cookie, made)) {
          assertFalse(heard.contains(canary), canary + " in " + heard);
        }
        assertFalse(heard.contains("\"password\":\"$"), heard);
      }
    }
  }

  private static Line admin(String... channels) throws Exception {
    var line =
        Line.open(
            SERVER.port(),
            Line.channels("p1", channels),
            "Cookie: a_session_console=" + Ground.secret(ground.owner),
            "X-Appwrite-Mode: admin");
    line.next("connected");
    line.subscribe("more", List.of(), "", "users.carol", "users.carol.update", "account.carol");
    line.next("response");
    return line;
  }

  @Test
  @DisplayName("A95 a page of a foreign origin cannot listen with the cookie of its visitor")
  void foreignOrigins() throws Exception {
    var cookie = "Cookie: a_session_p1=" + Ground.secret(ground.alice);
    for (var origin :
        List.of("https://evil.example", "null", "http://localhost.evil.example", "file://", "x")) {
      try (var line =
          Line.open(SERVER.port(), Line.channels("p1", "account"), cookie, "Origin: " + origin)) {
        var error = line.next("error");
        assertEquals(1008, error.getInteger("code"), origin);
        assertEquals(1008, line.closeCode());
        assertFalse(line.heard.toString().contains("alice@"), origin);
      }
    }
    try (var line =
        Line.open(
            SERVER.port(), Line.channels("p1", "account"), cookie, "Origin: http://localhost")) {
      assertEquals("alice", line.next("connected").getJsonObject("user").getString("$id"));
    }
  }

  @Test
  @DisplayName("A96 channels of others and wildcards bring nothing that is not mine")
  void foreignChannels() throws Exception {
    var rows = ground.table("foreign");
    var team = new JsonObject().put("teamId", "closed").put("name", "Closed");
    var greedy =
        new String[] {
          "account.alice",
          "account.*",
          "account.alice.update",
          "users.alice",
          "users.*",
          "users",
          "teams.closed",
          "teams.*",
          "teams",
          "*",
          "rows.*",
          "databases.*",
          "projects",
          "projects.*",
          "databases.*.tables.*.rows",
          "console",
          "keys",
          "../rows",
          "rows.*.create",
          "memberships"
        };
    SERVER.project(ground.owner, "p7");
    try (var bob = ground.listen(ground.bob, greedy);
        var guest = ground.listen(As.guest("p1"), greedy);
        var other = Line.open(SERVER.port(), Line.channels("p7", greedy))) {
      other.next("connected");
      var name = new JsonObject().put("name", "Alice");
      expect(200, SERVER.patch(ground.alice, "/v1/account/name", name));
      expect(201, SERVER.post(ground.key, "/v1/teams", team));
      ground.store(rows, "hers", 1, "read(\"user:alice\")");
      for (var line : List.of(bob, guest)) {
        line.subscribe("rows", List.of(), "", channel("foreign"));
        line.next("response");
      }
      ground.store(rows, "last", 1, "read(\"any\")");
      assertEquals("last", bob.event());
      assertEquals("last", guest.event());
      assertTrue(other.frames.isEmpty(), () -> other.heard.toString());
    }
  }

  @Test
  @DisplayName("A96 ten thousand channels are refused, in a frame and in the URL")
  void tooManyChannels() throws Exception {
    var many = new String[2_000];
    for (int i = 0; i < many.length; i++) many[i] = "rows." + i;
    try (var line = ground.listen(ground.bob)) {
      line.subscribe("many", List.of(), "", many);
      assertEquals(1008, line.next("error").getInteger("code"));
      assertEquals(1008, line.closeCode());
    }
    try (var line = ground.listen(ground.bob)) {
      for (int i = 0; i < 130 && line.open(); i++) line.subscribe("s" + i, List.of(), "", "r" + i);
      assertEquals(1008, line.closeCode(), "many small ones count together");
    }
    var few = new String[129];
    for (int i = 0; i < few.length; i++) few[i] = "r" + i;
    try (var line = Line.open(SERVER.port(), Line.channels("p1", few))) {
      assertEquals(1008, line.next("error").getInteger("code"));
      assertEquals(1008, line.closeCode());
    }
  }

  @Test
  @DisplayName("A99 queries of a subscription have the bounds of those of a list")
  void queriesHaveBounds() throws Exception {
    var one = query("equal", "n", 1);
    var deep = new JsonObject(one);
    for (int i = 0; i < 10; i++) deep = new JsonObject(query("or", null, deep));
    try (var line = ground.listen(ground.bob)) {
      for (var queries :
          List.<List<Object>>of(
              Collections.nCopies(101, one),
              List.of(query("equal", "n", Collections.<Object>nCopies(501, 1).toArray())),
              List.of(query("equal", "s", "x".repeat(4_097))),
              List.of(deep.encode()),
              List.of(deep),
              List.of(query("regex", "s", "(a+)+$")),
              List.of(query("search", "s", "x")),
              List.of(query("and", null)),
              List.of(query("select", null, 1)),
              List.of(query("and", null, new JsonObject(query("select", null, "n")))),
              List.of("{\"method\":".repeat(300)),
              List.of(7))) {
        line.subscribe("s", queries, "", "rows");
        assertEquals(1003, line.next("error").getInteger("code"), queries.toString());
      }
      line.subscribe("s", List.of(one), "", "rows");
      assertEquals("subscribe", line.next("response").getString("to"));
    }
    var query = Line.channels("p1", "rows") + "&queries%5B%5D=x(";
    try (var line = Line.open(SERVER.port(), query)) {
      assertTrue(line.next("error").getInteger("code") >= 1003);
    }
  }
}
