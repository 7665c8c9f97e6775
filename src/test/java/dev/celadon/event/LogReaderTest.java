package dev.celadon.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.store.EmbeddedPostgres;
import dev.celadon.store.Migration;
import dev.celadon.store.Migrator;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LogReaderTest {

  private final LinkedBlockingQueue<Long> read = new LinkedBlockingQueue<>();
  private final AtomicInteger gaps = new AtomicInteger();

  private LogReader reader(Postgres postgres) {
    var positions = new SnapshotPositions(postgres.list(), 100, 1 << 20);
    var reader = new LogReader(TestPostgres.vertx(), positions, new LogReader.Pace(5, 200));
    reader.listen(
        new LogReader.Listener() {
          @Override
          public void events(List<Logged> events) {
            events.forEach(event -> read.add(event.id()));
          }

          @Override
          public void gap() {
            gaps.incrementAndGet();
          }
        });
    reader.start();
    return reader;
  }

  private static void follow(LogReader reader) throws Exception {
    reader.follow(Set.of("p")).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void expect(long id) throws Exception {
    assertEquals(Long.valueOf(id), read.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void readsWithoutAnyWakeUpAndInBatches() throws Exception {
    var postgres = TestPostgres.fresh();
    var reader = reader(postgres);
    follow(reader);
    for (int i = 0; i < 350; i++) TestLog.row(postgres.point(), "p", "r" + i, "any");
    TestLog.row(postgres.point(), "q", "elsewhere", "any");
    for (long id = 1; id <= 350; id++) expect(id);
    reader.unfollow(Set.of("p"));
    Thread.sleep(300);
    TestLog.row(postgres.point(), "p", "unheard", "any");
    Thread.sleep(500);
    follow(reader);
    long next = TestLog.row(postgres.point(), "p", "heard", "any");
    reader.wake();
    expect(next);
    reader.stop();
  }

  @Test
  void aSlowTransactionArrivesWhenItCommits() throws Exception {
    var postgres = TestPostgres.fresh();
    var reader = reader(postgres);
    follow(reader);
    var begun = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    var slow =
        Thread.ofVirtual()
            .start(
                () ->
                    postgres
                        .transactions()
                        .tx(
                            tx -> {
                              TestLog.row(tx, "p", "slow", "any");
                              begun.countDown();
                              SnapshotPositionsTest.await(commit);
                              return 0;
                            }));
    begun.await();
    expect(TestLog.row(postgres.point(), "p", "fast", "any"));
    commit.countDown();
    slow.join();
    reader.wake();
    expect(1);
    reader.stop();
  }

  @Test
  void goesOnAfterPostgresWasKilled() throws Exception {
    Files.createDirectories(Path.of("target"));
    var data = Files.createTempDirectory(Path.of("target"), "restarted-");
    try (var server = EmbeddedPostgres.start(data)) {
      var postgres = TestPostgres.open(TestPostgres.vertx(), server.address());
      new Migrator(postgres.transactions(), Migration.builtIn()).migrate();
      SnapshotPositions.open(postgres.transactions());
      var reader = reader(postgres);
      follow(reader);
      expect(TestLog.row(postgres.point(), "p", "before", "any"));
      TestLog.row(postgres.point(), "p", "between", "any");
      kill(data);
      long id = 0;
      while (id == 0) {
        try {
          id = TestLog.row(postgres.point(), "p", "after", "any");
        } catch (RuntimeException away) {
          Thread.sleep(100);
        }
      }
      expect(2);
      expect(id);
      assertEquals(0, gaps.get(), "the same history goes on");
      reader.stop();
      postgres.close().await();
    }
    TestPostgres.remove(data);
  }

  /** Kills the server; whoever started it starts it again, on the same port. */
  private static void kill(Path data) throws Exception {
    try (var files = Files.walk(data)) {
      var pid = files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
      var line = Files.readAllLines(pid).getFirst().trim();
      ProcessHandle.of(Long.parseLong(line)).orElseThrow().destroyForcibly();
    }
  }
}
