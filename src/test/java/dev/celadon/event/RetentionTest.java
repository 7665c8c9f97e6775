package dev.celadon.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionTest {

  private final Postgres postgres = TestPostgres.fresh();
  private final TestLog log = new TestLog(postgres, 100);

  @Test
  void makesTheDaysAheadAndMovesWhatCameTooEarly() throws Exception {
    long id = TestLog.row(log.db(), "p", "1", "any");
    var start = log.now();
    retention(Duration.ZERO, 30, Long.MAX_VALUE).run();
    assertEquals(4, partitions().size(), "three days and the default: " + partitions());
    assertEquals(0, count("celadon.events_default"));
    assertEquals(1, count("celadon.events"));
    long next = TestLog.row(log.db(), "p", "2", "any");
    assertTrue(next > id, "ids go on");
    assertEquals(0, count("celadon.events_default"));
    assertEquals(List.of(next), log.all(start));
    retention(Duration.ZERO, 30, Long.MAX_VALUE).run();
    assertEquals(4, partitions().size(), "again changes nothing");
  }

  @Test
  void dropsOldDaysAndThenOldTokensAnswerGap() throws Exception {
    retention(Duration.ZERO, 7, Long.MAX_VALUE).run();
    var old = log.now();
    TestLog.row(log.db(), "p", "1", "any");
    retention(Duration.ofDays(3), 7, Long.MAX_VALUE).run();
    assertFalse(log.read(old).gap(), "still within the history");
    assertEquals(1, log.all(old).size());
    var recent = log.now();
    retention(Duration.ofDays(12), 7, Long.MAX_VALUE).run();
    assertEquals(0, count("celadon.events"));
    assertTrue(log.read(old).gap());
    TestLog.row(log.db(), "p", "2", "any");
    assertEquals(5, partitions().size(), "of the age kept, ahead, default: " + partitions());
    var after = log.now();
    assertFalse(log.read(after).gap());
    assertTrue(recent.seen().xmin() <= after.seen().xmin());
  }

  @Test
  void dropsTheOldestDayWhenTheLogIsTooLarge() throws Exception {
    retention(Duration.ZERO, 30, Long.MAX_VALUE).run();
    var old = log.now();
    TestLog.row(log.db(), "p", "1", "any");
    retention(Duration.ofDays(1), 30, 1).run();
    assertTrue(log.read(old).gap());
    assertEquals(0, count("celadon.events"));
  }

  @Test
  void straysGoByAgeAndSaySo() throws Exception {
    var old = log.now();
    TestLog.row(log.db(), "p", "1", "any");
    log.db().run("UPDATE celadon.events SET time = now() - interval '40 days'");
    retention(Duration.ZERO, 30, Long.MAX_VALUE).run();
    assertEquals(0, count("celadon.events"));
    assertTrue(log.read(old).gap());
    assertFalse(log.read(log.now()).gap());
  }

  private Retention retention(Duration ahead, int days, long bytes) {
    var clock = Clock.fixed(Instant.now().plus(ahead), ZoneOffset.UTC);
    return new Retention(postgres.transactions(), clock, new Retention.Bounds(days, bytes, 10));
  }

  private List<String> partitions() {
    return log.db()
        .list(
            row -> row.getString(0),
            "SELECT inhrelid::regclass::text FROM pg_inherits"
                + " WHERE inhparent = 'celadon.events'::regclass");
  }

  private int count(String table) {
    return log.db()
        .one(row -> row.getInteger(0), "SELECT count(*)::int FROM " + table)
        .orElseThrow();
  }
}
