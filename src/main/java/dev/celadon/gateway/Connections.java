package dev.celadon.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts clients that keep a connection open without finishing the head of a request, without taking
 * their answer, or sending what nobody wants. Vert.x bounds silence (idleTimeout), not slowness:
 * one byte every few seconds would hold a socket for ever.
 */
final class Connections {

  private static final long BUSY = Long.MAX_VALUE;
  private static final long SWEEP_MS = 1_000;

  /** How long the rest of a body may arrive, unread, after its request has been answered. */
  private static final long DRAIN_MS = 2_000;

  private static final class Watch {
    private final boolean surplus;
    private volatile long deadline;

    Watch(long deadline, boolean surplus) {
      this.deadline = deadline;
      this.surplus = surplus;
    }
  }

  private final Clock clock;
  private final Crowd crowd;
  private final long firstMs;
  private final long nextMs;
  private final ConcurrentHashMap<HttpConnection, Watch> watched = new ConcurrentHashMap<>();

  /**
   * @param settings headerTimeoutMs is for the head of a connection's first request; idleTimeoutS
   *     for waiting, and spelling, between two requests, and for taking an answer
   */
  Connections(Clock clock, Settings settings, Crowd crowd) {
    this.clock = clock;
    this.crowd = crowd;
    this.firstMs = settings.headerTimeoutMs();
    this.nextMs = settings.idleTimeoutS() * 1_000L;
  }

  void watch(Vertx vertx) {
    vertx.setPeriodic(SWEEP_MS, timer -> sweep());
  }

  void opened(HttpConnection connection) {
    var welcome = crowd.enter();
    boolean surplus = welcome != Crowd.Welcome.SERVED;
    watched.put(connection, new Watch(clock.millis() + firstMs, surplus));
    // Not the connection's own handler: one that becomes a WebSocket never calls it.
    ((ConnectionBase) connection)
        .channelHandlerContext()
        .channel()
        .closeFuture()
        .addListener(
            closed -> {
              watched.remove(connection);
              crowd.leave();
            });
    if (welcome == Crowd.Welcome.CLOSED) connection.close();
  }

  /** Whether there is no room for a connection, and all it may hear is that. */
  boolean surplus(HttpConnection connection) {
    var watch = watched.get(connection);
    return watch != null && watch.surplus;
  }

  /** A request's head is complete. */
  void busy(HttpConnection connection) {
    until(connection, BUSY);
  }

  /** A piece of a long reply is on its way, and is to be taken in its time. */
  void writing(HttpConnection connection) {
    until(connection, clock.millis() + nextMs);
  }

  /** A reply is on its way; the next head may take its time again, once the body is through. */
  void answered(HttpServerRequest request) {
    // The client has gone before that; who reads the body is to hear of it.
    if (!request.response().ended()) return;
    var connection = request.connection();
    boolean last = request.response().headers().contains("Connection", "close", true);
    if (!Bodies.present(request) || request.isEnded()) {
      until(connection, clock.millis() + nextMs);
      if (last) connection.close();
      return;
    }
    until(connection, clock.millis() + DRAIN_MS);
    request.handler(unwanted -> {});
    request.exceptionHandler(broken -> {});
    request.endHandler(
        end -> {
          until(connection, clock.millis() + nextMs);
          if (last) connection.close();
        });
    request.resume();
  }

  private void until(HttpConnection connection, long deadline) {
    var watch = watched.get(connection);
    if (watch != null) watch.deadline = deadline;
  }

  private void sweep() {
    long now = clock.millis();
    watched.forEach(
        (connection, watch) -> {
          if (watch.deadline < now) connection.close();
        });
  }
}
