package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who tries to be counted as somebody else, or not at all. One proxy is trusted here. */
class LimitsTest {

  private static final String PUBLIC = "https://api.example.net";
  private static final TestServer SERVER =
      TestServer.start(c -> TestConfig.with(TestConfig.behind(c, 1, PUBLIC), true));

  private static As owner;

  @BeforeAll
  static void furnish() {
    owner = SERVER.owner();
  }

  /** A sign-in that must fail, from behind the proxy, which adds the last entry. */
  private static Answer signIn(String path, String email, String forwarded) {
    var as = new As("p1", Map.of("x-forwarded-for", forwarded));
    return SERVER.post(as, path, new JsonObject().put("email", email).put("password", "password1"));
  }

  private static Answer signIn(String email, String forwarded) {
    return signIn("/v1/account/sessions/email", email, forwarded);
  }

  private static int remaining(Answer answer) {
    return Integer.parseInt(answer.header("x-ratelimit-remaining"));
  }

  @Test
  @DisplayName("A70 only what the trusted proxy wrote is the address; what the client wrote is not")
  void forgedAddresses() {
    var seen = new ArrayList<Integer>();
    for (var forwarded :
        List.of(
            "198.51.100.1",
            "1.1.1.1, 198.51.100.1",
            "2.2.2.2,3.3.3.3,198.51.100.1",
            "unknown, 198.51.100.1",
            ",,, 198.51.100.1 ")) {
      var as = new As("p1", Map.of("x-forwarded-for", forwarded));
      seen.add(remaining(SERVER.post(as, "/v1/account", new JsonObject())));
    }
    assertEquals(List.of(9, 8, 7, 6, 5), seen);
    var other = new As("p1", Map.of("x-forwarded-for", "198.51.100.1, 198.51.100.2"));
    assertEquals(9, remaining(SERVER.post(other, "/v1/account", new JsonObject())));
  }

  @Test
  @DisplayName("A70 what is no address is not taken for one; without an entry the peer counts")
  void noAddress() {
    var seen = new ArrayList<Integer>();
    for (var forwarded : List.of("evil\"; drop", "example.org", "256.1.1.1", "x".repeat(3_000))) {
      var as = new As("p1", Map.of("x-forwarded-for", forwarded));
      seen.add(remaining(SERVER.post(as, "/v1/account", new JsonObject())));
    }
    seen.add(remaining(SERVER.post(As.guest("p1"), "/v1/account", new JsonObject())));
    int first = seen.getFirst();
    assertEquals(List.of(first, first - 1, first - 2, first - 3, first - 4), seen);
  }

  @Test
  @DisplayName("A70 the addresses of one IPv6 network are one caller")
  void networks() {
    var seen = new ArrayList<Integer>();
    for (var forwarded :
        List.of("2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:DB8:1:2:0:0:0:9")) {
      var as = new As("p1", Map.of("x-forwarded-for", forwarded));
      seen.add(remaining(SERVER.post(as, "/v1/account", new JsonObject())));
    }
    var other = new As("p1", Map.of("x-forwarded-for", "2001:db8:1:3::1"));
    seen.add(remaining(SERVER.post(other, "/v1/account", new JsonObject())));
    assertEquals(List.of(9, 8, 7, 9), seen);
  }

  @Test
  @DisplayName("A70 the audit names the address that the proxy saw")
  void auditedAddress() {
    var headers = new java.util.HashMap<>(owner.headers());
    headers.put("x-forwarded-for", "6.6.6.6, 198.51.100.9");
    var as = new As("console", headers);
    TestServer.expect(
        201, SERVER.post(as, "/v1/teams", new JsonObject().put("teamId", "seen").put("name", "S")));
    var found =
        SERVER
            .postgres()
            .point()
            .list(row -> row.getJsonObject(0).encode(), "SELECT to_jsonb(e) FROM celadon.events e")
            .stream()
            .filter(event -> event.contains("seen"))
            .collect(Collectors.joining());
    assertTrue(found.contains("198.51.100.9"), found);
    assertFalse(found.contains("6.6.6.6"), found);
  }

  @Test
  @DisplayName("limits: another spelling of a path, or its older name, is the same path")
  void spellings() {
    var first = signIn("spelled@example.org", "198.51.100.30");
    assertEquals(9, remaining(first));
    var older = signIn("/v1/account/sessions", "Spelled@Example.org", "198.51.100.30");
    assertEquals(8, remaining(older));
    var session = SERVER.signIn("p1", "speller");
    var seen = new ArrayList<Integer>();
    for (var id : List.of("nothere", "%6eothere", "n%6Fthere")) {
      var as = As.session("p1", session);
      seen.add(remaining(SERVER.delete(as, "/v1/account/sessions/" + id)));
    }
    assertEquals(List.of(99, 98, 97), seen);
  }

  @Test
  @DisplayName("limits: an email that looks like an address is not counted with that address")
  void emailsAreNotAddresses() {
    for (int i = 0; i < 12; i++) signIn("from40-" + i + "@example.org", "198.51.100.40");
    assertEquals(9, remaining(signIn("198.51.100.40", "198.51.100.41")));
    assertEquals(9, remaining(signIn("x|198.51.100.40", "198.51.100.41")));
  }

  @Test
  @DisplayName("limits: a refused sign-in says until when, and stands for one email only")
  void refusals() {
    long now = System.currentTimeMillis() / 1_000;
    Answer last = null;
    for (int i = 0; i < 11; i++) last = signIn("victim@example.org", "198.51.100.50");
    assertEquals(429, last.status());
    assertEquals("general_rate_limit_exceeded", last.type());
    assertEquals("10", last.header("x-ratelimit-limit"));
    assertEquals(0, remaining(last));
    long reset = Long.parseLong(last.header("x-ratelimit-reset"));
    assertTrue(reset >= now + 3_500 && reset <= now + 3_700, "in " + (reset - now) + " s");
    assertEquals(9, remaining(signIn("other@example.org", "198.51.100.50")));
  }

  @Test
  @DisplayName("A69 no header of a request names the server: links and cookies go by configuration")
  void hostHeaders() {
    var evil =
        Map.of("x-forwarded-host", "evil.example", "x-forwarded-proto", "http", "x-host", "evil");
    var answer = SERVER.get(new As("console", evil), "/v1/console/variables");
    assertFalse(answer.text().contains("evil"), answer.text());
    assertFalse(SERVER.get(new As("console", evil), "/v1/openapi.json").text().contains("evil"));
    var made = SERVER.signIn("p1", "cookied");
    assertFalse(made.isEmpty());
    var again =
        SERVER.post(
            new As("p1", evil),
            "/v1/account/sessions/email",
            new JsonObject()
                .put("email", "cookied@example.org")
                .put("password", "correct horse battery"));
    for (var cookie : again.raw().headers().allValues("set-cookie")) {
      assertTrue(cookie.contains("Secure"), cookie);
      assertFalse(cookie.toLowerCase(java.util.Locale.ROOT).contains("domain"), cookie);
    }
  }
}
