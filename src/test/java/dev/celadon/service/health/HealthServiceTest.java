package dev.celadon.service.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Failure;
import dev.celadon.api.Scope;
import dev.celadon.domain.installation.Health;
import dev.celadon.domain.installation.Probe;
import dev.celadon.service.Desk;
import dev.celadon.service.Desk.Caller;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthServiceTest {

  private static final Postgres PG = TestPostgres.fresh();
  private static final Caller ANYBODY = Caller.guest("console");
  private static final Caller KEY = Caller.key("p", Scope.HEALTH_READ, Scope.GLOBAL);

  @TempDir Path files;

  private Desk desk(Db db, List<Probe> cache, HealthService.Backlog backlog) {
    var health = new Health(db, Clock.systemUTC());
    return new Desk(
        new HealthService(
            new HealthService.Parts(
                health, cache, List.of(Probe.inProcess("local")), files, backlog),
            new HealthService.Metrics(() -> "up 1\n", "letmein", Set.of("127.0.0.1"))));
  }

  private Desk desk() {
    return desk(PG.point(), List.of(Probe.inProcess("memory")), HealthService.Backlog.NONE);
  }

  @Test
  void passesForEverybody() throws Exception {
    var answer = desk().call(ANYBODY, "health.get", Map.of());
    assertEquals("pass", answer.getString("status"));
    assertEquals(Set.of("name", "ping", "status"), answer.fieldNames());
    assertEquals("Pong!", desk().call(ANYBODY, "health.ping", Map.of()).getString("text"));
    assertEquals("1.9.5", desk().call(ANYBODY, "health.getVersion", Map.of()).getString("version"));
    assertEquals("general_unauthorized_scope", desk().fault(ANYBODY, "health.getDB", Map.of()));
  }

  @Test
  void saysSoWhenPostgresIsAway() {
    var nowhere = TestPostgres.freshDatabase().setPort(1);
    var away = TestPostgres.open(TestPostgres.vertx(), nowhere);
    var desk = desk(away.point(), List.of(), HealthService.Backlog.NONE);
    for (var id : List.of("health.get", "health.getDB")) {
      var caller = id.equals("health.get") ? ANYBODY : KEY;
      var failure = assertThrows(Failure.class, () -> desk.call(caller, id, Map.of()));
      assertEquals(503, failure.fault().status());
      assertTrue(failure.toJson().encode().contains("\"status\":\"fail\""));
    }
    away.close().await();
  }

  @Test
  void doesNotWaitForWhatNeverAnswers() {
    var hangs = new Probe("hangs", () -> Promise.promise().future());
    var desk = desk(PG.point(), List.of(hangs), HealthService.Backlog.NONE);
    long started = System.nanoTime();
    assertThrows(Failure.class, () -> desk.call(KEY, "health.getCache", Map.of()));
    assertTrue(System.nanoTime() - started < 3_000_000_000L);
  }

  @Test
  void asksAtMostOnceASecond() throws Exception {
    var asked = new AtomicInteger();
    var counted =
        new Probe(
            "counted",
            () -> {
              asked.incrementAndGet();
              return Future.succeededFuture();
            });
    var desk = desk(PG.point(), List.of(counted), HealthService.Backlog.NONE);
    for (int i = 0; i < 50; i++) desk.call(KEY, "health.getCache", Map.of());
    assertTrue(asked.get() <= 2, asked.toString());
  }

  @Test
  void queuesAreHeldToTheirThreshold() throws Exception {
    var backlog =
        new HealthService.Backlog() {
          @Override
          public Future<Long> waiting(String queue) {
            return Future.succeededFuture(queue.equals("webhooks") ? 7L : 0L);
          }

          @Override
          public Future<Long> failed(String queue) {
            return Future.succeededFuture(1L);
          }
        };
    var desk = desk(PG.point(), List.of(), backlog);
    assertEquals(0, desk.call(KEY, "health.getQueueMails", Map.of()).getLong("size"));
    assertEquals(7, desk.call(KEY, "health.getQueueWebhooks", Map.of()).getLong("size"));
    assertEquals(
        "health_queue_size_exceeded",
        desk.fault(KEY, "health.getQueueWebhooks", Map.of("threshold", "6")));
    assertEquals(
        1, desk.call(KEY, "health.getFailedJobs", Map.of("name", "v1-mails")).getLong("size"));
  }

  @Test
  void storageAndClocks() throws Exception {
    assertEquals("pass", desk().call(KEY, "health.getStorage", Map.of()).getString("status"));
    assertTrue(Math.abs(desk().call(KEY, "health.getTime", Map.of()).getLong("diff")) < 5);
    assertEquals("disabled", desk().call(KEY, "health.getAntivirus", Map.of()).getString("status"));
    var gone = files.resolve("none");
    var health = new Health(PG.point(), Clock.systemUTC());
    var desk =
        new Desk(
            new HealthService(
                new HealthService.Parts(
                    health, List.of(), List.of(), gone, HealthService.Backlog.NONE),
                new HealthService.Metrics(() -> "", "", Set.of())));
    assertEquals("general_server_error", desk.fault(KEY, "health.getStorageLocal", Map.of()));
  }

  @Test
  void metricsAreForTheTokenOrTheseAddresses() throws Exception {
    var far = ANYBODY.at("192.0.2.1");
    assertEquals("up 1\n", desk().call(ANYBODY, "health.getMetrics", Map.of()).getString("text"));
    assertEquals("general_access_forbidden", desk().fault(far, "health.getMetrics", Map.of()));
    var basic = Base64.getEncoder().encodeToString("any:letmein".getBytes(StandardCharsets.UTF_8));
    for (var sent : List.of("Bearer letmein", "bearer  letmein", "Basic " + basic)) {
      var answer = desk().call(far, "health.getMetrics", Map.of("Authorization", sent));
      assertEquals("up 1\n", answer.getString("text"));
    }
    for (var sent : List.of("Bearer letmeout", "Basic !", "letmein", "Bearer ")) {
      var args = Map.<String, Object>of("Authorization", sent);
      assertEquals("general_access_forbidden", desk().fault(far, "health.getMetrics", args));
    }
  }
}
