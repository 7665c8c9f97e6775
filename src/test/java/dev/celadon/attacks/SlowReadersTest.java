package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that do not take what they asked for, and those that go in the middle. */
class SlowReadersTest {

  private static final TestServer SERVER = TestServer.start();
  private static final String CHANNEL = "databases.default.tables.large.rows";
  private static final int ROWS = 160;
  private static Ground ground;
  private static String rows;

  @BeforeAll
  static void prepare() {
    ground = Ground.of(SERVER);
    rows = ground.table("large", "read(\"any\")");
    var text = new JsonObject().put("key", "t").put("size", 200_000).put("required", false);
    expect(202, SERVER.post(ground.key, rows.replace("/rows", "/columns/string"), text));
  }

  private static void flood(String prefix) {
    var data = new JsonObject().put("t", "x".repeat(100_000));
    for (int i = 0; i < ROWS; i++) {
      var row = new JsonObject().put("rowId", prefix + i).put("data", data);
      expect(201, SERVER.post(ground.key, rows, row));
    }
  }

  private static Socket stream(String since) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(8_192);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress("127.0.0.1", SERVER.port()));
    var head =
        "GET /v1/realtime/events?"
            + Line.channels("p1", CHANNEL)
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + (since.isEmpty() ? "" : "Last-Event-ID: " + since + "\r\n")
            + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** What comes until the end, or until {@code last} is in it. */
  private static String read(Socket socket, String last) {
    var all = new ByteArrayOutputStream();
    var buffer = new byte[65_536];
    var tail = "";
    try {
      while (true) {
        int n = socket.getInputStream().read(buffer);
        if (n < 0) break;
        all.write(buffer, 0, n);
        tail += new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        if (tail.contains(last)) break;
        tail = tail.substring(Math.max(0, tail.length() - last.length()));
      }
    } catch (IOException reset) {
      // Which is how a slow one is told.
    }
    // Chunk sizes stand on lines of their own, also within a long event.
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** The rows whose events are there whole, and the place behind the last of them. */
  private static String rows(String text, LinkedHashSet<String> ids) {
    var place = "";
    var parts = new ArrayList<>(List.of(text.split("id: ")));
    for (int i = 1; i < parts.size(); i++) {
      var part = parts.get(i);
      if (!part.contains("\n\n")) break;
      place = part.substring(0, part.indexOf('\n'));
      int at = part.indexOf("\"$id\":\"");
      if (at > 0) ids.add(part.substring(at + 7, part.indexOf('"', at + 7)));
    }
    return place;
  }

  @Test
  @DisplayName("F20 a stream that is not read is ended, and resumes behind what it got")
  void slowStreams() throws Exception {
    var ids = new LinkedHashSet<String>();
    try (var slow = stream("")) {
      awaitHeld(1);
      flood("s");
      awaitHeld(0);
      var place = rows(read(slow, "never"), ids);
      assertTrue(ids.size() < ROWS, "sixteen megabytes were not kept for it");
      try (var again = stream(place)) {
        rows(read(again, "\"$id\":\"s" + (ROWS - 1) + "\"") + "\n\n", ids);
      }
    }
    var expected = new ArrayList<String>();
    for (int i = 0; i < ROWS; i++) expected.add("s" + i);
    assertEquals(expected, List.copyOf(ids));
  }

  @Test
  @DisplayName("F20 a socket that is not read is ended, others are served on")
  void slowSockets() throws Exception {
    try (var quick = ground.listen(ground.bob, CHANNEL);
        var deaf = Line.deaf(SERVER.port(), Line.channels("p1", CHANNEL))) {
      awaitHeld(2);
      flood("w");
      for (int i = 0; i < ROWS; i++) assertEquals("w" + i, quick.event());
      awaitHeld(1);
      assertTrue(deaf.answer().contains("101"));
    }
    awaitHeld(0);
  }

  private static void awaitHeld(int connections) throws InterruptedException {
    long until = System.nanoTime() + 40_000_000_000L;
    while (held() != connections) {
      assertTrue(System.nanoTime() < until, held() + " connections instead of " + connections);
      Thread.sleep(20);
    }
  }

  private static int held() {
    return SERVER.server().listeners();
  }

  @Test
  @DisplayName("F17 a body that breaks off leaves no row and no open file")
  void brokenBodies() throws Exception {
    long before = files();
    for (int i = 0; i < 50; i++) {
      var body =
          new JsonObject().put("rowId", "torn" + i).put("data", new JsonObject().put("n", 1));
      body.put("permissions", JsonArray.of("read(\"any\")"));
      var text = body.encode();
      try (var socket = new Socket("127.0.0.1", SERVER.port())) {
        socket.setSoLinger(true, 0);
        var head =
            "POST "
                + rows
                + " HTTP/1.1\r\nHost: localhost\r\nX-Appwrite-Project: p1\r\nX-Appwrite-Key: "
                + ground.key.headers().get("x-appwrite-key")
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + (text.length() + (i % 2))
                + "\r\n\r\n";
        var sent = i % 2 == 1 ? text : text.substring(0, text.length() - 1);
        socket.getOutputStream().write((head + sent).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
    }
    var query = Ground.query("startsWith", "$id", "torn");
    assertEquals(0, ground.list(ground.key, rows, query).json().getInteger("total"));
    long until = System.nanoTime() + 30_000_000_000L;
    while (files() > before + 10) {
      assertTrue(System.nanoTime() < until, files() + " open files, " + before + " before");
      Thread.sleep(50);
    }
  }

  private static long files() throws IOException {
    try (var open = java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
