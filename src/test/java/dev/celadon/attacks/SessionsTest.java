package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Person.body;
import static dev.celadon.attacks.Person.email;
import static dev.celadon.attacks.Person.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import dev.celadon.config.Config;
import dev.celadon.store.TestPostgres;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sessions that are stolen, fixed, kept or changed, behind a proxy that speaks TLS. */
class SessionsTest {

  private static final TestServer SERVER = TestServer.start(SessionsTest::behindProxy);
  private static final As OWNER = SERVER.owner();
  private static final As KEY =
      SERVER.key(OWNER, "p1", "users.write", "users.read", "sessions.write");

  private static Config behindProxy(Config config) {
    return TestConfig.with(TestConfig.behind(config, 1), false);
  }

  @Test
  @DisplayName("A13 signing in makes a new secret, whatever the browser brought along")
  void fixation() {
    Person.join(SERVER, "p1", "ann");
    var planted = Person.with(As.guest("p1"), "cookie", "a_session_p1=planted");
    var first = expect(201, signIn(SERVER, planted, email("ann"), Person.PASSWORD));
    var second = expect(201, signIn(SERVER, planted, email("ann"), Person.PASSWORD));
    var secret = Person.secret(first, "p1");
    assertNotEquals("planted", secret);
    assertNotEquals(secret, Person.secret(second, "p1"));
    assertEquals(401, SERVER.get(planted, "/v1/account").status());

    // Somebody else's own session is not taken over either.
    var mine = Person.join(SERVER, "p1", "mallory");
    var victim = Person.with(As.guest("p1"), "cookie", "a_session_p1=" + mine.secret());
    var refused = signIn(SERVER, victim, email("ann"), Person.PASSWORD);
    assertEquals("user_session_already_exists", refused.type());
    var self = expect(200, SERVER.get(mine.self(), "/v1/account")).json();
    assertEquals("mallory", self.getString("$id"));
  }

  @Test
  @DisplayName("A14 cookies are out of reach of scripts, plain connections and other hosts")
  void cookies() {
    Person.join(SERVER, "p1", "ben");
    var tls = Person.with(As.guest("p1"), "x-forwarded-proto", "https");
    var answer = expect(201, signIn(SERVER, tls, email("ben"), Person.PASSWORD));
    var cookies = answer.raw().headers().allValues("set-cookie");
    assertEquals(2, cookies.size());
    for (var cookie : cookies) {
      assertTrue(cookie.contains("HTTPOnly"), cookie);
      assertTrue(cookie.contains("Secure"), cookie);
      assertTrue(cookie.contains("Path=/"), cookie);
      assertTrue(cookie.contains("Max-Age="), cookie);
      assertFalse(cookie.contains("Domain"), cookie);
    }
    assertTrue(cookies.getFirst().startsWith("a_session_p1="), cookies.toString());
    assertTrue(cookies.getFirst().contains("SameSite=None"), cookies.toString());
    assertTrue(cookies.getLast().startsWith("a_session_p1_legacy="), cookies.toString());

    var foreign = Person.with(tls, "origin", "https://evil.example");
    var refused = signIn(SERVER, foreign, email("ben"), Person.PASSWORD);
    assertEquals("general_unknown_origin", refused.type());
    assertEquals("", refused.header("set-cookie"));
    assertEquals("", refused.header("x-fallback-cookies"));
    assertEquals("", refused.header("access-control-allow-origin"));
  }

  @Test
  @DisplayName("A15 after signing out, cookie, token and socket are dead")
  void replay() throws Exception {
    var person = Person.join(SERVER, "p1", "cat");
    var jwt = expect(201, SERVER.post(person.self(), "/v1/account/jwts", body())).json();
    var extended = expect(200, SERVER.patch(person.self(), "/v1/account/sessions/current", body()));
    var all =
        List.of(
            person.self(),
            Person.with(As.guest("p1"), "cookie", "a_session_p1=" + person.secret()),
            Person.with(As.guest("p1"), "cookie", "a_session_p1_legacy=" + person.secret()),
            Person.with(
                As.guest("p1"),
                "x-fallback-cookies",
                body("a_session_p1", person.secret()).encode()),
            Person.with(As.guest("p1"), "authorization", "Bearer " + person.secret()),
            Person.with(As.guest("p1"), "x-appwrite-jwt", jwt.getString("jwt")),
            As.session("p1", Person.secret(extended, "p1")));
    for (var as : all) expect(200, SERVER.get(as, "/v1/account"));

    var closed = new CompletableFuture<Short>();
    var options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(SERVER.port())
            .setURI("/v1/realtime?project=p1&channels[]=account")
            .putHeader("cookie", "a_session_p1=" + person.secret());
    var connected = new CompletableFuture<String>();
    TestPostgres.vertx()
        .createWebSocketClient()
        .connect(options)
        .onFailure(connected::completeExceptionally)
        .onSuccess(
            socket -> {
              socket.textMessageHandler(connected::complete);
              socket.closeHandler(gone -> closed.complete(socket.closeStatusCode()));
            });
    var hello = connected.get(20, TimeUnit.SECONDS);
    assertTrue(hello.contains("\"cat\""), hello);

    expect(204, SERVER.delete(person.self(), "/v1/account/sessions/current"));
    for (var as : all) assertEquals(401, SERVER.get(as, "/v1/account").status(), as.toString());
    assertEquals((short) 1008, closed.get(20, TimeUnit.SECONDS));
  }

  @Test
  @DisplayName("A16 a new password ends the other sessions and what was made from them")
  void passwordChange() {
    var own = Person.join(SERVER, "p1", "dan");
    var thief = Person.again(SERVER, "p1", "dan");
    var made = expect(201, SERVER.post(thief.self(), "/v1/account/jwts", body())).json();
    var jwt = Person.with(As.guest("p1"), "x-appwrite-jwt", made.getString("jwt"));
    expect(200, SERVER.get(jwt, "/v1/account"));
    var change = body("password", "another good one", "oldPassword", Person.PASSWORD);
    expect(200, SERVER.patch(own.self(), "/v1/account/password", change));
    assertEquals(401, SERVER.get(thief.self(), "/v1/account").status());
    assertEquals(401, SERVER.get(jwt, "/v1/account").status());
    expect(200, SERVER.get(own.self(), "/v1/account"));
    assertEquals(
        "user_invalid_credentials",
        signIn(SERVER, As.guest("p1"), email("dan"), Person.PASSWORD).type());
    expect(200, SERVER.patch(KEY, "/v1/users/dan/password", body("password", "by the server")));
    assertEquals(401, SERVER.get(own.self(), "/v1/account").status());
  }

  @Test
  @DisplayName("A32 an anonymous user takes over nobody's email")
  void conversion() {
    Person.join(SERVER, "p1", "eve");
    var made = SERVER.post(As.guest("p1"), "/v1/account/sessions/anonymous", body());
    var anonymous = As.session("p1", Person.secret(expect(201, made), "p1"));
    var id = made.json().getString("userId");
    for (var spelling : List.of(email("eve"), "EVE@Example.org")) {
      var wanted = body("email", spelling, "password", "a password of mine");
      var refused = SERVER.patch(anonymous, "/v1/account/email", wanted);
      assertEquals(409, refused.status());
      assertEquals("user_email_already_exists", refused.type());
    }
    var self = expect(200, SERVER.get(anonymous, "/v1/account")).json();
    assertEquals("", self.getString("email"));
    assertEquals("", self.getString("passwordUpdate"));
    assertNotEquals("eve", id);
    assertEquals(401, signIn(SERVER, As.guest("p1"), email("eve"), "a password of mine").status());
  }

  @Test
  @DisplayName("A34 fields that nobody may set are not set")
  void massAssignment() {
    var person = Person.join(SERVER, "p1", "fay");
    var before = expect(200, SERVER.get(person.self(), "/v1/account")).json();
    var session = expect(200, SERVER.get(person.self(), "/v1/account/sessions/current")).json();
    var extra =
        body("$id", "other", "status", false, "emailVerification", true, "mfa", true)
            .put("phoneVerification", true)
            .put("labels", new JsonArray().add("admin"))
            .put("secret", "mine")
            .put("expire", "2100-01-01T00:00:00.000+00:00")
            .put("userId", "other")
            .put("roles", new JsonArray().add("owner"))
            .put("$createdAt", "2001-01-01T00:00:00.000+00:00")
            .put("registration", "2001-01-01T00:00:00.000+00:00")
            .put("hash", "x")
            .put("impersonator", true);
    var calls =
        List.of(
            SERVER.patch(person.self(), "/v1/account/name", extra.copy().put("name", "Fay")),
            SERVER.patch(
                person.self(), "/v1/account/prefs", extra.copy().put("prefs", body("a", 1))),
            SERVER.patch(person.self(), "/v1/account/sessions/current", extra));
    for (var call : calls) assertTrue(List.of(200, 400).contains(call.status()), call.text());
    var after = expect(200, SERVER.get(person.self(), "/v1/account")).json();
    for (var field : extra.fieldNames()) {
      assertEquals(before.getValue(field), after.getValue(field), field);
    }
    var same = expect(200, SERVER.get(person.self(), "/v1/account/sessions/current")).json();
    for (var field : List.of("$id", "userId", "secret", "provider", "$createdAt")) {
      assertEquals(session.getValue(field), same.getValue(field), field);
    }
    assertTrue(same.getString("expire").compareTo("2099") < 0, same.getString("expire"));

    var sign = extra.copy().put("userId", "gil").put("email", email("gil"));
    var gil = SERVER.post(As.guest("p1"), "/v1/account", sign.put("password", Person.PASSWORD));
    assertTrue(List.of(201, 400).contains(gil.status()), gil.text());
    if (gil.status() == 201) {
      assertEquals(new JsonArray(), gil.json().getJsonArray("labels"));
      assertFalse(gil.json().getBoolean("emailVerification"));
      assertTrue(gil.json().getBoolean("status"));
    }
  }
}
