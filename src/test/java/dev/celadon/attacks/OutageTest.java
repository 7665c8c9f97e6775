package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.Server;
import dev.celadon.TestConfig;
import dev.celadon.store.EmbeddedPostgres;
import dev.celadon.store.Migration;
import dev.celadon.store.Migrator;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose own PostgreSQL is killed, restarted, or out of connections. */
class OutageTest {

  /** No answer may take longer, whatever has happened to PostgreSQL. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final int WRITERS = 8;

  @TempDir private static Path data;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static EmbeddedPostgres database;
  private static Vertx vertx;
  private static Server server;

  private record Answer(int status, String retryAfter, String type, Duration took) {}

  @BeforeAll
  static void start() {
    database = EmbeddedPostgres.start(data);
    vertx = Vertx.vertx();
    Postgres postgres = TestPostgres.open(vertx, database.address());
    new Migrator(postgres.transactions(), Migration.builtIn()).migrate();
    server = Server.of(vertx, TestConfig.with(TestConfig.base(), false), postgres).start();
  }

  @AfterAll
  static void stop() {
    server.close();
    vertx.close().await();
    database.close();
  }

  private static Answer call(String method, String path, JsonObject body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(LONGEST.plusSeconds(30))
            .header("content-type", "application/json")
            .method(method, body == null ? noBody() : BodyPublishers.ofString(body.encode()))
            .build();
    long began = System.nanoTime();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    var took = Duration.ofNanos(System.nanoTime() - began);
    var type = answer.statusCode() < 400 ? "" : new JsonObject(answer.body()).getString("type", "");
    return new Answer(
        answer.statusCode(), answer.headers().firstValue("retry-after").orElse(""), type, took);
  }

  private static HttpRequest.BodyPublisher noBody() {
    return BodyPublishers.noBody();
  }

  /**
   * Sign-up to the console is a write that needs nobody; after the first it is refused with 401.
   */
  private static Answer write() throws Exception {
    return call(
        "POST",
        "/v1/account",
        new JsonObject()
            .put("userId", "unique()")
            .put("email", "somebody@example.org")
            .put("password", "correct horse battery"));
  }

  private static Answer read() throws Exception {
    return call("GET", "/v1/health", null);
  }

  private static void decent(List<Answer> answers) {
    for (var answer : answers) {
      assertTrue(answer.took.compareTo(LONGEST) < 0, answer::toString);
      boolean normal = answer.status < 500 || answer.status == 503;
      assertTrue(normal, answer::toString);
      if (answer.status == 503) assertEquals("1", answer.retryAfter, answer::toString);
    }
  }

  private static void well() throws Exception {
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (read().status != 200 || write().status == 503) {
      assertTrue(System.nanoTime() < deadline, "it does not come back");
      Thread.sleep(50);
    }
  }

  /** Lets clients write and read until PostgreSQL has been hit and is back. */
  private static List<Answer> meanwhile(Callable<?> blow) throws Exception {
    var answers = new ArrayList<Answer>();
    try (var clients = Executors.newFixedThreadPool(WRITERS)) {
      var going = new java.util.concurrent.atomic.AtomicBoolean(true);
      var each = new ArrayList<java.util.concurrent.Future<List<Answer>>>();
      for (int i = 0; i < WRITERS; i++) {
        each.add(
            clients.submit(
                () -> {
                  var own = new ArrayList<Answer>();
                  while (going.get()) {
                    own.add(write());
                    own.add(read());
                  }
                  return own;
                }));
      }
      try {
        blow.call();
        well();
      } finally {
        going.set(false);
      }
      for (var own : each) answers.addAll(own.get());
    }
    return answers;
  }

  @Test
  @DisplayName("F6 PostgreSQL killed under load: 503 with Retry-After, none hangs, it comes back")
  void killed() throws Exception {
    long before = database.pid();
    well();
    var answers =
        meanwhile(
            () -> {
              ProcessHandle.of(before).orElseThrow().destroyForcibly();
              return awaitOther(before);
            });
    decent(answers);
    assertTrue(answers.stream().anyMatch(a -> a.status == 503), "nobody noticed");
    assertNotEquals(before, database.pid());
  }

  @Test
  @DisplayName("F7 PostgreSQL restarted, twice: statements are prepared anew")
  void restarted() throws Exception {
    well();
    for (int round = 0; round < 2; round++) {
      long before = database.pid();
      decent(
          meanwhile(
              () -> {
                new ProcessBuilder("kill", "-INT", Long.toString(before)).start().waitFor();
                return awaitOther(before);
              }));
    }
  }

  private static boolean awaitOther(long before) throws InterruptedException {
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (database.pid() == before) {
      assertTrue(System.nanoTime() < deadline, "PostgreSQL was not started again");
      Thread.sleep(20);
    }
    return true;
  }

  @Test
  @DisplayName("F10 all connections of PostgreSQL taken: 503 after a bounded wait, then as before")
  void outOfConnections() throws Exception {
    well();
    var taken = new ArrayDeque<PgConnection>();
    try {
      var admin = PgConnection.connect(vertx, database.address()).await();
      taken.add(admin);
      long deadline = System.nanoTime() + RECOVERY.toNanos();
      while (true) {
        take(taken);
        var ours =
            admin
                .query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'celadon'")
                .execute()
                .await();
        if (ours.size() == 0) break;
        assertTrue(System.nanoTime() < deadline, "connections cannot be taken away");
      }
      var answers = new ArrayList<Answer>();
      for (int i = 0; i < 4; i++) {
        answers.add(read());
        answers.add(write());
      }
      decent(answers);
      for (var answer : answers) assertEquals(503, answer.status, answer::toString);
      assertEquals(200, call("GET", "/v1/ping", null).status);
    } finally {
      for (var each : taken) each.close().await();
    }
    well();
  }

  /** Takes connections until there is none left. */
  private static void take(ArrayDeque<PgConnection> taken) {
    while (true) {
      try {
        taken.add(PgConnection.connect(vertx, database.address()).await());
      } catch (RuntimeException none) {
        return;
      }
    }
  }
}
