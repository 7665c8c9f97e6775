package dev.celadon.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cuts clients that keep a connection open without finishing the head of a request. Vert.x bounds
 * silence (idleTimeout), not slowness: one byte every few seconds would hold a socket for ever.
 */
final class Connections {

  private static final long BUSY = Long.MAX_VALUE;
  private static final long SWEEP_MS = 1_000;

  private final Clock clock;
  private final long firstMs;
  private final long nextMs;
  private final ConcurrentHashMap<HttpConnection, AtomicLong> deadlines = new ConcurrentHashMap<>();

  /**
   * @param firstMs how long the head of a connection's first request may take
   * @param nextMs how long a connection may wait, and spell, between two requests
   */
  Connections(Clock clock, long firstMs, long nextMs) {
    this.clock = clock;
    this.firstMs = firstMs;
    this.nextMs = nextMs;
  }

  void watch(Vertx vertx) {
    vertx.setPeriodic(SWEEP_MS, timer -> sweep());
  }

  void opened(HttpConnection connection) {
    deadlines.put(connection, new AtomicLong(clock.millis() + firstMs));
    connection.closeHandler(closed -> deadlines.remove(connection));
  }

  /** A request's head is complete. */
  void busy(HttpConnection connection) {
    var deadline = deadlines.get(connection);
    if (deadline != null) deadline.setPlain(BUSY);
  }

  /** A reply is on its way; the next head may take its time again. */
  void waiting(HttpConnection connection) {
    var deadline = deadlines.get(connection);
    if (deadline != null) deadline.setPlain(clock.millis() + nextMs);
  }

  private void sweep() {
    long now = clock.millis();
    deadlines.forEach(
        (connection, deadline) -> {
          if (deadline.get() < now) connection.close();
        });
  }
}
