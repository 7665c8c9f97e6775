package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, methods, framing and headers. */
class HttpTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As GUEST = As.guest("console");
  private static final String HOST = "Host: localhost\r\n";
  private static final String PING = "GET /v1/ping HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String POST = "POST /v1/account HTTP/1.1\r\n" + HOST;

  private static Raw raw() throws IOException {
    return new Raw(SERVER.port());
  }

  @ParameterizedTest
  @DisplayName("A54 a path is what it says: nothing is trimmed, decoded or resolved into a route")
  @ValueSource(
      strings = {
        "/v1/x?/v1/health",
        "//v1/health",
        "/v1//health",
        "/v1/health/",
        "/v1/health;a=b",
        "/v1;/health",
        "/v1%2fhealth",
        "/v1/%68ealth",
        "/v1/health%00",
        "/v1/health%20",
        "/v1/x/../health",
        "/v1/./health",
        "/v1/x/%2e%2e/health",
        "/v1\\health",
        "/V1/health",
        "/v1/HEALTH",
        "v1/health",
        "/docs/../v1/health",
        "/docs/%2e%2e/%2e%2e/etc/passwd",
      })
  void pathsAreExact(String path) throws IOException {
    try (var raw = raw()) {
      var answer = raw.send("GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n").answer();
      assertEquals(404, Raw.status(answer), answer);
    }
  }

  @ParameterizedTest
  @DisplayName("A65 a request that could be read in two ways is refused and the connection closed")
  @ValueSource(
      strings = {
        POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + PING,
        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n" + PING,
        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + PING,
        POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + PING,
        POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + PING,
        POST + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n" + PING,
        POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + PING,
        POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n" + PING,
        POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}" + PING,
        POST + "Content-Length: +2\r\n\r\n{}" + PING,
        POST + "Content-Length: -2\r\n\r\n{}" + PING,
        POST + "Content-Length: 2, 2\r\n\r\n{}x" + PING,
        POST + "Content-Length: 0x2\r\n\r\n{}" + PING,
        POST + "Content-Length: 99999999999999999999999\r\n\r\n{}" + PING,
        "POST /v1/account HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + PING,
        "GET /v1/ping HTTP/1.1\nHost: localhost\n\n",
        "\u0000" + PING,
        "\u0001\u0002" + PING,
        "GET /v1/ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /v1/ping HTTP/1.1\r\n\r\n",
        "GET /v1/ping HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "GET /v1/ping\u0000 HTTP/1.1 x\r\n\r\n",
      })
  void ambiguityIsRefused(String request) throws IOException {
    try (var raw = raw()) {
      var heard = raw.send(request).closed();
      assertEquals(400, Raw.status(heard), heard);
      assertEquals(1, heard.split("HTTP/1", -1).length - 1, heard);
      assertFalse(heard.contains("Pong!"), heard);
    }
  }

  @ParameterizedTest
  @DisplayName("A65 a body whose chunks are malformed ends its connection, and nothing follows it")
  @ValueSource(
      strings = {"2\n{}\n0\n\n", "2;x=\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n", "2\r\n{}x\r\n0\r\n\r\n"})
  void malformedChunksAreRefused(String chunks) throws IOException {
    try (var raw = raw()) {
      raw.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + PING);
      var heard = raw.closed();
      assertTrue(heard.isEmpty() || Raw.status(heard) == 400, heard);
      assertFalse(heard.contains("Pong!"), heard);
    }
  }

  @Test
  @DisplayName("A65 HTTP/2 in clear text is not spoken: neither by upgrade nor at once")
  void noClearTextHttp2() throws IOException {
    try (var raw = raw()) {
      var upgrade =
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n";
      var answer = raw.send("GET /v1/ping HTTP/1.1\r\n" + HOST + upgrade + "\r\n").answer();
      assertEquals(200, Raw.status(answer), answer);
    }
    try (var raw = raw()) {
      var heard = raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0".repeat(9)).closed();
      assertTrue(heard.startsWith("HTTP/2.0 501"), heard);
    }
  }

  @Test
  @DisplayName("A66 a thousand pipelined requests are answered in turn, and others meanwhile")
  void pipelining() throws IOException {
    try (var raw = raw();
        var other = raw()) {
      raw.send(PING.repeat(999) + "GET /v1/version HTTP/1.1\r\n" + HOST + "\r\n");
      assertEquals(200, Raw.status(other.send(PING).answer()));
      var heard = raw.until("\"product\"");
      assertEquals(1_000, heard.split("HTTP/1.1 200", -1).length - 1);
    }
  }

  @Test
  @DisplayName("A66 ten thousand requests left in the lurch cost nothing that lasts")
  void abandonedRequests() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (var raw = raw()) {
        raw.send(PING.repeat(100));
      }
    }
    assertEquals(200, SERVER.get(GUEST, "/v1/health").status());
  }

  @ParameterizedTest
  @DisplayName("A67 control characters in headers are refused; what is echoed is encoded")
  @ValueSource(
      strings = {"X: a\rb", "X: a\u0000b", "X: a\u000bb", "X\u0000: a", "X: a\u007f\u0001"})
  void controlCharactersInHeaders(String header) throws IOException {
    try (var raw = raw()) {
      var heard = raw.send("GET /v1/ping HTTP/1.1\r\n" + HOST + header + "\r\n\r\n").closed();
      assertEquals(400, Raw.status(heard), heard);
    }
  }

  @Test
  @DisplayName("A67 a line break in a value never becomes one in a header of the answer")
  void noInjectedHeaders() {
    var broken = "x%0d%0aSet-Cookie:%20a=b";
    for (var path : new String[] {"/v1/ping?project=" + broken, "/v1/projects/" + broken}) {
      var answer = SERVER.get(GUEST, path);
      assertEquals(404, answer.status(), path);
      assertTrue(answer.header("set-cookie").isEmpty(), path);
    }
  }

  @Test
  @DisplayName("A72 a method is what the request line says, and only what an endpoint declares")
  void methods() throws IOException {
    for (var method : new String[] {"TRACE", "CONNECT", "FOO", "HEAD", "get", "PROPFIND"}) {
      try (var raw = raw()) {
        raw.send(method + " /v1/account/sessions/email HTTP/1.1\r\n" + HOST + "\r\n");
        assertEquals(405, Raw.status(raw.until("\r\n\r\n")), method);
      }
    }
    var override = new As("console", java.util.Map.of("x-http-method-override", "GET"));
    assertEquals(404, SERVER.post(override, "/v1/ping", new JsonObject()).status());
    assertEquals(404, SERVER.post(override, "/v1/ping?_method=GET", new JsonObject()).status());
    assertEquals(404, SERVER.get(GUEST, "/v1/account/jwts").status());
  }

  @Test
  @DisplayName("limits: switched off by configuration they neither refuse nor say anything")
  void limitsAreOff() {
    for (int i = 0; i < 30; i++) {
      var answer = SERVER.post(GUEST, "/v1/account", new JsonObject());
      assertEquals(400, answer.status());
      assertTrue(answer.header("x-ratelimit-limit").isEmpty());
    }
  }

  @Test
  @DisplayName("A77 an error tells its type and what to do, nothing of the inside")
  void errorsTellNothing() throws IOException {
    var long40k = "a".repeat(40_000);
    for (var request :
        new String[] {
          "GET /v1/nowhere HTTP/1.1\r\n" + HOST + "\r\n",
          "GET /v1/ping?a=%zz HTTP/1.1\r\n" + HOST + "\r\n",
          "GET /v1/ping?" + long40k + " HTTP/1.1\r\n" + HOST + "\r\n",
          "GET /v1/ping HTTP/1.1\r\n" + HOST + "X: " + long40k + "\r\n\r\n",
          "GARBAGE\r\n\r\n",
          POST + "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n{a}",
          POST + "Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>",
          "GET /v1/account HTTP/1.1\r\n" + HOST + "X-Appwrite-JWT: a.b.c\r\n\r\n",
          "GET /v1/account HTTP/1.1\r\n" + HOST + "X-Appwrite-Key: standard_00\r\n\r\n",
          "GET /v1/users?queries[]=%00 HTTP/1.1\r\n" + HOST + "\r\n",
        }) {
      try (var raw = raw()) {
        var answer = raw.send(request).answer();
        var body = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertEquals(Set.of("message", "code", "type", "version"), body.fieldNames());
        assertTrue(body.getInteger("code") < 500, answer);
        assertFalse(answer.contains("Exception") || answer.contains("java"), answer);
        assertFalse(answer.contains("at dev.") || answer.contains("io.vertx"), answer);
        assertTrue(Raw.header(answer, "server").isEmpty(), answer);
      }
    }
  }
}
