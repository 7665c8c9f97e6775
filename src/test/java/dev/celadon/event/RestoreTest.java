package dev.celadon.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestoreTest {

  @Test
  void aCopiedDatabaseAnswersGapAndItsOldEventsNeverLookNew() throws Exception {
    var address = TestPostgres.freshDatabase();
    var source = TestPostgres.open(TestPostgres.vertx(), address);
    assertFalse(SnapshotPositions.open(source.transactions()), "a new database is no copy");
    var log = new TestLog(source, 100);
    TestLog.row(source.point(), "p", "1", "any");
    var token = log.now();
    TestLog.row(source.point(), "p", "2", "any");
    source.close().await();

    var copy = TestPostgres.open(TestPostgres.vertx(), copyOf(address));
    assertTrue(SnapshotPositions.open(copy.transactions()));
    assertFalse(SnapshotPositions.open(copy.transactions()), "only once");
    var copied = new TestLog(copy, 100);
    assertTrue(copied.read(token).gap());
    var start = copied.now();
    long id = TestLog.row(copy.point(), "p", "3", "any");
    assertEquals(List.of(id), copied.all(start));

    var again = TestPostgres.open(TestPostgres.vertx(), address);
    assertEquals(1, new TestLog(again, 100).all(token).size(), "the source goes on");
  }

  /** Rows and meta carried over as a dump does it: with the transaction ids of the source. */
  @Test
  void aDumpRestoredIntoAnotherDatabaseAnswersGap() throws Exception {
    var source = TestPostgres.fresh();
    SnapshotPositions.open(source.transactions());
    var log = new TestLog(source, 100);
    var before = log.now();
    for (int i = 0; i < 20; i++) TestLog.row(source.point(), "p", "r" + i, "any");
    // The source was ahead of the target: its transaction ids would look new there for long.
    source.point().run("UPDATE celadon.events SET xid = (xid::text::bigint + 1000000)::text::xid8");
    var target = TestPostgres.fresh();
    carry(source, target);

    assertTrue(SnapshotPositions.open(target.transactions()));
    var restored = new TestLog(target, 100);
    assertTrue(restored.read(before).gap());
    var start = restored.now();
    assertEquals(List.of(), restored.all(start), "nothing of the dump is new");
    long id = TestLog.row(target.point(), "p", "new", "any");
    assertEquals(List.of(id), restored.all(start));
  }

  private static void carry(Postgres source, Postgres target) {
    var rows =
        source
            .list()
            .list(
                row -> new JsonObject(row.getString(0)),
                "SELECT to_jsonb(e)::text FROM celadon.events e");
    target
        .transactions()
        .run(
            """
            INSERT INTO celadon.events OVERRIDING SYSTEM VALUE
            SELECT * FROM json_populate_recordset(NULL::celadon.events, $1::text::json)
            """,
            new JsonArray(rows).encode());
    target
        .transactions()
        .run("SELECT setval(pg_get_serial_sequence('celadon.events', 'id'), 1000)");
    var home =
        source
            .list()
            .one(
                row -> row.getString(0), "SELECT value FROM celadon.meta WHERE key = 'events.home'")
            .orElseThrow();
    target.transactions().run("INSERT INTO celadon.meta VALUES ('events.home', $1)", home);
  }

  private static PgConnectOptions copyOf(PgConnectOptions address) {
    var admin = new PgConnectOptions(address).setDatabase("template1");
    var maintenance = TestPostgres.open(TestPostgres.vertx(), admin);
    var name = address.getDatabase() + "_copy";
    maintenance
        .transactions()
        .script("CREATE DATABASE " + name + " TEMPLATE " + address.getDatabase());
    maintenance.close().await();
    return new PgConnectOptions(address).setDatabase(name);
  }
}
