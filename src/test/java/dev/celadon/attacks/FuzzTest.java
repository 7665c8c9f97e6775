package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What no client would send. All random choices come from one seed. */
class FuzzTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As GUEST = As.guest("console");
  static final String UPGRADE =
      "GET /v1/realtime?project=console&channels[]=account HTTP/1.1\r\nHost: localhost\r\n"
          + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

  @Test
  @DisplayName("F47 a malformed WebSocket frame ends its own connection and nothing else")
  void malformedFrames() throws IOException {
    var frames =
        List.of(
            bytes(0x81, 0x01, 'x'), // not masked
            bytes(0x83, 0x80, 0, 0, 0, 0), // reserved opcodes
            bytes(0x8f, 0x80, 0, 0, 0, 0),
            bytes(0xc1, 0x80, 0, 0, 0, 0), // reserved bit
            bytes(0x80, 0x80, 0, 0, 0, 0), // goes on with nothing
            bytes(0x89, 0xfe, 0, 200, 0, 0, 0, 0), // a long ping
            bytes(0x09, 0x80, 0, 0, 0, 0), // a ping in parts
            bytes(0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), // 2^63 bytes
            bytes(0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), // a terabyte
            bytes(0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe), // no UTF-8
            bytes(0x88, 0x81, 0, 0, 0, 0, 1), // half a reason to close
            bytes(0x88, 0x82, 0, 0, 0, 0, 0, 5)); // no reason that there is
    try (var bystander = new Raw(SERVER.port())) {
      bystander.send(UPGRADE).until("connected");
      for (var frame : frames) {
        try (var raw = new Raw(SERVER.port())) {
          raw.send(UPGRADE).until("101 Switching");
          raw.send(frame).closed();
        }
      }
      bystander.send(bytes(0x89, 0x80, 0, 0, 0, 0)).until("\u008a\u0000");
    }
    assertEquals(200, SERVER.get(GUEST, "/v1/health").status());
  }

  @Test
  @DisplayName("F47 messages that are no messages of ours are answered or end their connection")
  void malformedMessages() throws IOException {
    var messages =
        List.of(
            "",
            "x",
            "[]",
            "null",
            "{}",
            "[".repeat(5_000),
            "{\"type\":1}",
            "{\"type\":\"x\"}",
            "{\"type\":\"subscribe\",\"data\":5}",
            "{\"type\":\"authentication\",\"data\":[]}",
            "{\"type\":\"authentication\",\"data\":{\"session\":\"" + "a".repeat(9_000) + "\"}}",
            "{\"type\":\"subscribe\",\"data\":[{\"channels\":[{}]}]}",
            "{\"type\":\"subscribe\",\"data\":[{\"channels\":[\"\\u0000\\ud800\"]}]}");
    for (var message : messages) {
      try (var raw = new Raw(SERVER.port())) {
        raw.send(UPGRADE).until("connected");
        raw.send(text(message)).send(bytes(0x89, 0x80, 0, 0, 0, 0));
        var heard = raw.until("\u008a\u0000");
        assertTrue(heard.length() > 0, message);
      }
    }
    assertEquals(200, SERVER.get(GUEST, "/v1/health").status());
  }

  @Test
  @DisplayName("F47 three hundred connections of noise")
  void noise() throws IOException {
    var random = new Random(47);
    var good = "POST /v1/account HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";
    for (int i = 0; i < 300; i++) {
      var bytes = good.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      if (i % 2 == 0) random.nextBytes(bytes);
      else for (int hits = 0; hits < 3; hits++) bytes[random.nextInt(bytes.length)] = rand(random);
      try (var raw = new Raw(SERVER.port())) {
        raw.send(bytes);
      }
    }
    assertEquals(200, SERVER.get(GUEST, "/v1/health").status());
  }

  @Test
  @DisplayName("F47 what breaks one request breaks no other on its connection")
  void oneRequestFails() throws IOException {
    try (var raw = new Raw(SERVER.port())) {
      for (var body : List.of("{\"userId\":[[]]}", "{\"email\":{}}", "[", "{\"name\":1e400}")) {
        raw.send(Raw.post("/v1/account", body.getBytes()));
      }
      raw.send("GET /v1/version HTTP/1.1\r\nHost: a\r\n\r\n");
      var heard = raw.until("\"product\"");
      assertEquals(4, heard.split("HTTP/1.1 400", -1).length - 1, heard);
    }
    var error = SERVER.post(GUEST, "/v1/account", new JsonObject().put("userId", new JsonObject()));
    assertEquals(400, error.status());
  }

  private static byte rand(Random random) {
    return (byte) random.nextInt(256);
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
    return bytes;
  }

  /** A masked frame of text, the mask being zero. */
  private static byte[] text(String message) {
    int length = message.length();
    var frame = new java.io.ByteArrayOutputStream();
    frame.write(0x81);
    if (length < 126) {
      frame.write(0x80 | length);
    } else {
      frame.writeBytes(bytes(0xfe, length >> 8, length));
    }
    frame.writeBytes(bytes(0, 0, 0, 0));
    frame.writeBytes(message.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    return frame.toByteArray();
  }
}
