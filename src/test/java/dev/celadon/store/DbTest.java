package dev.celadon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DbTest {

  private static final Postgres PG = TestPostgres.fresh();

  @BeforeAll
  static void table() {
    PG.transactions()
        .script(
            """
            CREATE TABLE thing (id int CONSTRAINT thing_is_unique PRIMARY KEY, name text);
            INSERT INTO thing VALUES (1, 'one'), (2, 'two')
            """);
  }

  @Test
  void readsOneAndListAndCounts() {
    for (Db db : List.of(PG.point(), PG.list(), PG.transactions())) {
      assertEquals(
          Optional.of("two"),
          db.one(row -> row.getString(0), "SELECT name FROM thing WHERE id = $1", 2));
      assertEquals(
          Optional.empty(),
          db.one(row -> row.getString(0), "SELECT name FROM thing WHERE id = $1", -1));
      assertEquals(
          List.of(1, 2),
          db.list(row -> row.getInteger(0), "SELECT id FROM thing WHERE id < 3 ORDER BY id"));
      assertEquals(1, db.run("UPDATE thing SET name = $1 WHERE id = $2", "one", 1));
    }
  }

  @Test
  void clientsAreToldApartByTheirPlans() {
    assertEquals("force_generic_plan", setting(PG.point(), "plan_cache_mode"));
    assertEquals("force_custom_plan", setting(PG.list(), "plan_cache_mode"));
    assertEquals("auto", setting(PG.transactions(), "plan_cache_mode"));
    assertEquals("10s", setting(PG.point(), "statement_timeout"));
    assertEquals("celadon", setting(PG.list(), "application_name"));
  }

  private static String setting(Db db, String name) {
    return db.one(row -> row.getString(0), "SELECT current_setting($1)", name).orElseThrow();
  }

  @Test
  void answersOnTheEventLoopThatAsked() throws Exception {
    var context = TestPostgres.vertx().getOrCreateContext();
    Promise<List<Thread>> threads = Promise.promise();
    context.runOnContext(
        go -> {
          Thread asked = Thread.currentThread();
          PG.point()
              .oneAsync(row -> row.getInteger(0), "SELECT 1")
              .map(
                  one -> {
                    assertTrue(Context.isOnEventLoopThread());
                    return List.of(asked, Thread.currentThread());
                  })
              .onComplete(threads);
        });
    var seen = threads.future().await();
    assertEquals(seen.get(0), seen.get(1));
  }

  @Test
  void servesVirtualThreads() throws Exception {
    List<Future<Integer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        int mine = i;
        answers.add(
            threads.submit(
                () ->
                    PG.point()
                        .one(row -> row.getInteger(0), "SELECT $1::int", mine)
                        .orElseThrow()));
      }
    }
    for (int i = 0; i < 200; i++) {
      assertEquals(i, answers.get(i).get());
    }
  }

  @Test
  void conflictNamesTheConstraint() {
    var waiting =
        assertThrows(
            Db.Conflict.class, () -> PG.point().run("INSERT INTO thing VALUES (1, 'again')"));
    assertEquals("thing_is_unique", waiting.constraint());
    var async =
        assertThrows(
            Db.Conflict.class,
            () -> PG.point().runAsync("INSERT INTO thing VALUES (1, 'again')").await());
    assertEquals("thing_is_unique", async.constraint());
  }

  @Test
  void otherRefusalsKeepTheirState() {
    var refused = assertThrows(PgException.class, () -> PG.point().run("SELECT 1 / 0"));
    assertEquals("22012", refused.getSqlState());
  }

  @Test
  void aTransactionIsAllOrNothing() {
    assertThrows(
        Db.Conflict.class,
        () ->
            PG.transactions()
                .tx(
                    tx -> {
                      tx.run("INSERT INTO thing VALUES (10, 'ten')");
                      return tx.run("INSERT INTO thing VALUES (1, 'again')");
                    }));
    assertFalse(exists(10));
    int count = PG.transactions().tx(tx -> tx.run("INSERT INTO thing VALUES (11, 'eleven')"));
    assertEquals(1, count);
    assertTrue(exists(11));
  }

  @Test
  void whatTheWorkThrowsIsThrownAndRollsBack() {
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                PG.transactions()
                    .tx(
                        tx -> {
                          tx.run("INSERT INTO thing VALUES (12, 'twelve')");
                          throw new IllegalStateException("mine");
                        }));
    assertEquals("mine", thrown.getMessage());
    assertFalse(exists(12));
  }

  private static boolean exists(int id) {
    return PG.point().one(row -> true, "SELECT 1 FROM thing WHERE id = $1", id).isPresent();
  }

  @Test
  void aPartFailsAloneOrIsOnlyTried() {
    var insert = "INSERT INTO thing VALUES ($1, $2)";
    PG.transactions()
        .tx(
            tx -> {
              tx.run(insert, 21, "kept");
              assertThrows(
                  Db.Conflict.class,
                  () ->
                      tx.attempt(part -> part.run(insert, 22, "undone") + part.run(insert, 1, "")));
              assertEquals(1, tx.<Integer>trial(part -> part.run(insert, 23, "tried")));
              assertEquals(1, tx.<Integer>attempt(part -> part.run(insert, 24, "kept too")));
              return tx.tx(inner -> inner.run(insert, 25, "a part of the whole"));
            });
    assertEquals(
        List.of(21, 24, 25),
        PG.point().list(row -> row.getInteger(0), "SELECT id FROM thing WHERE id > 20 ORDER BY 1"));
    PG.transactions().run("DELETE FROM thing WHERE id > 20");
    assertThrows(IllegalStateException.class, () -> PG.transactions().attempt(part -> 0));
  }

  @Test
  void aTransactionHasItsOwnTimeout() {
    long begin = System.nanoTime();
    assertThrows(
        Db.TimedOut.class, () -> PG.transactions().tx(50, tx -> tx.run("SELECT pg_sleep(5)")));
    assertTrue(System.nanoTime() - begin < 3_000_000_000L);
    assertEquals("10s", setting(PG.transactions(), "statement_timeout"));
  }

  @Test
  void deadlocksAreRunAgain() throws Exception {
    PG.transactions()
        .script("CREATE TABLE pair (id int, n int); INSERT INTO pair VALUES (1, 0), (2, 0)");
    var bothHoldOne = new CountDownLatch(2);
    var attempts = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var there = threads.submit(() -> increment(1, 2, bothHoldOne, attempts));
      var back = threads.submit(() -> increment(2, 1, bothHoldOne, attempts));
      there.get();
      back.get();
    }
    assertEquals(3, attempts.get());
    assertEquals(List.of(2, 2), PG.list().list(row -> row.getInteger(0), "SELECT n FROM pair"));
  }

  private static int increment(int first, int second, CountDownLatch latch, AtomicInteger count) {
    return PG.transactions()
        .tx(
            tx -> {
              count.incrementAndGet();
              tx.run("UPDATE pair SET n = n + 1 WHERE id = $1", first);
              latch.countDown();
              try {
                latch.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return tx.run("UPDATE pair SET n = n + 1 WHERE id = $1", second);
            });
  }

  @Test
  void anUnreachableServerIsUnavailable() throws Exception {
    var nowhere = TestPostgres.freshDatabase().setPort(Cluster.freePort());
    var pg = TestPostgres.open(TestPostgres.vertx(), nowhere);
    assertThrows(Db.Unavailable.class, () -> pg.point().run("SELECT 1"));
    assertThrows(Db.Unavailable.class, () -> pg.list().runAsync("SELECT 1").await());
    assertThrows(Db.Unavailable.class, () -> pg.transactions().run("SELECT 1"));
    assertThrows(Db.Unavailable.class, () -> pg.transactions().tx(tx -> tx.run("SELECT 1")));
    pg.close().await();
  }

  @Test
  void anExhaustedPoolIsUnavailable() throws Exception {
    var pg =
        TestPostgres.open(
            TestPostgres.vertx(),
            TestPostgres.freshDatabase(),
            new Postgres.Waits(10_000, 2_000, 1_000));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var holding = new CountDownLatch(4);
      var release = new CountDownLatch(1);
      for (int i = 0; i < 4; i++) {
        threads.submit(
            () ->
                pg.transactions()
                    .tx(
                        tx -> {
                          holding.countDown();
                          try {
                            release.await();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                          return 0;
                        }));
      }
      holding.await();
      try {
        assertThrows(Db.Unavailable.class, () -> pg.transactions().tx(tx -> tx.run("SELECT 1")));
      } finally {
        release.countDown();
      }
    }
    pg.close().await();
  }

  @Test
  void aKilledConnectionIsUnavailableAndComesBack() {
    var pg = TestPostgres.fresh();
    pg.point().run("SELECT 1");
    assertThrows(
        Db.Unavailable.class,
        () -> pg.point().run("SELECT pg_terminate_backend(pg_backend_pid())"));
    assertEquals(1, pg.point().run("SELECT 1"));
    pg.close().await();
  }

  @Test
  void aPreparedStatementSurvivesAChangeOfItsTable() {
    PG.transactions().script("CREATE TABLE shape (a int); INSERT INTO shape VALUES (1)");
    for (int i = 0; i < 8; i++) {
      PG.point().one(row -> row.getValue(0), "SELECT a FROM shape");
      PG.transactions().tx(tx -> tx.one(row -> row.getValue(0), "SELECT a FROM shape"));
    }
    PG.transactions().script("ALTER TABLE shape ALTER a TYPE text");
    for (int i = 0; i < 8; i++) {
      assertEquals(
          Optional.of("1"), PG.point().one(row -> row.getString(0), "SELECT a FROM shape"));
      assertEquals(
          Optional.of("1"),
          PG.transactions().tx(tx -> tx.one(row -> row.getString(0), "SELECT a FROM shape")));
    }
  }
}
