package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sockets that do not keep to the protocol. */
class SocketsTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As GUEST = As.guest("p1");
  private static final int LOST = 1006;

  @BeforeAll
  static void prepare() {
    SERVER.owner();
  }

  /** Whatever one did, the others are served, and realtime is. */
  @AfterEach
  void aliveAfterwards() throws Exception {
    try (var line = open()) {
      line.text("{\"type\":\"ping\"}");
      line.next("pong");
    }
    assertEquals(401, SERVER.get(GUEST, "/v1/account").status());
  }

  private static Line open() throws Exception {
    var line = Line.open(SERVER.port(), Line.channels("p1"));
    line.next("connected");
    return line;
  }

  private interface Speech {
    void on(Line line) throws IOException;
  }

  private static int closedAfter(Speech speech) throws Exception {
    try (var line = open()) {
      try {
        speech.on(line);
      } catch (IOException alreadyClosed) {
        // The server need not hear it out.
      }
      return line.closeCode();
    }
  }

  @Test
  @DisplayName("A97 a binary message is answered, the socket goes on")
  void binary() throws Exception {
    try (var line = open()) {
      line.frame(Line.BINARY, new byte[] {1, 2, 3});
      assertEquals(1003, line.next("error").getInteger("code"));
      line.text("{\"type\":\"ping\"}");
      line.next("pong");
    }
  }

  @Test
  @DisplayName("A97 what is no UTF-8, too large or never ends closes the socket")
  void brokenMessages() throws Exception {
    var torn = new byte[] {(byte) 0xc3, 0x28};
    assertEquals(1007, closedAfter(line -> line.frame(Line.TEXT, torn)));
    var surrogate = new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
    assertEquals(1007, closedAfter(line -> line.frame(Line.TEXT, surrogate)));
    var large = new byte[70_000];
    int code = closedAfter(line -> line.frame(Line.TEXT, large));
    assertTrue(code == 1009 || code == 1002 || code == LOST, "" + code);
    var piece = "x".repeat(30_000).getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        1009,
        closedAfter(
            line -> {
              line.frame(0x01, piece);
              for (int i = 0; i < 3; i++) line.frame(0x00, piece);
            }));
    assertEquals(
        1008,
        closedAfter(
            line -> {
              line.frame(0x01, new byte[0]);
              for (int i = 0; i < 5_000; i++) line.frame(0x00, new byte[0]);
            }));
  }

  @Test
  @DisplayName("A97 F47 frames that break the protocol close their socket and nothing else")
  void brokenFrames() throws Exception {
    byte[][] broken = {
      {(byte) 0x81, 0x01, 'x'}, // not masked
      {(byte) 0xc1, (byte) 0x80, 0, 0, 0, 0}, // a bit that nobody agreed on
      {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0}, // no such kind of frame
      {(byte) 0x8f, (byte) 0x80, 0, 0, 0, 0},
      {0x09, (byte) 0x80, 0, 0, 0, 0}, // a ping in pieces
      {(byte) 0x89, (byte) 0xfe, 0x01, 0x00, 0, 0, 0, 0}, // a long ping
      {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0}, // the end of nothing
      {(byte) 0x88, (byte) 0x81, 0, 0, 0, 0, 3}, // half a close code
      {(byte) 0x81, (byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0}, // a negative length
      {(byte) 0x81, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0}, // a huge one
    };
    for (var bytes : broken) {
      int code = closedAfter(line -> line.raw(bytes));
      assertTrue(code == 1002 || code == 1009 || code == 1007 || code == LOST, code + "");
    }
  }

  @Test
  @DisplayName("F47 noise on many sockets")
  void noise() throws Exception {
    var lot = new Random(4711);
    for (int i = 0; i < 60; i++) {
      try (var line = open()) {
        var noise = new byte[1 + lot.nextInt(400)];
        lot.nextBytes(noise);
        if (i % 2 == 0) line.raw(noise);
        else line.frame(Line.TEXT, new JsonObject().put("type", noise).encode().getBytes("UTF-8"));
      } catch (IOException closed) {
        // As it may be.
      }
    }
  }

  @Test
  @DisplayName("A97 a flood of pings ends, and whoever does not read the answers piles up none")
  void pings() throws Exception {
    int code = closedAfter(line -> flood(line, 20_000));
    assertTrue(code == 1008 || code == 4008 || code == LOST, "" + code);
    try (var deaf = Line.deaf(SERVER.port(), Line.channels("p1"))) {
      boolean refused = false;
      try {
        for (int i = 0; i < 400; i++) flood(deaf, 1_000);
      } catch (IOException reset) {
        refused = true;
      }
      assertTrue(refused, "fifty megabytes of pings are not taken");
    }
  }

  private static void flood(Line line, int pings) throws IOException {
    var ping = Line.masked(Line.PING, new byte[120]);
    for (int i = 0; i < pings; i++) line.raw(ping);
  }

  @Test
  @DisplayName("A97 F19 a socket that only says that it is one")
  void silentHandshakes() throws Exception {
    for (var request :
        new String[] {
          "GET /v1/realtime?project=p1 HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /v1/realtime?project=p1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
              + "Connection: Upgrade\r\n\r\n",
          "GET /v1/realtime?project=p1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
              + "Connection: Upgrade\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n\r\n",
          "POST /v1/realtime?project=p1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
              + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 0\r\n\r\n"
        }) {
      try (var socket = new Socket("127.0.0.1", SERVER.port())) {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertTrue(status.startsWith("HTTP/1.1 4"), status + " for " + request);
      }
    }
  }

  @Test
  @DisplayName("A98 no compression is agreed on, and a frame that claims it closes the socket")
  void compression() throws Exception {
    var offers =
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits,"
            + " x-webkit-deflate-frame";
    try (var line = Line.open(SERVER.port(), Line.channels("p1"), offers)) {
      assertFalse(line.answer().toLowerCase().contains("sec-websocket-extensions"), line.answer());
      line.next("connected");
      line.frame(
          0xc1, new byte[] {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0});
      assertTrue(line.closeCode() > 1000);
    }
  }
}
