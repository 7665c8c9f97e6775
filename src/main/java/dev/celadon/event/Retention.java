package dev.celadon.event;

import dev.celadon.store.Db;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log within bounds: makes the partition of each day ahead of it, and drops whole days by
 * age and by size. What was dropped is announced first, as the horizon below which positions answer
 * with a gap; so nothing disappears silently. Any node may run it; one at a time does.
 */
public final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long LOCK = 0x6576656e7473L;
  private static final int DAYS_AHEAD = 3;
  private static final String PREFIX = "events_";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

  /**
   * @param days how many days are kept
   * @param bytes how large the log may be, indexes included; the current day is always kept
   * @param settleMs how long after the announcement the drop follows, in milliseconds: longer than
   *     a reading may run
   */
  public record Bounds(int days, long bytes, long settleMs) {}

  private final Db db;
  private final Clock clock;
  private final Bounds bounds;

  public Retention(Db transactions, Clock clock, Bounds bounds) {
    this.db = transactions;
    this.clock = clock;
    this.bounds = bounds;
  }

  /** Runs now, and then each hour, on a virtual thread each time. */
  public void schedule(Vertx vertx) {
    Runnable work = () -> Thread.ofVirtual().name("retention").start(this::tryRun);
    work.run();
    vertx.setPeriodic(Duration.ofHours(1).toMillis(), tick -> work.run());
  }

  private void tryRun() {
    try {
      run();
    } catch (RuntimeException e) {
      LOG.warn("retention of the event log failed, the next hour tries again: {}", e.toString());
    }
  }

  /** Makes the partitions of the days to come, marks closed ones, drops what is out of bounds. */
  public void run() {
    var today = prepare();
    mark(today);
    for (var due = due(today); due.isPresent(); due = due(today)) {
      announce(due.get());
      settle();
      if (!drop(due.get())) return;
    }
    strays(today);
  }

  /**
   * Makes the partitions of today and the days to come. To be called before anything is written: a
   * row on its way to the default partition is refused when its day gets one of its own meanwhile.
   */
  public LocalDate prepare() {
    var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    var days = Stream.iterate(today, day -> day.plusDays(1)).limit(DAYS_AHEAD).toList();
    // At nearly every start they are all there, and one question is enough to know.
    var missing =
        db.list(
            row -> days.get(row.getInteger(0) - 1),
            """
            SELECT n::integer FROM unnest($1::text[]) WITH ORDINALITY x (name, n)
            WHERE to_regclass(name) IS NULL\
            """,
            (Object) days.stream().map(Retention::partition).toArray(String[]::new));
    missing.forEach(this::make);
    return today;
  }

  private static String partition(LocalDate day) {
    return "celadon." + PREFIX + DAY.format(day);
  }

  /**
   * The partition of a day. What the default partition holds of that day moves into it. Nothing is
   * planned by who is in the lists, and to sample them takes PostgreSQL most of its ANALYZE.
   */
  private void make(LocalDate day) {
    var name = partition(day);
    locked(
        tx -> {
          if (tx.one(row -> row.getString(0), TO_CLASS, name).isPresent()) return true;
          var from = "'" + day + " 00:00+00'";
          var to = "'" + day.plusDays(1) + " 00:00+00'";
          tx.script("CREATE TABLE " + name + " (LIKE celadon.events INCLUDING DEFAULTS)");
          tx.script(
              """
              WITH moved AS (
                DELETE FROM celadon.events_default WHERE time >= %2$s AND time < %3$s RETURNING *)
              INSERT INTO %1$s SELECT * FROM moved;
              ALTER TABLE %1$s
                ALTER ids SET STATISTICS 0, ALTER readers SET STATISTICS 0;
              ALTER TABLE celadon.events ATTACH PARTITION %1$s
                FOR VALUES FROM (%2$s) TO (%3$s)
              """
                  .formatted(name, from, to));
          return true;
        });
  }

  private static final String TO_CLASS =
      "SELECT to_regclass($1)::text WHERE to_regclass($1) IS NOT NULL";

  /**
   * Notes for each closed day a transaction id that none of its rows has reached: every row got its
   * id before its time, and its time has passed.
   */
  private void mark(LocalDate today) {
    db.run(
        """
        INSERT INTO celadon.event_marks
        SELECT c.relname, pg_snapshot_xmax(pg_current_snapshot())
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'celadon.events'::regclass
          AND c.relname ~ '^events_\\d{8}$' AND c.relname < $1
        ON CONFLICT DO NOTHING
        """,
        PREFIX + DAY.format(today));
  }

  /** The oldest closed day if it is too old or the log too large. */
  private Optional<String> due(LocalDate today) {
    return db.one(
        row -> row.getString(0),
        """
        SELECT m.partition FROM celadon.event_marks m
        WHERE m.partition = (SELECT min(partition) FROM celadon.event_marks)
          AND (m.partition < $1 OR $2 < (
            SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits
            WHERE inhparent = 'celadon.events'::regclass))
        """,
        PREFIX + DAY.format(today.minusDays(bounds.days)),
        bounds.bytes);
  }

  private void announce(String partition) {
    db.run(
        HORIZON
            + "SELECT 'events.horizon', xid::text FROM celadon.event_marks"
            + " WHERE partition = $1"
            + RAISED,
        partition);
  }

  private static final String HORIZON = "INSERT INTO celadon.meta ";

  private static final String RAISED =
      """
       ON CONFLICT (key) DO UPDATE
        SET value = greatest(celadon.meta.value::xid8, excluded.value::xid8)::text
      """;

  private void settle() {
    try {
      Thread.sleep(bounds.settleMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private boolean drop(String partition) {
    return locked(
        tx -> {
          tx.script("DROP TABLE IF EXISTS celadon." + partition);
          tx.run("DELETE FROM celadon.event_marks WHERE partition = $1", partition);
          LOG.info("dropped {} of the event log", partition);
          return true;
        });
  }

  /** What came into the default partition, because no day was ready or a clock was wrong. */
  private void strays(LocalDate today) {
    db.run(
        """
        WITH gone AS (
          DELETE FROM celadon.events_default WHERE time < $1::text::timestamptz RETURNING xid)
        """
            + HORIZON
            + "SELECT 'events.horizon', (max(xid)::text::bigint + 1)::text FROM gone"
            + " HAVING count(*) > 0"
            + RAISED,
        today.minusDays(bounds.days) + " 00:00+00");
  }

  /** One node at a time, and never long in the way of writers, who would queue behind the lock. */
  private boolean locked(Predicate<Db> work) {
    return db.tx(
        tx -> {
          tx.script("SET LOCAL lock_timeout = '500ms'");
          boolean mine =
              tx.one(row -> row.getBoolean(0), "SELECT pg_try_advisory_xact_lock($1)", LOCK)
                  .orElseThrow();
          return mine && work.test(tx);
        });
  }
}
