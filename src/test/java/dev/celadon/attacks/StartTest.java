package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.attacks.Outside.End;
import dev.celadon.bench.Node;
import dev.celadon.store.TestPostgres;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What keeps a real process from starting: one clear line each, a status, no trace. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class StartTest {

  private static final int MISUSED = 2;
  private static final int FAILED = 1;

  private static Path work;

  /** Waits some seconds for a PostgreSQL that may be starting too, meanwhile others go on. */
  private static Future<End> unreachable;

  @BeforeAll
  static void prepare() throws IOException {
    Files.createDirectories(Path.of("target"));
    work = Files.createTempDirectory(Path.of("target"), "start-").toAbsolutePath();
    var nobody = "postgresql://celadon:secretword@127.0.0.1:" + Node.freePort() + "/celadon";
    var run = new FutureTask<>(() -> Outside.run(work, "--port", "0", "--postgres.url", nobody));
    Thread.ofVirtual().start(run);
    unreachable = run;
  }

  private static String url(PgConnectOptions database) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            database.getUser(),
            database.getPassword(),
            database.getHost(),
            database.getPort(),
            database.getDatabase());
  }

  private static void refused(End end, int status, String... lines) {
    assertEquals(status, end.status(), end::toString);
    assertEquals(lines.length, end.err().size(), end::toString);
    for (int i = 0; i < lines.length; i++) {
      assertTrue(end.err().get(i).startsWith("celadon: "), end::toString);
      assertTrue(end.err().get(i).contains(lines[i]), end::toString);
    }
    assertEquals(0, end.out().size(), end::toString);
  }

  private static long tables(PgConnectOptions database) {
    var db = TestPostgres.open(TestPostgres.vertx(), database);
    try {
      return db.point()
          .one(row -> row.getLong(0), "SELECT count(*) FROM pg_namespace WHERE nspname = 'celadon'")
          .orElseThrow();
    } finally {
      db.close().await();
    }
  }

  @Test
  @DisplayName("start: a port in use")
  void portInUse() throws Exception {
    var database = url(TestPostgres.freshDatabase());
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(other.getLocalPort());
      var end =
          Outside.run(
              work, "--port", port, "--server.host", "127.0.0.1", "--postgres.url", database);
      refused(end, FAILED, "port " + port + " of 127.0.0.1 cannot be used");
    }
  }

  @Test
  @DisplayName("start: an address of another machine")
  void addressOfAnother() throws Exception {
    var database = url(TestPostgres.freshDatabase());
    var end = Outside.run(work, "--server.host", "203.0.113.77", "--postgres.url", database);
    refused(end, FAILED, "of 203.0.113.77 cannot be used");
  }

  @Test
  @DisplayName("start: a data directory that another process uses, which goes on unharmed")
  void dataInUse() throws Exception {
    var folder = Files.createDirectory(work.resolve("owned"));
    try (var node = Outside.start(folder, Outside.command())) {
      var data = folder.resolve("data").toString();
      var end = Outside.run(work, "--data", data, "--port", "0");
      refused(end, FAILED, "data directory " + data + " is in use by another Celadon (process ");
      assertTrue(end.err().getFirst().contains(Long.toString(node.pid())), end::toString);
      assertTrue(Node.healthy(node.port()));
    }
  }

  @Test
  @DisplayName("start: a data directory that is none")
  void dataIsAFile() throws Exception {
    var file = Files.writeString(work.resolve("file"), "x");
    refused(
        Outside.run(work, "--data", file.toString()), FAILED, "data directory " + file + " cannot");
  }

  @Test
  @DisplayName("start: everything that is wrong with the configuration, a line each")
  void wrongConfiguration() throws Exception {
    refused(
        Outside.run(work, "--server.prot", "1"),
        MISUSED,
        "server.prot is not a setting (did you mean server.port?)");
    refused(Outside.run(work, "--nonsense"), MISUSED, "--nonsense is not a flag");
    refused(
        Outside.run(work, "--server.port", "abc", "--server.idleTimeoutS", "0"),
        MISUSED,
        "server.port must be",
        "server.idleTimeoutS must be");
    refused(Outside.run(work, "--config", "nothere.yml"), MISUSED, "nothere.yml: cannot be read");
    Files.writeString(work.resolve("bad.yml"), "server:\n  port: [1\n");
    refused(Outside.run(work, "--config", "bad.yml"), MISUSED, "bad.yml: line 3");
  }

  @Test
  @DisplayName("start: a PostgreSQL that cannot be reached")
  void unreachablePostgres() throws Exception {
    var end = unreachable.get();
    refused(end, FAILED, "cannot be used");
    assertFalse(end.err().toString().contains("secretword"), end::toString);
  }

  @Test
  @DisplayName("start: a PostgreSQL that does not let us in: nothing half made is left there")
  void refusingPostgres() throws Exception {
    var database = TestPostgres.emptyDatabase();
    var wrong = url(new PgConnectOptions(database).setPassword("secretword"));
    var end = Outside.run(work, "--port", "0", "--postgres.url", wrong);
    refused(end, FAILED, "password authentication failed");
    assertFalse(end.err().toString().contains("secretword"), end::toString);
    assertEquals(0, tables(database), "nothing was made");

    var absent = url(new PgConnectOptions(database).setDatabase("nothere"));
    refused(Outside.run(work, "--postgres.url", absent), FAILED, "\"nothere\" does not exist");

    var unread = "postgresql://celadon:secretword@127.0.0.1:99999/x";
    end = Outside.run(work, "--postgres.url", unread);
    refused(end, FAILED, "postgres.url");
    assertFalse(end.err().toString().contains("secretword"), end::toString);
  }

  @AfterAll
  static void clean() throws IOException {
    try (var files = Files.walk(work)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
