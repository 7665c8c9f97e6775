package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import dev.celadon.config.Config;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that take their time, or send without end. The times of the configuration are short. */
class SlowTest {

  private static final int HEADER_MS = 1_000;
  private static final int BODY_MS = 1_500;
  private static final int IDLE_S = 3;
  private static final int BODY_BYTES = 1 << 20;
  private static final TestServer SERVER =
      TestServer.start(c -> TestConfig.with(TestConfig.with(c, false), strict(c.server())));
  private static final String HOST = "Host: localhost\r\n";
  private static final String LONG = "Content-Length: 100000\r\n\r\n";

  private static Config.Server strict(Config.Server s) {
    return new Config.Server(
        s.host(),
        s.port(),
        s.publicUrl(),
        BODY_BYTES,
        s.maxHeaderBytes(),
        s.maxUriBytes(),
        s.maxBodyValues(),
        s.maxConnections(),
        IDLE_S,
        HEADER_MS,
        BODY_MS,
        s.requestTimeoutMs(),
        s.trustedProxyHops(),
        s.nestingMax());
  }

  /**
   * Sends a byte now and then, well within any bound of silence, until the server has had enough.
   */
  private static String drip(String head) throws IOException, InterruptedException {
    try (var raw = new Raw(SERVER.port())) {
      raw.send(head);
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() < deadline) {
        try {
          raw.send("a");
        } catch (IOException cut) {
          return raw.closed();
        }
        Thread.sleep(100);
      }
    }
    throw new AssertionError("still open: " + head);
  }

  private static final List<String> HEADS =
      List.of(
          "GET /v1/ping HTTP/1.1\r\n" + HOST + "X: ",
          "GET /v1/ping",
          "POST /v1/account HTTP/1.1\r\n" + HOST + LONG,
          "POST /v1/nowhere HTTP/1.1\r\n" + HOST + LONG,
          "GET /v1/ping HTTP/1.1\r\n" + HOST + LONG,
          "GET /docs HTTP/1.1\r\n" + HOST + LONG,
          "OPTIONS /v1/ping HTTP/1.1\r\n" + HOST + LONG,
          "GET /v1/realtime/events HTTP/1.1\r\n" + HOST + LONG,
          "GET /v1/ping HTTP/1.1\r\n" + HOST + "\r\nGET /v1/ping HTTP/1.1\r\n" + HOST + "X: ");

  @Test
  @DisplayName(
      "F19 a byte now and then does not hold a connection: in the head, the body, after it")
  void slowloris() throws Exception {
    together(
        HEADS,
        head -> {
          var heard = drip(head);
          if (head.startsWith("POST /v1/account")) assertEquals(408, Raw.status(heard), heard);
        });
  }

  @Test
  @DisplayName("F19 five hundred such clients are cut, and others are served meanwhile")
  void manySlowClients() throws Exception {
    var slow = new ArrayList<Raw>();
    for (int i = 0; i < 500; i++) {
      slow.add(new Raw(SERVER.port()).send("GET /v1/ping HTTP/1.1\r\n" + HOST + "X: a"));
      if (i % 50 == 0) assertEquals(200, SERVER.get(As.guest("console"), "/v1/health").status());
    }
    for (var each : slow) {
      each.closed();
      each.close();
    }
  }

  @Test
  @DisplayName("F19 who takes an answer by the byte is cut")
  void slowReader() throws IOException {
    var ask = "GET /v1/openapi.json HTTP/1.1\r\n" + HOST + "\r\n";
    try (var raw = new Raw(SERVER.port(), 4_096)) {
      raw.send(ask.repeat(64));
      long read = raw.byTheByte();
      assertTrue(read < 64L << 16, "read " + read);
    }
  }

  @Test
  @DisplayName("F23 a body without end is cut at its limit, on every path")
  void endlessBodies() throws Exception {
    together(
        List.of(
            "POST /v1/account",
            "POST /v1/nowhere",
            "GET /v1/ping",
            "GET /docs",
            "GET /v1/realtime/events",
            "OPTIONS /v1/account",
            "TRACE /v1/account"),
        SlowTest::endless);
    assertEquals(200, SERVER.get(As.guest("console"), "/v1/health").status());
  }

  private static void endless(String line) throws Exception {
    var chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    try (var raw = new Raw(SERVER.port())) {
      raw.send(line + " HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() < deadline) {
        try {
          raw.send(chunk);
        } catch (IOException cut) {
          return;
        }
        Thread.sleep(5);
      }
    }
    throw new AssertionError("still taking: " + line);
  }

  private interface Attack {
    void on(String target) throws Exception;
  }

  private static void together(List<String> targets, Attack attack) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var each = new ArrayList<Future<?>>();
      for (var target : targets) {
        each.add(
            threads.submit(
                () -> {
                  attack.on(target);
                  return target;
                }));
      }
      for (var one : each) one.get();
    }
  }

  @Test
  @DisplayName("F23 413 comes for a body that is too large, as soon as it is known to be")
  void tooLarge() throws IOException {
    for (var length : List.of("1048577", "999999999999")) {
      try (var raw = new Raw(SERVER.port())) {
        raw.send("POST /v1/account HTTP/1.1\r\n" + HOST + "Content-Length: " + length + "\r\n\r\n");
        assertEquals(413, Raw.status(raw.answer()));
      }
    }
    try (var raw = new Raw(SERVER.port())) {
      raw.send("POST /v1/account HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 17; i++) raw.send("10000\r\n" + "a".repeat(0x10000) + "\r\n");
      assertEquals(413, Raw.status(raw.answer()));
    }
  }

  @Test
  @DisplayName("F19 who asks first whether to go on is told so, or that it is too much")
  void expectation() throws IOException {
    try (var raw = new Raw(SERVER.port())) {
      var head = "POST /v1/account HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\n";
      raw.send(head + "Content-Length: 2\r\n\r\n");
      assertTrue(raw.until("\r\n\r\n").startsWith("HTTP/1.1 100"));
      assertTrue(raw.send("{}").until("general_argument_invalid").contains("HTTP/1.1 400"));
    }
  }
}
