package dev.celadon.domain.installation;

import dev.celadon.store.Db;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How the installation is. Answers are at most a second old and take at most a second, so that
 * asking often costs nothing and asking a dead database neither. Never waits: an event loop may
 * ask.
 */
public final class Health {

  private static final long FRESH_MS = 1_000;
  private static final long PATIENCE_MS = 1_000;

  /** What came of one probe: how long it took, and whether the thing works. */
  public record Status(String name, long pingMs, boolean passes) {}

  /** The clock of PostgreSQL and that of this node, in milliseconds since 1970. */
  public record Clocks(long remoteMs, long localMs) {}

  private record Recent(long askedMs, Future<Status> status) {}

  private final Db db;
  private final Clock clock;
  private final Map<String, Recent> recent = new ConcurrentHashMap<>();

  /**
   * @param db the point client
   */
  public Health(Db db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  /** Whether PostgreSQL answers. */
  public Future<Status> database(String name) {
    return check(new Probe(name, () -> db.runAsync("SELECT 1")));
  }

  /** All of these probes, in their order. */
  public Future<List<Status>> all(List<Probe> probes) {
    var checks = probes.stream().map(this::check).toList();
    return Future.all(checks).map(done -> done.<Status>list());
  }

  /** One probe, or what came of it within the last second. */
  public Future<Status> check(Probe probe) {
    long now = clock.millis();
    return recent.compute(
            probe.name(),
            (name, last) ->
                last != null && now - last.askedMs < FRESH_MS
                    ? last
                    : new Recent(now, start(probe)))
        .status;
  }

  private Future<Status> start(Probe probe) {
    long started = System.nanoTime();
    return probe
        .check()
        .start()
        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
        .transform(
            result ->
                Future.succeededFuture(
                    new Status(
                        probe.name(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
                        result.succeeded())));
  }

  /** Compares the clock of PostgreSQL with ours; half of the way there and back is taken off. */
  public Future<Clocks> clocks() {
    long sent = clock.millis();
    return db.oneAsync(
            row -> row.getLong(0), "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
        .map(remote -> new Clocks(remote.orElse(0L), sent + (clock.millis() - sent) / 2));
  }
}
