package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages elsewhere that use a visitor's browser. */
class OriginsTest {

  private static final TestServer SERVER = TestServer.start();
  private static String session;

  @BeforeAll
  static void furnish() {
    var owner = SERVER.owner();
    var admin = As.admin("p1", owner.headers().get("x-appwrite-session"));
    var platform = new JsonObject().put("type", "web").put("name", "App");
    TestServer.expect(
        201,
        SERVER.post(
            admin, "/v1/projects/p1/platforms", platform.put("hostname", "app.example.org")));
    session = SERVER.signIn("p1", "ann");
  }

  private static String ask(String request, byte[] body, String... headers) throws IOException {
    var head = new StringBuilder(request + " HTTP/1.1\r\nHost: api.example.net\r\n");
    for (var header : headers) head.append(header).append("\r\n");
    if (body.length > 0) head.append("Content-Length: ").append(body.length).append("\r\n");
    try (var raw = new Raw(SERVER.port())) {
      return raw.send((head + "\r\n").getBytes(StandardCharsets.UTF_8)).send(body).answer();
    }
  }

  private static String cookie() {
    return "Cookie: a_session_p1=" + session;
  }

  @ParameterizedTest
  @DisplayName("A17 a form or a simple request of a page elsewhere changes nothing")
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/plain; a=json",
        "application/json",
        ""
      })
  void crossSitePost(String type) throws IOException {
    var body = "{\"prefs\":{\"stolen\":true}}".getBytes(StandardCharsets.UTF_8);
    var own = type.isEmpty() ? "X-None: 1" : "Content-Type: " + type;
    for (var origin : new String[] {"https://evil.example", "null"}) {
      for (var path : new String[] {"/v1/account/prefs?project=p1"}) {
        var answer = ask("PATCH " + path, body, own, cookie(), "Origin: " + origin);
        assertEquals(403, Raw.status(answer), answer);
        assertTrue(answer.contains("general_unknown_origin"), answer);
      }
    }
    var prefs = SERVER.get(As.session("p1", session), "/v1/account/prefs");
    assertEquals(new JsonObject(), prefs.json());
  }

  @Test
  @DisplayName("A17 without an Origin, what a form can send is still not read as JSON")
  void formsAreNotJson() throws IOException {
    var body = "{\"prefs\":{\"stolen\":true}}".getBytes(StandardCharsets.UTF_8);
    for (var type : new String[] {"text/plain", "text/plain; a=json", "text/plain;json"}) {
      var answer =
          ask("PATCH /v1/account/prefs?project=p1", body, "Content-Type: " + type, cookie());
      assertEquals(400, Raw.status(answer), answer);
    }
  }

  @ParameterizedTest
  @DisplayName("A18 an origin that is no platform may not read: no header of CORS, and 403")
  @ValueSource(
      strings = {
        "null",
        "https://evil.com",
        "https://app.example.org.evil.com",
        "https://evilapp.example.org",
        "https://app.example.orgx",
        "https://x.app.example.org",
        "https://app.example.org@evil.com",
        "https://app.example.org:80@evil.com",
        "https://аpp.example.org",
        "https://app%2eexample.org",
        "file://app.example.org",
        "ftp://app.example.org",
        "app.example.org",
        "*",
        "https://localhost.evil.com",
        "https://127.0.0.1.evil.com",
        "http://0.0.0.0",
        "http://2130706433",
      })
  void foreignOrigins(String origin) throws IOException {
    for (var path : new String[] {"/v1/account", "/v1/realtime/events"}) {
      var answer = ask("GET " + path + "?project=p1", new byte[0], cookie(), "Origin: " + origin);
      assertEquals(403, Raw.status(answer), answer);
      assertEquals("", Raw.header(answer, "access-control-allow-origin"), answer);
      assertEquals("", Raw.header(answer, "access-control-allow-credentials"), answer);
    }
  }

  @Test
  @DisplayName("A18 a platform's page is named, never '*', on whatever port and scheme it is")
  void platforms() throws IOException {
    for (var origin : new String[] {"https://app.example.org", "http://app.example.org:8080"}) {
      var answer = ask("GET /v1/account?project=p1", new byte[0], cookie(), "Origin: " + origin);
      assertEquals(200, Raw.status(answer), answer);
      assertEquals(origin, Raw.header(answer, "access-control-allow-origin"));
      assertEquals("true", Raw.header(answer, "access-control-allow-credentials"));
      assertTrue(Raw.header(answer, "vary").contains("Origin"), answer);
      try (var raw = new Raw(SERVER.port())) {
        var stream =
            "GET /v1/realtime/events?project=p1&channels[]=account HTTP/1.1\r\nHost: a\r\n";
        var head = raw.send(stream + "Origin: " + origin + "\r\n\r\n").until("\r\n\r\n");
        assertEquals(origin, Raw.header(head, "access-control-allow-origin"), head);
      }
    }
  }

  @Test
  @DisplayName(
      "A18 what all may read is read without credentials; no preflight for what is no page")
  void neitherStarNorNull() throws IOException {
    for (var path : new String[] {"/v1/openapi.json", "/v1/ping", "/docs", "/v1/nowhere"}) {
      var answer = SERVER.get(new As("p1", Map.of("origin", "https://evil.com")), path);
      boolean star = answer.header("access-control-allow-origin").equals("*");
      assertTrue(!star || answer.header("access-control-allow-credentials").isEmpty(), path);
      assertNotEquals("https://evil.com", answer.header("access-control-allow-origin"), path);
    }
    for (var origin : new String[] {"null", "file://x", "https://a@b.example"}) {
      var answer = ask("OPTIONS /v1/account", new byte[0], "Origin: " + origin);
      assertEquals(204, Raw.status(answer), answer);
      assertEquals("", Raw.header(answer, "access-control-allow-origin"), answer);
    }
  }
}
