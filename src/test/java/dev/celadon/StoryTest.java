package dev.celadon;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer.As;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a first user does, through the front door. */
class StoryTest {

  private static final TestServer SERVER = TestServer.start();
  private static As owner;
  private static As key;

  @BeforeAll
  static void bootstrap() {
    owner = SERVER.owner();
    key =
        SERVER.key(
            owner,
            "p1",
            "users.read",
            "users.write",
            "sessions.write",
            "project.read",
            "project.write");
  }

  @Test
  void consoleSignUpIsClosedAfterTheOwner() {
    var answer =
        SERVER.post(
            As.guest("console"),
            "/v1/account",
            new JsonObject()
                .put("userId", "late")
                .put("email", "late@example.org")
                .put("password", "long enough"));
    assertEquals("user_email_not_whitelisted", answer.type());
  }

  @Test
  void aSessionsSecretIsAJwtAndIsRevokedAtOnce() {
    var secret = SERVER.signIn("p1", "alice");
    var claims =
        new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(secret.split("\\.")[1])));
    assertEquals("alice", claims.getString("userId"));
    var alice = As.session("p1", secret);
    assertEquals("alice", SERVER.get(alice, "/v1/account").json().getString("$id"));
    expect(204, SERVER.delete(alice, "/v1/account/sessions/current"));
    assertEquals(401, SERVER.get(alice, "/v1/account").status());
  }

  @Test
  void aBlockedUserIsRefusedAtOnce() {
    var bob = As.session("p1", SERVER.signIn("p1", "bob"));
    expect(200, SERVER.get(bob, "/v1/account"));
    expect(200, SERVER.patch(key, "/v1/users/bob/status", new JsonObject().put("status", false)));
    var answer = SERVER.get(bob, "/v1/account");
    assertTrue(answer.status() == 401 || answer.status() == 403, answer.text());
  }

  @Test
  void anAdministratorIsAMemberOfTheOwningTeam() {
    var admin = As.admin("p1", owner.headers().get("x-appwrite-session"));
    expect(200, SERVER.get(admin, "/v1/users"));
    var carol = SERVER.signIn("p1", "carol");
    assertEquals(401, SERVER.get(As.admin("p1", carol), "/v1/users").status());
    assertEquals(401, SERVER.get(As.session("p1", carol), "/v1/users").status());
  }

  @Test
  void aKeyIsHeldToItsScopesAndItsProject() {
    expect(200, SERVER.get(key, "/v1/users"));
    assertEquals("general_unauthorized_scope", SERVER.get(key, "/v1/teams").type());
    SERVER.project(owner, "p2");
    assertEquals(
        401, SERVER.get(As.key("p2", key.headers().get("x-appwrite-key")), "/v1/users").status());
  }

  @Test
  void rotatingTheRingsUnderLoadFailsNoRequest() throws Exception {
    var dora = As.session("p1", SERVER.signIn("p1", "dora"));
    var failed = new AtomicInteger();
    var served = new AtomicInteger();
    try (var clients = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        clients.submit(
            () -> {
              for (int n = 0; n < 150; n++) {
                if (SERVER.get(dora, "/v1/account").status() == 200) served.incrementAndGet();
                else failed.incrementAndGet();
              }
            });
      }
      for (int i = 0; i < 4; i++) {
        for (var ring : new String[] {"internal", "sessions"}) {
          expect(
              201, SERVER.post(owner, "/v1/installation/signing-keys/" + ring, new JsonObject()));
        }
        Thread.sleep(50);
      }
    }
    assertEquals(0, failed.get());
    assertEquals(1_200, served.get());
  }

  @Test
  void aServiceSwitchedOffForAProjectRefusesItsUsersButNotItsKeys() {
    SERVER.project(owner, "p3");
    var full = SERVER.key(owner, "p3", "users.read", "project.write", "teams.read");
    var eve = As.session("p3", SERVER.signIn("p3", "eve"));
    expect(200, SERVER.get(eve, "/v1/teams"));
    expect(
        200,
        SERVER.patch(full, "/v1/project/services/teams", new JsonObject().put("enabled", false)));
    var refused = SERVER.get(eve, "/v1/teams");
    assertEquals(403, refused.status());
    assertEquals("general_service_disabled", refused.type());
    expect(200, SERVER.get(full, "/v1/teams"));
    var elsewhere = As.session("p1", SERVER.signIn("p1", "frank"));
    expect(200, SERVER.get(elsewhere, "/v1/teams"));
    expect(
        200,
        SERVER.patch(full, "/v1/project/services/teams", new JsonObject().put("enabled", true)));
    expect(200, SERVER.get(eve, "/v1/teams"));
  }

  @Test
  void aServiceSwitchedOffForTheInstallationIsOffForEverybody() {
    expect(
        200,
        SERVER.patch(
            owner, "/v1/installation/services/console", new JsonObject().put("enabled", false)));
    assertEquals("general_service_disabled", SERVER.get(owner, "/v1/console/variables").type());
    expect(
        200,
        SERVER.patch(
            owner, "/v1/installation/services/console", new JsonObject().put("enabled", true)));
    expect(200, SERVER.get(owner, "/v1/console/variables"));
    var mallory = As.session("p1", SERVER.signIn("p1", "mallory"));
    assertEquals(
        401,
        SERVER
            .patch(
                mallory, "/v1/installation/services/teams", new JsonObject().put("enabled", false))
            .status());
  }

  @Test
  void everyErrorIsOfTheWiresForm() {
    for (var body :
        new String[] {"", "{", "[]", "null", "1", "{}{}", "\u0000", "{\"a\":".repeat(10_000)}) {
      var answer = SERVER.call(key, "POST", "/v1/users", body);
      assertEquals(400, answer.status(), body.length() > 20 ? "deep" : body);
      assertEquals(
          new JsonArray().add("code").add("message").add("type").add("version").getList(),
          answer.json().fieldNames().stream().sorted().toList());
      assertFalse(answer.text().contains("Exception"));
    }
  }
}
