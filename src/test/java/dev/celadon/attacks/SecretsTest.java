package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Person.body;
import static dev.celadon.attacks.Person.email;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import dev.celadon.service.People;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What must lie open nowhere: every secret of an eventful life is looked for where it might. */
class SecretsTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As OWNER = SERVER.owner();
  private static final As KEY =
      SERVER.key(OWNER, "p1", "users.write", "users.read", "sessions.write", "events.read");
  private static final Map<String, String> CANARIES = new LinkedHashMap<>();

  /** Does all there is to do with secrets, and notes each of them. */
  @BeforeAll
  static void live() {
    var ann = Person.join(SERVER, "p1", "ann");
    CANARIES.put("password", Person.PASSWORD);
    CANARIES.put("session", ann.secret());
    CANARIES.put("key", KEY.headers().getOrDefault("x-appwrite-key", ""));
    CANARIES.put("owner's session", OWNER.headers().getOrDefault("x-appwrite-session", ""));
    var jwt = expect(201, SERVER.post(ann.self(), "/v1/account/jwts", body())).json();
    CANARIES.put("JWT", jwt.getString("jwt"));
    var change = body("password", "canary-new-password", "oldPassword", Person.PASSWORD);
    expect(200, SERVER.patch(ann.self(), "/v1/account/password", change));
    CANARIES.put("new password", "canary-new-password");
    var mail = body("email", "ann2@example.org", "password", "canary-new-password");
    expect(200, SERVER.patch(ann.self(), "/v1/account/email", mail));
    Person.signIn(SERVER, As.guest("p1"), email("nobody"), "canary-wrong-password");
    CANARIES.put("wrong password", "canary-wrong-password");
    var made = body("userId", "ben", "email", email("ben"), "password", "canary-by-server");
    expect(201, SERVER.post(KEY, "/v1/users", made));
    CANARIES.put("password by server", "canary-by-server");
    var session = expect(201, SERVER.post(KEY, "/v1/users/ben/sessions", body())).json();
    CANARIES.put("session by server", session.getString("secret"));
    var extended = SERVER.patch(ann.self(), "/v1/account/sessions/current", body());
    CANARIES.put("extended session", Person.secret(expect(200, extended), "p1"));
    var admin = As.admin("p1", OWNER.headers().getOrDefault("x-appwrite-session", ""));
    var short1 = body("scopes", new JsonArray().add("users.read"), "duration", 60);
    var ephemeral = expect(201, SERVER.post(admin, "/v1/project/keys/ephemeral", short1)).json();
    CANARIES.put("ephemeral key", ephemeral.getString("secret"));
    var bcrypt = "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC";
    var imported = body("userId", "cat", "email", email("cat"), "password", bcrypt);
    expect(201, SERVER.post(KEY, "/v1/users/bcrypt", imported));
    CANARIES.put("imported hash", bcrypt);
  }

  /** Every row of these tables as text. */
  private static String dump(String which) {
    return People.waiting(
        () -> {
          var db = SERVER.postgres().transactions();
          var names =
              db.list(
                  row -> row.getString(0),
                  "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                      + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
                      + " AND tablename LIKE $1",
                  which);
          assertFalse(names.isEmpty(), which);
          return names.stream()
              .map(name -> db.list(r -> r.getString(0), "SELECT t::text FROM " + name + " t"))
              .map(Object::toString)
              .collect(Collectors.joining("\n"));
        });
  }

  private static void absent(String name, String secret, String text) {
    assertFalse(text.contains(secret), name);
    var hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
    assertFalse(text.contains(hex), name + " in bytes");
  }

  @Test
  @DisplayName("A94 no event and no answer about one holds a secret")
  void events() {
    var log = dump("events%");
    assertTrue(log.contains("users.[userId].update.password"), "the log is there");
    CANARIES.forEach((name, secret) -> absent(name, secret, log));
    assertFalse(log.contains("$argon2"), "a hash in an event");
    var shown = expect(200, SERVER.get(KEY, "/v1/activities/events")).text();
    assertTrue(shown.contains("password"), shown);
    CANARIES.forEach((name, secret) -> absent(name, secret, shown));
  }

  @Test
  @DisplayName("A94 no list of users, sessions or logs shows a secret or a hash")
  void answers() {
    for (var path :
        new String[] {
          "/v1/users",
          "/v1/users/ann",
          "/v1/users/ann/sessions",
          "/v1/users/ann/logs",
          "/v1/users/cat"
        }) {
      var text = expect(200, SERVER.get(KEY, path)).text();
      CANARIES.forEach((name, secret) -> absent(name, secret, text));
      assertFalse(text.contains("$argon2"), path);
    }
  }

  @Test
  @DisplayName("A108 the whole database as text holds no password, session or key")
  void atRest() {
    var all = dump("%");
    CANARIES.forEach(
        (name, secret) -> {
          if (!name.equals("imported hash")) absent(name, secret, all);
        });
    var hashes =
        People.waiting(
            () ->
                SERVER
                    .postgres()
                    .transactions()
                    .list(
                        row -> row.getString(0),
                        "SELECT password FROM celadon.users WHERE password IS NOT NULL"));
    assertEquals(4, hashes.size());
    assertTrue(
        hashes.stream().allMatch(h -> h.startsWith("$argon2id$") || h.startsWith("$2a$")),
        "passwords are hashed");
  }
}
