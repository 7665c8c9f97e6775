package dev.celadon.service.databases;

import static dev.celadon.service.databases.Blueprints.column;
import static dev.celadon.service.databases.Blueprints.get;
import static dev.celadon.service.databases.Blueprints.index;
import static dev.celadon.service.databases.Blueprints.link;
import static dev.celadon.service.databases.Blueprints.of;
import static dev.celadon.service.databases.Blueprints.put;
import static dev.celadon.service.databases.Blueprints.remove;
import static dev.celadon.service.databases.Blueprints.schema;
import static dev.celadon.service.databases.Blueprints.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Failure;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A schema that changes while its tables are written and read, on two nodes. */
@Timeout(120)
class SchemaUnderLoadTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final int ROUNDS = 15;

  private final Calls here = new Calls(POSTGRES, "p" + System.nanoTime());
  private final Calls there = new Calls(POSTGRES, here.project);
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger done = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  private Callable<Integer> worker(Calls node, int number) {
    return () -> {
      for (int i = 0; !over.get(); i++) {
        var id = "r" + number + "-" + i;
        try {
          var data = Map.of("a", i, "to", Map.of("$id", "o" + id, "b", "x"));
          node.key("tablesDB.createRow", "tableId", "t", "rowId", id, "data", data);
          var more = Map.of("a", -i);
          node.key("tablesDB.updateRow", "tableId", "t", "rowId", id, "data", more);
          var queries = List.of("select([\"*\", \"to.*\"])", "limit(3)", "orderDesc(\"a\")");
          node.key("tablesDB.listRows", "tableId", "t", "queries", queries);
          if (i % 3 == 0) node.key("tablesDB.deleteRow", "tableId", "t", "rowId", id);
          done.incrementAndGet();
        } catch (Failure failure) {
          faults.add(failure.fault() + ": " + failure.text());
        } catch (RuntimeException error) {
          faults.add(error.toString());
        }
      }
      return 0;
    };
  }

  private static JsonObject round(int i) {
    var wanted =
        schema(
            table(
                "t",
                column("a", "integer"),
                column(
                    i % 2 == 0 ? "even" : "odd",
                    "text",
                    "renamedFrom",
                    i % 2 == 0 ? "odd" : "even"),
                link("to", "o", "manyToOne", "twoWay", true, "twoWayKey", "from")),
            table("o", column("b", "text"), column("c" + i, "integer")));
    if (i % 3 == 0) of(wanted, "t").getJsonArray("indexes").add(index("k", "key", "a"));
    if (i % 3 == 1) of(wanted, "o").getJsonArray("indexes").add(index("f", "fulltext", "b"));
    of(wanted, "t").put("name", "t" + i).put("rowSecurity", i % 2 == 0);
    return wanted;
  }

  @Test
  void whoeverWritesAndReadsMeanwhileNoticesNothing() throws Exception {
    put(here, round(0));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 2; i++) {
        all.add(threads.submit(worker(here, all.size())));
        all.add(threads.submit(worker(there, all.size())));
      }
      try {
        for (int i = 1; i <= ROUNDS; i++) {
          put(i % 2 == 0 ? here : there, round(i));
          int before = done.get();
          while (done.get() < before + 4 && faults.isEmpty()) Thread.sleep(5);
        }
      } finally {
        over.set(true);
      }
      for (var one : all) one.get();
    }
    assertEquals(List.of(), List.copyOf(faults));
    assertTrue(done.get() >= 4 * ROUNDS, "worked: " + done);
    var end = get(here);
    assertEquals("t" + ROUNDS, of(end, "t").getString("name"));
    remove(of(end, "o").getJsonArray("columns"), "c" + ROUNDS);
    assertEquals(1, of(end, "o").getJsonArray("columns").size());
  }

  /** Somebody who reads the table for long keeps its shape as it is, and nobody from reading. */
  @Test
  void whoeverWaitsForATableLetsOthersPass() throws Exception {
    put(here, schema(table("w", column("a", "integer"))));
    here.key("tablesDB.createRow", "tableId", "w", "rowId", "r", "data", Map.of("a", 1));
    var name =
        POSTGRES
            .transactions()
            .one(
                row -> row.getString(0),
                """
                SELECT 'p' || s.number || '.t' || t.number FROM celadon.tables t
                JOIN celadon.schemas s USING (project) WHERE t.id = 'w'\
                """)
            .orElseThrow();
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reader = threads.submit(() -> read(name, release));
      while (reader.state() == Future.State.RUNNING && release.getCount() == 1 && !held(name)) {
        Thread.sleep(5);
      }
      var wanted = get(here);
      of(wanted, "w").getJsonArray("columns").add(column("b", "integer"));
      var change = threads.submit(() -> put(here, wanted));
      long slowestMs = 0;
      for (int i = 0; i < 60; i++) {
        long startNs = System.nanoTime();
        there.key("tablesDB.getRow", "tableId", "w", "rowId", "r");
        var data = Map.of("a", i);
        there.key("tablesDB.updateRow", "tableId", "w", "rowId", "r", "data", data);
        slowestMs = Math.max(slowestMs, (System.nanoTime() - startNs) / 1_000_000);
        Thread.sleep(10);
      }
      assertEquals(Future.State.RUNNING, change.state());
      assertTrue(slowestMs < 1_000, "held up for " + slowestMs + " ms");
      release.countDown();
      assertEquals(1, change.get().getJsonArray("steps").size());
      reader.get();
    }
  }

  private static Integer read(String name, CountDownLatch release) {
    return POSTGRES
        .transactions()
        .tx(
            tx -> {
              tx.one(row -> 1, "SELECT 1 FROM " + name);
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return 0;
            });
  }

  private static boolean held(String name) {
    return POSTGRES
        .transactions()
        .one(
            row -> 1,
            "SELECT 1 FROM pg_locks WHERE relation = $1::text::regclass AND granted",
            name)
        .isPresent();
  }
}
