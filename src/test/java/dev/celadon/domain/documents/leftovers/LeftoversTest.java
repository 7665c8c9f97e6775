package dev.celadon.domain.documents.leftovers;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.store.Db;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Databases and projects with more tables than PostgreSQL has locks for. */
class LeftoversTest {

  private static final int TABLES = 200;
  private static final TestServer SERVER = TestServer.start();
  private static final Db DB = SERVER.postgres().transactions();
  private static As owner;
  private static As key;

  @BeforeAll
  static void bootstrap() {
    owner = SERVER.owner();
    key = SERVER.key(owner, "p1", "databases.write", "databases.read", "tables.write");
  }

  @Test
  void aDatabaseOfManyTablesIsGoneAtOnceAndItsTablesSoon() throws Exception {
    database(key, "many");
    make("p1", "many");
    starved(
        () -> {
          expect(204, SERVER.delete(key, "/v1/tablesdb/many"));
          assertEquals(404, SERVER.get(key, "/v1/tablesdb/many").status());
          assertEquals(0, count("SELECT count(*) FROM celadon.tables WHERE database = 'many'"));
          await("SELECT count(*) FROM celadon.leftovers");
        });
    assertEquals(
        count("SELECT count(*) FROM celadon.tables"),
        count("SELECT count(*) FROM pg_class WHERE relname ~ '^t\\d+$' AND relkind = 'r'"));
    database(key, "many");
    expect(204, SERVER.delete(key, "/v1/tablesdb/many"));
  }

  @Test
  void aProjectOfManyTablesIsGoneAtOnceAndItsTablesSoon() throws Exception {
    SERVER.project(owner, "p2");
    make("p2", "default");
    starved(
        () -> {
          expect(204, SERVER.delete(owner, "/v1/projects/p2"));
          assertEquals(404, SERVER.get(owner, "/v1/projects/p2").status());
          // As a node does that starts, or every half minute.
          new Leftovers(DB).drop();
          await("SELECT count(*) FROM celadon.leftovers");
        });
    assertEquals(0, count("SELECT count(*) FROM celadon.schemas WHERE project = 'p2'"));
    assertEquals(
        count("SELECT count(*) FROM celadon.schemas"),
        count("SELECT count(*) FROM pg_namespace WHERE nspname ~ '^(p|gone)\\d+$'"));
  }

  private static void database(As as, String id) {
    expect(
        201,
        SERVER.post(
            as, "/v1/tablesdb", new JsonObject().put("databaseId", id).put("name", "Many")));
  }

  /** As so many calls would have made them, only sooner. */
  private static void make(String project, String database) {
    DB.run("INSERT INTO celadon.schemas (project) VALUES ($1) ON CONFLICT DO NOTHING", project);
    var schema =
        DB.one(
                row -> row.getLong(0),
                "SELECT number FROM celadon.schemas WHERE project = $1",
                project)
            .orElseThrow();
    DB.script("CREATE SCHEMA IF NOT EXISTS p" + schema);
    var numbers =
        DB.list(
            row -> row.getLong(0),
            """
            INSERT INTO celadon.tables (project, database, id, name, enabled, secured, permissions)
            SELECT $1, $2, 'table' || g, '', TRUE, FALSE, '{}' FROM generate_series(1, $3) g
            RETURNING number\
            """,
            project,
            database,
            TABLES);
    for (var number : numbers) {
      DB.script(Ddl.createTable("p" + schema + ".t" + number, number));
    }
  }

  /**
   * Does {@code work} while PostgreSQL has only some hundred locks left: far fewer than all tables
   * take, more than a few do.
   */
  private static void starved(Runnable work) throws InterruptedException {
    var taken = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    var hog =
        Thread.ofVirtual()
            .start(
                () ->
                    DB.tx(
                        tx -> {
                          tx.script(TAKE);
                          taken.countDown();
                          try {
                            done.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          tx.list(row -> 1, "SELECT pg_advisory_unlock_all()");
                          return 0;
                        }));
    taken.await();
    try {
      work.run();
    } finally {
      done.countDown();
      hog.join();
    }
  }

  private static final String TAKE =
      """
      DO $$ DECLARE most int := 0; BEGIN
        BEGIN
          LOOP
            PERFORM pg_advisory_lock(most);
            most := most + 1;
          END LOOP;
        EXCEPTION WHEN out_of_memory THEN NULL;
        END;
        FOR k IN greatest(0, most - 800) .. most - 1 LOOP
          PERFORM pg_advisory_unlock(k);
        END LOOP;
      END $$
      """;

  private static long count(String sql) {
    return DB.one(row -> row.getLong(0), sql).orElseThrow();
  }

  private static void await(String none) {
    long until = System.nanoTime() + 40_000_000_000L;
    while (count(none) > 0) {
      assertTrue(System.nanoTime() < until, none);
      LockSupport.parkNanos(50_000_000);
    }
  }
}
