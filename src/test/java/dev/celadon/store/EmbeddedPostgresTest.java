package dev.celadon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {

  @TempDir private static Path data;
  private static final Vertx VERTX = TestPostgres.vertx();
  private static EmbeddedPostgres server;
  private Postgres pg;

  @BeforeAll
  static void start() {
    server = EmbeddedPostgres.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Postgres connect() {
    pg = TestPostgres.open(VERTX, server.address());
    return pg;
  }

  @AfterEach
  void disconnect() {
    if (pg != null) {
      pg.close().await();
    }
  }

  @Test
  void losesNothingThatWasCommitted() {
    for (String name : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      assertEquals(
          "on",
          connect()
              .point()
              .one(row -> row.getString(0), "SELECT current_setting($1)", name)
              .orElseThrow());
      disconnect();
    }
    pg = null;
  }

  @Test
  void keepsItsPasswordPrivate() throws Exception {
    var mode = Files.getPosixFilePermissions(data.resolve("postgres.password"));
    assertEquals("rw-------", PosixFilePermissions.toString(mode));
    var stranger = TestPostgres.open(VERTX, server.address().setPassword("wrong"));
    assertThrows(Exception.class, () -> stranger.point().run("SELECT 1"));
    stranger.close().await();
  }

  @Test
  void aSecondInstanceIsRefused() {
    var refused = assertThrows(CannotStart.class, () -> EmbeddedPostgres.start(data));
    assertEquals(
        "data directory %s is in use by another Celadon (process %d)"
            .formatted(data, ProcessHandle.current().pid()),
        refused.getMessage());
  }

  @Test
  void aKilledServerComesBackByItself() throws Exception {
    connect().transactions().script("CREATE TABLE IF NOT EXISTS kept (id int)");
    pg.point().run("INSERT INTO kept VALUES (1)");
    long before = server.pid();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        var count = pg.point().one(row -> row.getLong(0), "SELECT count(*) FROM kept");
        if (server.pid() != before) {
          assertEquals(1L, count.orElseThrow());
          break;
        }
      } catch (Db.Unavailable e) {
        assertTrue(System.nanoTime() < deadline, e.getMessage());
      }
      Thread.sleep(20);
    }
    assertNotEquals(before, server.pid());
  }
}
