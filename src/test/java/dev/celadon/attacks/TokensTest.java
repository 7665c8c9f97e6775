package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Person.body;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import dev.celadon.service.People;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Forged, foreign and outdated tokens. */
class TokensTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As OWNER = SERVER.owner();
  private static final As KEY = SERVER.key(OWNER, "p1", "users.write", "users.read");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Person ANN = Person.join(SERVER, "p1", "ann");

  /** A key of the ring that signs sessions, as only the database knows it. */
  private record RingKey(String kid, byte[] secret) {
    static RingKey of(String ring) {
      return People.waiting(
          () ->
              SERVER
                  .postgres()
                  .transactions()
                  .one(
                      row -> new RingKey(row.getString(0), row.getBuffer(1).getBytes()),
                      "SELECT kid, secret FROM celadon.signing_keys WHERE ring = $1",
                      ring)
                  .orElseThrow());
    }
  }

  private static RingKey sessions;

  /** Not where the class begins: what waits on another thread would wait for the class, too. */
  @BeforeAll
  static void readTheRing() {
    sessions = RingKey.of("sessions");
  }

  private static String unsigned(JsonObject head, JsonObject claims) {
    return BASE64.encodeToString(head.encode().getBytes(StandardCharsets.UTF_8))
        + "."
        + BASE64.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
  }

  private static String signed(JsonObject head, JsonObject claims, byte[] secret) {
    var text = unsigned(head, claims);
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      var signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + BASE64.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject head() {
    return body("typ", "JWT", "alg", "HS256", "kid", sessions.kid);
  }

  private static JsonObject claims(Person person) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    return body("sub", person.id(), "userId", person.id(), "project", person.project())
        .put("sessionId", person.sessionId())
        .put("iat", now)
        .put("exp", now + 600);
  }

  /** Refused as a JWT, however it is sent, and nobody's as a session. */
  private static void refused(String project, String token) {
    for (var as :
        List.of(
            Person.with(As.guest(project), "x-appwrite-jwt", token),
            Person.with(As.guest(project), "authorization", "Bearer " + token))) {
      var answer = SERVER.get(as, "/v1/account");
      assertEquals(401, answer.status(), token);
      assertEquals("user_jwt_invalid", answer.type(), token);
    }
    var session = SERVER.get(As.session(project, token), "/v1/account");
    assertEquals("general_unauthorized_scope", session.type(), token);
    assertEquals(401, SERVER.get(As.key(project, "ephemeral_" + token), "/v1/users").status());
  }

  @Test
  @DisplayName("A9 a token without a signature")
  void unsigned() {
    var claims = claims(ANN);
    // The one that is right: else the others might be refused for another reason.
    var good = signed(head(), claims, sessions.secret);
    expect(200, SERVER.get(Person.with(As.guest("p1"), "x-appwrite-jwt", good), "/v1/account"));
    for (var algorithm : List.of("none", "None", "NONE", "nOnE", "", "HS256", "HS384")) {
      var text = unsigned(head().put("alg", algorithm), claims);
      refused("p1", text + ".");
      refused("p1", text);
      refused("p1", text + ".AAAA");
    }
    refused("p1", unsigned(body("alg", "none"), claims) + ".");
    refused("p1", good.substring(0, good.length() - 2));
    refused("p1", good + "A");
    refused("p1", "..");
    refused("p1", "a.b.c");
  }

  @Test
  @DisplayName("A10 another algorithm, and keys that the token itself names")
  void confusion() throws Exception {
    var claims = claims(ANN);
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    var text = unsigned(head().put("alg", "RS256"), claims);
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    refused("p1", text + "." + BASE64.encodeToString(signature.sign()));
    refused("p1", signed(head(), claims, pair.getPublic().getEncoded()));

    var own = "a key of the attacker's own, long enough".getBytes(StandardCharsets.UTF_8);
    for (var kid : List.of("../../dev/null", "' OR '1'='1", "", "unknown", "\u0000")) {
      refused("p1", signed(head().put("kid", kid), claims, new byte[32]));
      refused("p1", signed(head().put("kid", kid), claims, own));
    }
    refused("p1", signed(head().put("kid", 1), claims, own));
    refused("p1", signed(head().put("kid", body("a", 1)), claims, own));
    var jwk = body("kty", "oct", "alg", "HS256", "k", BASE64.encodeToString(own));
    refused("p1", signed(head().put("jwk", jwk), claims, own));
    refused("p1", signed(head().put("jku", "http://127.0.0.1:1/keys"), claims, own));
    refused("p1", signed(head().put("x5u", "http://127.0.0.1:1/cert"), claims, own));
    refused("p1", signed(head().put("x5c", new JsonArray().add("AAAA")), claims, own));

    // Keys of the ring for calls within the server sign no sessions.
    var internal = RingKey.of("internal");
    refused("p1", signed(head().put("kid", internal.kid), claims, internal.secret));
  }

  @Test
  @DisplayName("A10 a session is no key, and a key no session")
  void tokensOfOneKindForAnother() {
    var made = body("scopes", new JsonArray().add("users.read"), "duration", 60);
    var admin = As.admin("p1", OWNER.headers().getOrDefault("x-appwrite-session", ""));
    var key = expect(201, SERVER.post(admin, "/v1/project/keys/ephemeral", made)).json();
    var secret = key.getString("secret");
    expect(200, SERVER.get(As.key("p1", secret), "/v1/users"));
    var token = secret.substring("ephemeral_".length());
    assertEquals(401, SERVER.get(As.session("p1", token), "/v1/account").status());
    var jwt = Person.with(As.guest("p1"), "x-appwrite-jwt", token);
    assertEquals("user_jwt_invalid", SERVER.get(jwt, "/v1/account").type());
    assertEquals(401, SERVER.get(As.key("p1", "ephemeral_" + ANN.secret()), "/v1/users").status());
  }

  @Test
  @DisplayName("A11 a token of another project, an expired one, one of the future")
  void elsewhereAndAtAnotherTime() {
    SERVER.project(OWNER, "p2");
    Person.join(SERVER, "p2", "ann");
    refused("p2", ANN.secret());
    refused("console", ANN.secret());
    refused("p2", signed(head(), claims(ANN), sessions.secret));
    refused("p1", signed(head(), claims(ANN).put("project", "p2"), sessions.secret));
    refused("p1", signed(head(), claims(ANN).put("userId", "somebody"), sessions.secret));
    long now = Clock.systemUTC().instant().getEpochSecond();
    refused("p1", signed(head(), claims(ANN).put("exp", now - 5), sessions.secret));
    refused("p1", signed(head(), claims(ANN).put("nbf", now + 600), sessions.secret));
    refused("p1", signed(head(), claims(ANN).put("exp", "never"), sessions.secret));
  }

  @Test
  @DisplayName("A11 a token of who is blocked or gone, or whose session has ended")
  void ofNobodyAnymore() {
    for (var id : List.of("blocked", "deleted", "out")) {
      var person = Person.join(SERVER, "p1", id);
      var made = expect(201, SERVER.post(person.self(), "/v1/account/jwts", body())).json();
      var jwt = Person.with(As.guest("p1"), "x-appwrite-jwt", made.getString("jwt"));
      var server = expect(201, SERVER.post(KEY, "/v1/users/" + id + "/jwts", body())).json();
      var second = Person.with(As.guest("p1"), "x-appwrite-jwt", server.getString("jwt"));
      for (var as : List.of(person.self(), jwt, second)) expect(200, SERVER.get(as, "/v1/account"));
      switch (id) {
        case "blocked" ->
            expect(200, SERVER.patch(KEY, "/v1/users/blocked/status", body("status", false)));
        case "deleted" -> expect(204, SERVER.delete(KEY, "/v1/users/deleted"));
        default -> expect(204, SERVER.delete(KEY, "/v1/users/out/sessions"));
      }
      for (var as : List.of(person.self(), jwt, second)) {
        int status = SERVER.get(as, "/v1/account").status();
        assertEquals(id.equals("blocked") ? 403 : 401, status, id);
      }
    }
  }

  @Test
  @DisplayName("A12 nobody gets a token that lasts")
  void longTokens() {
    for (var seconds : List.of(3_601L, Long.MAX_VALUE, -1L)) {
      var wanted = body("duration", seconds);
      assertEquals(400, SERVER.post(ANN.self(), "/v1/account/jwts", wanted).status());
      assertEquals(400, SERVER.post(KEY, "/v1/users/ann/jwts", wanted).status());
    }
  }
}
