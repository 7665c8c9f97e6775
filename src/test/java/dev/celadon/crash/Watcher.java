package dev.celadon.crash;

import dev.celadon.bench.Fixture;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A subscriber that comes back after each crash and resumes from the last place that it has seen.
 */
final class Watcher implements AutoCloseable {

  private static final int AGAIN_MS = 50;
  private static final int PING_MS = 15_000;
  private static final int FRAME_BYTES = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxFrameSize(FRAME_BYTES).setMaxMessageSize(FRAME_BYTES));
  private final Fixture fixture;
  private final String table;
  private final List<String> surprises;
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final Map<Long, String> seen = new ConcurrentHashMap<>();
  private final Map<String, Long> counters = new ConcurrentHashMap<>();
  private final Set<String> repeated = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile String seq = "";
  private volatile boolean closing;

  Watcher(Fixture fixture, String table, List<String> surprises) {
    this.fixture = fixture;
    this.table = table;
    this.surprises = surprises;
  }

  /** Connects, and waits for the greeting. */
  void start() throws InterruptedException {
    connect();
    greeted.await();
  }

  /** The ids of the events that came, each with the id of its row. */
  Map<Long, String> seen() {
    return seen;
  }

  /** How many came more than once. */
  int repeated() {
    return repeated.size();
  }

  int connections() {
    return connections.get();
  }

  private void connect() {
    if (closing) return;
    var uri =
        "/v1/realtime?project="
            + Fixture.PROJECT
            + "&channels%5B%5D=tablesdb.default.tables."
            + table
            + ".rows";
    if (!seq.isEmpty()) uri += "&since=" + URLEncoder.encode(seq, StandardCharsets.UTF_8);
    var session = fixture.user().headers().get("x-appwrite-session");
    var options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(fixture.port())
            .setURI(uri)
            .setTimeout(5_000)
            .putHeader("cookie", "a_session_" + Fixture.PROJECT + "=" + session);
    client.connect(options).onSuccess(this::connected).onFailure(gone -> later());
  }

  private void connected(WebSocket socket) {
    connections.incrementAndGet();
    long ping = vertx.setPeriodic(PING_MS, tick -> socket.writeTextMessage("{\"type\":\"ping\"}"));
    socket.textMessageHandler(text -> received(new JsonObject(text)));
    socket.exceptionHandler(broken -> {});
    socket.closeHandler(
        gone -> {
          vertx.cancelTimer(ping);
          later();
        });
  }

  private void later() {
    if (!closing) vertx.setTimer(AGAIN_MS, go -> connect());
  }

  private void received(JsonObject frame) {
    switch (frame.getString("type")) {
      case "connected" -> {
        if (seq.isEmpty()) seq = frame.getJsonObject("data").getString("seq", "");
        greeted.countDown();
      }
      case "event" -> event(frame.getJsonObject("data"));
      case "gap" -> surprises.add("the subscriber was told of a gap");
      case "error" -> {
        // A server that starts or stops may have to send its clients away.
        if (frame.getJsonObject("data").getInteger("code") == 1003) surprises.add(frame.encode());
      }
      default -> {}
    }
  }

  private void event(JsonObject data) {
    seq = data.getString("seq");
    var id = data.getString("id");
    var row = data.getJsonObject("payload").getString("$id");
    long number = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    if (seen.put(number, row) != null) {
      repeated.add(id);
      return;
    }
    long counter = data.getJsonObject("payload").getLong("likes");
    var before = counters.put(row, counter);
    if (before != null && before > counter) {
      surprises.add("row " + row + " went from " + before + " back to " + counter);
    }
  }

  @Override
  public void close() {
    closing = true;
    vertx.close().await();
  }
}
