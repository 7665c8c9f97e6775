package dev.celadon;

import dev.celadon.config.Config;
import dev.celadon.event.LogReader;
import dev.celadon.event.Retention;
import dev.celadon.event.SnapshotPositions;
import dev.celadon.realtime.Doorman;
import dev.celadon.realtime.Limits;
import dev.celadon.realtime.Realtime;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The part of the wiring that is about events: the node's reader, realtime, retention. */
final class Happenings {

  /** What one reading of the log brings at most: so many events, so many bytes. */
  private static final int ROWS = 5_000;

  private static final long BYTES = 16L << 20;

  /** A replay is read in smaller pieces, since a client has to take them. */
  private static final int REPLAY_ROWS = 500;

  private static final long REPLAY_BYTES = 1L << 20;

  private final Db transactions;
  private final LogReader reader;
  private final Realtime realtime;
  private final Retention retention;

  /**
   * @param open makes a payload as readers see it of one as it is stored
   */
  Happenings(
      Vertx vertx, Config config, Postgres postgres, Doorman doorman, UnaryOperator<String> open) {
    transactions = postgres.transactions();
    var events = config.events();
    reader =
        new LogReader(
            vertx,
            new SnapshotPositions(postgres.list(), ROWS, BYTES, open),
            new LogReader.Pace(events.coalesceMs(), events.pollMs()));
    realtime =
        new Realtime(
            doorman,
            reader,
            new SnapshotPositions(postgres.list(), REPLAY_ROWS, REPLAY_BYTES, open),
            limits(config));
    var settle = Duration.ofMillis(config.postgres().statementTimeoutMs()).multipliedBy(2);
    retention =
        new Retention(
            transactions,
            Clock.systemUTC(),
            new Retention.Bounds(
                events.retentionDays(), events.retentionBytes(), settle.toMillis()));
  }

  private static Limits limits(Config config) {
    var realtime = config.realtime();
    boolean limited = config.limits().enabled();
    return new Limits(
        limited ? realtime.messagesPerMinute() : Integer.MAX_VALUE,
        limited ? realtime.connectionsPerAddress() : 0,
        realtime.channelsPerConnection(),
        realtime.queueBytes(),
        realtime.queueAgeMs(),
        Limits.USUAL.pingMs(),
        Limits.USUAL.pongMs(),
        Limits.USUAL.refreshMs());
  }

  /** Finds out whether the database is the one it was, and makes room for today. Waits. */
  void open() {
    SnapshotPositions.open(transactions);
    retention.prepare();
  }

  /** Before the port is open. */
  void start() {
    reader.start();
  }

  /** Drops what is too old, now and each hour: to be called by a node that is there to stay. */
  void retain(Vertx vertx) {
    retention.schedule(vertx);
  }

  /** Subscribers are told to come back elsewhere. */
  void stop() {
    realtime.close();
    reader.stop();
  }

  void wake() {
    reader.wake();
  }

  Realtime realtime() {
    return realtime;
  }
}
