package dev.celadon.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.event.EventLog;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Slow, dead and too many clients. */
final class PressureTest {

  @Test
  @DisplayName("F20 a slow consumer is told so, sent away, and can resume without a gap")
  void aSlowConsumerIsSentAwayAndCanResume() throws Exception {
    var limits = new Limits(32, 0, 128, 256 * 1024, 10_000, 25_000, 8_000, 60_000);
    try (var server = new Server(TestPostgres.fresh(), limits)) {
      var slow = server.connect("&channels[]=rows");
      var quick = server.connect("&channels[]=rows");
      var last = slow.next("connected").getString("seq");
      quick.next("connected");
      slow.socket.pause();
      int total = 400;
      for (int i = 0; i < total; i++) {
        large(server, "r" + i);
        if (i % 50 == 0) server.reader.wake();
      }
      assertEquals(total, quick.events(total).size(), "others are not held up");
      await(() -> server.realtime.connections() == 1);
      slow.socket.resume();
      assertEquals(4008, slow.closeCode());
      var seen = new ArrayList<String>();
      for (var frame : slow.frames) {
        var data = frame.getJsonObject("data");
        seen.add(data.getJsonObject("payload").getString("$id"));
        last = data.getString("seq");
      }
      assertTrue(seen.size() < total, "it missed something");
      var resumed = server.connect("&channels[]=rows&since=" + last);
      resumed.next("connected");
      seen.addAll(resumed.events(total - seen.size()));
      for (int i = 0; i < total; i++) assertEquals("r" + i, seen.get(i));
    }
  }

  private static void large(Server server, String id) {
    server
        .postgres
        .point()
        .run(
            EventLog.INSERT
                + " VALUES ('p', 'databases.[databaseId].tables.[tableId].rows.[rowId].create',"
                + " $1, 1, '{any}', '', '', '', '', $2)",
            new String[] {"d", "t", id},
            new JsonObject().put("$id", id).put("text", "x".repeat(50_000)));
  }

  @Test
  @DisplayName("F18 a socket whose other end is gone is closed after a ping without an answer")
  void aDeadSocketIsClosed() throws Exception {
    var limits = new Limits(32, 0, 128, 1 << 20, 10_000, 1_000, 1_000, 60_000);
    try (var server = new Server(TestPostgres.fresh(), limits)) {
      var alive = server.connect("");
      alive.next("connected");
      try (var dead = new Socket("127.0.0.1", server.port())) {
        dead.getOutputStream()
            .write(
                ("GET /v1/realtime?project=p HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        await(() -> server.realtime.connections() == 2);
        await(() -> server.realtime.connections() == 1);
      }
      alive.socket.writeTextMessage("{\"type\":\"ping\"}");
      alive.next("pong");
    }
  }

  @Test
  void oneAddressOpensOnlySoMany() throws Exception {
    var limits = new Limits(32, 3, 128, 1 << 20, 10_000, 25_000, 8_000, 60_000);
    try (var server = new Server(TestPostgres.fresh(), limits)) {
      for (int i = 0; i < 3; i++) server.connect("").next("connected");
      var fourth = server.connect("");
      assertEquals(1013, fourth.next("error").getInteger("code"));
      assertEquals(1013, fourth.closeCode());
    }
  }

  @Test
  void whoIsSentAwayByARestartIsToldSo() throws Exception {
    try (var server = new Server(TestPostgres.fresh(), Limits.USUAL)) {
      var client = server.connect("&channels[]=rows");
      client.next("connected");
      server.realtime.close();
      assertEquals(1012, client.closeCode());
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) throws Exception {
    long until = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) throw new AssertionError("waited too long");
      Thread.sleep(50);
    }
  }
}
