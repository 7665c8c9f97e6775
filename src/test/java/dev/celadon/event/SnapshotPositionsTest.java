package dev.celadon.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Db;
import dev.celadon.store.TestPostgres;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SnapshotPositionsTest {

  private final TestLog log = new TestLog(TestPostgres.fresh(), 100);

  @Test
  void aSlowTransactionThatOthersOvertakeIsNotLost() throws Exception {
    var begun = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    var slowId = new AtomicLong();
    var start = log.now();
    var slow =
        CompletableFuture.runAsync(
            () ->
                log.db()
                    .tx(
                        tx -> {
                          slowId.set(TestLog.row(tx, "p", "slow", "any"));
                          begun.countDown();
                          await(commit);
                          return 0;
                        }));
    begun.await();
    var fast = List.of(TestLog.row(log.db(), "p", "1", "any"), TestLog.row(log.db(), "p", "2"));
    var slice = log.read(start);
    assertEquals(fast, slice.events().stream().map(Logged::id).toList());
    assertTrue(slowId.get() < fast.getFirst(), "the slow one has the lower id");
    var token = slice.events().getLast().position().token();
    commit.countDown();
    slow.get(10, TimeUnit.SECONDS);
    long later = TestLog.row(log.db(), "p", "3", "any");
    assertEquals(List.of(slowId.get(), later), log.all(Position.parse(token).orElseThrow()));
    assertEquals(
        List.of(slowId.get(), fast.get(0), fast.get(1), later), log.all(start), "from the start");
  }

  @Test
  void aTokenWithinABatchLeavesNothingOutAndRepeatsNothing() throws Exception {
    var start = log.now();
    var begun = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    var slowId = new AtomicLong();
    var slow =
        CompletableFuture.runAsync(
            () ->
                log.db()
                    .tx(
                        tx -> {
                          slowId.set(TestLog.row(tx, "p", "slow", "any"));
                          begun.countDown();
                          await(commit);
                          return 0;
                        }));
    begun.await();
    var ids = new ArrayList<Long>();
    for (int i = 0; i < 250; i++) ids.add(TestLog.row(log.db(), "p", "r" + i, "any"));
    var slice = log.read(start);
    assertEquals(100, slice.events().size());
    assertTrue(slice.more());
    for (int at : List.of(0, 57, 99)) {
      var resumed = Position.parse(slice.events().get(at).position().token()).orElseThrow();
      assertEquals(ids.subList(at + 1, ids.size()), log.all(resumed), "after event " + at);
    }
    commit.countDown();
    slow.get(10, TimeUnit.SECONDS);
    var rest = log.all(slice.events().get(57).position());
    var expected = new TreeSet<>(ids.subList(58, ids.size()));
    expected.add(slowId.get());
    assertEquals(expected, new TreeSet<>(rest));
    assertEquals(rest.size(), new HashSet<>(rest).size(), "nothing twice");
  }

  @Test
  void manyWritersAndAReaderThatResumesFromItsTokens() throws Exception {
    var random = new Random(3);
    var written = java.util.concurrent.ConcurrentHashMap.<Long>newKeySet();
    var start = log.now();
    var writers = new ArrayList<CompletableFuture<Void>>();
    for (int w = 0; w < 3; w++) {
      int seed = random.nextInt();
      writers.add(CompletableFuture.runAsync(() -> write(new Random(seed), written)));
    }
    var seen = new ArrayList<Long>();
    var position = start;
    boolean ended = false;
    while (true) {
      var slice = log.read(position);
      slice.events().forEach(event -> seen.add(event.id()));
      var token =
          slice.events().isEmpty() || random.nextBoolean()
              ? slice.next().token()
              : slice.events().getLast().position().token();
      position = Position.parse(token).orElseThrow();
      if (ended && !slice.more() && slice.events().isEmpty()) break;
      ended = writers.stream().allMatch(CompletableFuture::isDone);
    }
    assertEquals(new TreeSet<>(written), new TreeSet<>(seen));
    assertEquals(written.size(), seen.size(), "nothing twice");
  }

  private void write(Random random, java.util.Set<Long> written) {
    for (int i = 0; i < 60; i++) {
      boolean fail = random.nextInt(10) == 0;
      var mine = new ArrayList<Long>();
      try {
        log.db()
            .tx(
                tx -> {
                  for (int n = random.nextInt(8); n >= 0; n--) {
                    mine.add(TestLog.row(tx, "p", "r" + n, "any"));
                    if (random.nextInt(6) == 0) pause(random.nextInt(20));
                  }
                  if (fail) throw new IllegalStateException("rolled back");
                  return 0;
                });
        written.addAll(mine);
      } catch (IllegalStateException e) {
        // What was rolled back was never there.
      }
    }
  }

  @Test
  void theNewestEventOfAResourceSaysWhoIsAllowed() throws Exception {
    var start = log.now();
    TestLog.row(log.db(), "p", "42", "any");
    TestLog.row(log.db(), "p", "43", "any");
    TestLog.write(
        log.db(),
        "p",
        "databases.[databaseId].collections.[collectionId].documents.[documentId].update",
        List.of("main", "posts", "42"),
        "user:a");
    var events = log.read(start).events();
    assertEquals(List.of("user:a"), events.get(0).allowed(), "through the other vocabulary too");
    assertEquals(List.of("any"), events.get(0).readers());
    assertEquals(List.of("any"), events.get(1).allowed());
  }

  @Test
  void foreignAndFutureAndForgedTokensAreGaps() throws Exception {
    var now = log.now();
    assertFalse(log.read(now).gap());
    assertTrue(log.read(Position.at("ffffffffffff", now.seen())).gap());
    var seen = now.seen();
    var future = new Snapshot(seen.xmin(), seen.xmax() + 100_000, List.of());
    assertTrue(log.read(Position.at(now.epoch(), future)).gap());
    assertTrue(log.read(new Position(now.epoch(), seen, future, 1)).gap());
    var huge = Position.parse(now.epoch() + "-zzzzzzzzzzz.zzzzzzzzzzz.1.2").orElseThrow();
    assertTrue(log.read(huge).gap());
  }

  @Test
  void whatAReadingTouchesDoesNotGrowWithTheLog() {
    var touched =
        log.db()
            .tx(
                tx -> {
                  // A plan that is made while the log is empty is the one that is kept.
                  read(tx, "1:1:");
                  tx.run(
                      EventLog.INSERT
                          + " SELECT 'p', $1, ARRAY['main', 'posts', n::text], 1, '{any}',"
                          + " 'user:u', '', '', '', '{}' FROM generate_series(1, 3000) n",
                      TestLog.ROW);
                  assertEquals(3_000, read(tx, "1:1:"));
                  long before = touched(tx);
                  var behind = "9000000001:9000000009:9000000001,9000000007";
                  assertEquals(0, read(tx, behind));
                  return touched(tx) - before;
                });
    assertTrue(touched < 100, touched + " rows were touched to find none");
  }

  private static long read(Db tx, String seen) {
    return tx.one(
            row -> row.getLong(0),
            "SELECT count(id) FROM celadon.events_after("
                + "'{p}', $1::text::pg_snapshot, NULL, 0, 10000, 10000000)",
            seen)
        .orElseThrow();
  }

  private static long touched(Db tx) {
    return tx.one(
            row -> row.getLong(0),
            """
            SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint
            FROM pg_stat_xact_user_tables WHERE relname LIKE 'events%'
            """)
        .orElseThrow();
  }

  @Test
  void anotherProjectsEventsStayThere() throws Exception {
    var start = log.now();
    TestLog.row(log.db(), "q", "1", "any");
    assertEquals(List.of(), log.all(start));
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("waited too long");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
