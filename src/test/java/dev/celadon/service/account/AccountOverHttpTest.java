package dev.celadon.service.account;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Accounts, users and teams as clients meet them: cookies, headers, statuses. */
class AccountOverHttpTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As CONSOLE = SERVER.owner();
  private static final As KEY =
      SERVER.key(
          CONSOLE,
          "p1",
          "users.read",
          "users.write",
          "teams.read",
          "teams.write",
          "sessions.write");
  private static final As GUEST = As.guest("p1");

  @Test
  void aBrowserGetsACookieAndNoSecret() {
    sign("cookie");
    var answer = session(GUEST, "cookie");
    assertEquals("", answer.json().getString("secret"));
    var cookies = answer.raw().headers().allValues("set-cookie");
    assertTrue(cookies.stream().anyMatch(c -> c.startsWith("a_session_p1=")), cookies.toString());
    assertTrue(cookies.stream().anyMatch(c -> c.startsWith("a_session_p1_legacy=")));
    assertTrue(cookies.stream().allMatch(c -> c.contains("HTTPOnly")), cookies.toString());
    var cookie = cookies.getFirst().split(";")[0];
    var self = new As("p1", Map.of("cookie", cookie));
    assertEquals("cookie", expect(200, SERVER.get(self, "/v1/account")).json().getString("$id"));
    var out = expect(204, SERVER.delete(self, "/v1/account/sessions/current"));
    assertTrue(out.header("set-cookie").startsWith("a_session_p1=;"), out.header("set-cookie"));
    assertEquals(401, SERVER.get(self, "/v1/account").status());
  }

  @Test
  void theSecretOfAKeysSessionIsASignedTokenThatCanBeRevoked() {
    sign("token");
    var session = session(KEY, "token").json();
    var secret = session.getString("secret");
    var claims =
        new JsonObject(
            new String(
                Base64.getUrlDecoder().decode(secret.split("\\.")[1]), StandardCharsets.UTF_8));
    assertEquals("token", claims.getString("userId"));
    var self = As.session("p1", secret);
    var jwt = new As("p1", Map.of("x-appwrite-jwt", secret));
    assertEquals("token", expect(200, SERVER.get(self, "/v1/account")).json().getString("$id"));
    expect(200, SERVER.get(jwt, "/v1/account"));
    var made = expect(201, SERVER.post(self, "/v1/account/jwts", new JsonObject())).json();
    var other = new As("p1", Map.of("authorization", "Bearer " + made.getString("jwt")));
    expect(200, SERVER.get(other, "/v1/account"));
    expect(204, SERVER.delete(KEY, "/v1/users/token/sessions/" + session.getString("$id")));
    for (var as : List.of(self, jwt, other)) {
      assertEquals(401, SERVER.get(as, "/v1/account").status(), as.toString());
    }
  }

  @Test
  void theGuidesPathIsTheSame() {
    sign("guide");
    var answer =
        SERVER.post(
            GUEST,
            "/v1/account/sessions",
            new JsonObject().put("email", "guide@x.test").put("password", "12345678"));
    assertEquals("guide", expect(201, answer).json().getString("userId"));
  }

  @Test
  void aBlockedUserIsRefusedAtOnce() {
    sign("blocked");
    var self = As.session("p1", session(KEY, "blocked").json().getString("secret"));
    expect(200, SERVER.get(self, "/v1/account"));
    expect(
        200, SERVER.patch(KEY, "/v1/users/blocked/status", new JsonObject().put("status", false)));
    var refused = SERVER.get(self, "/v1/account");
    assertEquals("user_blocked", refused.type());
    assertEquals(403, refused.status());
  }

  @Test
  void aSessionIsGoodInItsOwnProjectOnly() {
    SERVER.project(CONSOLE, "other");
    sign("here");
    var secret = session(KEY, "here").json().getString("secret");
    assertEquals(401, SERVER.get(As.session("other", secret), "/v1/account").status());
    assertEquals(401, SERVER.get(As.session("console", secret), "/v1/account").status());
  }

  @Test
  void aUserCannotAdministerUsers() {
    sign("plain");
    var self = As.session("p1", session(KEY, "plain").json().getString("secret"));
    assertEquals("general_unauthorized_scope", SERVER.get(self, "/v1/users").type());
    // What a user may not set is not even read.
    var changed =
        SERVER.patch(
            self,
            "/v1/account/name",
            new JsonObject()
                .put("name", "N")
                .put("labels", new JsonArray().add("admin"))
                .put("emailVerification", true));
    assertTrue(changed.status() == 200 || changed.status() == 400, changed.text());
    var account = SERVER.get(self, "/v1/account").json();
    assertEquals(new JsonArray(), account.getJsonArray("labels"));
    assertFalse(account.getBoolean("emailVerification"));
  }

  @Test
  void aTeamIsUsableAtOnce() {
    sign("founder");
    var self = As.session("p1", session(KEY, "founder").json().getString("secret"));
    expect(200, SERVER.get(self, "/v1/account"));
    var team = new JsonObject().put("teamId", "crew").put("name", "Crew");
    expect(201, SERVER.post(self, "/v1/teams", team));
    assertEquals(1, expect(200, SERVER.get(self, "/v1/teams/crew")).json().getInteger("total"));
    var member = new JsonObject().put("userId", "mate").put("roles", new JsonArray().add("dev"));
    sign("mate");
    expect(201, SERVER.post(KEY, "/v1/teams/crew/memberships", member));
    var mate = As.session("p1", session(KEY, "mate").json().getString("secret"));
    assertEquals(2, expect(200, SERVER.get(mate, "/v1/teams/crew")).json().getInteger("total"));
    assertEquals(401, SERVER.delete(mate, "/v1/teams/crew").status());
    var invited = SERVER.post(self, "/v1/teams/crew/memberships", member);
    assertEquals("general_smtp_disabled", invited.type());
    assertEquals(
        "team_not_found",
        SERVER
            .get(
                As.session("p1", session(KEY, "outsider", true).json().getString("secret")),
                "/v1/teams/crew")
            .type());
  }

  @Test
  void theConsoleIsClosedAfterItsOwner() {
    var stranger =
        new JsonObject()
            .put("userId", "unique()")
            .put("email", "s@x.test")
            .put("password", "12345678");
    var refused = SERVER.post(As.guest("console"), "/v1/account", stranger);
    assertEquals("user_email_not_whitelisted", refused.type());
    assertEquals(401, refused.status());
  }

  @Test
  void badInputIsRefusedByName() {
    for (var bad :
        List.of(
            "{}",
            "{\"email\":{\"$ne\":1},\"password\":\"12345678\"}",
            "{\"email\":[\"a@x.test\"],\"password\":\"12345678\"}",
            "{\"email\":\"a@x.test\",\"password\":\"short\"}",
            "{\"email\":\"a@x.test\",\"password\":\"" + "x".repeat(257) + "\"}",
            "{\"email\":\"a@x.test\",\"password\":true}")) {
      var answer = SERVER.call(GUEST, "POST", "/v1/account/sessions/email", bad);
      assertEquals(400, answer.status(), bad);
      assertEquals("general_argument_invalid", answer.type(), bad);
    }
    var prefs = new JsonObject().put("x", new JsonArray().add("\u0000"));
    assertEquals(
        400,
        SERVER.patch(KEY, "/v1/users/any/prefs", new JsonObject().put("prefs", prefs)).status());
  }

  @Test
  void guessingIsLimited() {
    var limited = TestServer.start(config -> TestConfig.with(config, true));
    limited.owner();
    var guess = new JsonObject().put("email", "owner@example.org").put("password", "wrong one");
    Answer last = null;
    for (int i = 0; i < 11; i++) {
      last = limited.post(As.guest("console"), "/v1/account/sessions/email", guess);
    }
    assertEquals(429, last.status());
    assertEquals("general_rate_limit_exceeded", last.type());
  }

  private static void sign(String id) {
    var user =
        new JsonObject().put("userId", id).put("email", id + "@x.test").put("password", "12345678");
    expect(201, SERVER.post(GUEST, "/v1/account", user));
  }

  private static Answer session(As as, String id) {
    return expect(
        201,
        SERVER.post(
            as,
            "/v1/account/sessions/email",
            new JsonObject().put("email", id + "@x.test").put("password", "12345678")));
  }

  private static Answer session(As as, String id, boolean fresh) {
    if (fresh) sign(id);
    return session(as, id);
  }
}
