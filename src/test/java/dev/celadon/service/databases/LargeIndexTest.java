package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.domain.documents.TestDocuments;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Indexes of a table that is too large for writers to wait. */
@Timeout(120)
class LargeIndexTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static final Db DB = POSTGRES.transactions();
  private static final int ROWS = 60_000;
  private static String table = "";

  private CountDownLatch release = new CountDownLatch(0);

  @BeforeAll
  static void fill() {
    CALLS.key("tablesDB.createTable", "tableId", "t", "name", "t");
    CALLS.key("tablesDB.createIntegerColumn", "tableId", "t", "key", "n", "required", false);
    CALLS.key("tablesDB.createTextColumn", "tableId", "t", "key", "s", "required", false);
    table =
        DB.one(
                row -> row.getString(0),
                """
                SELECT 'p' || s.number || '.t' || t.number
                FROM celadon.tables t JOIN celadon.schemas s USING (project) WHERE t.id = 't'
                """)
            .orElseThrow();
    var columns =
        DB.list(
            row -> row.getString(0),
            """
            SELECT 'c' || number FROM celadon.columns ORDER BY number
            """);
    DB.script(
        "INSERT INTO %s (_id, _created, _updated, _read, _update, _delete, %s, %s)"
                .formatted(table, columns.get(0), columns.get(1))
            + " SELECT 'r' || n, now(), now(), '{}', '{}', '{}', n / 2, 'text number ' || n"
            + " || repeat(' and more', 5) FROM generate_series(1, "
            + ROWS
            + ") n");
  }

  @AfterEach
  void letGo() {
    release.countDown();
  }

  private static JsonObject create(String key, String type, String column) {
    return CALLS.key(
        "tablesDB.createIndex",
        "tableId",
        "t",
        "key",
        key,
        "type",
        type,
        "columns",
        List.of(column));
  }

  private static JsonObject get(String key) {
    return CALLS.key("tablesDB.getIndex", "tableId", "t", "key", key);
  }

  private static String status(String key) {
    return get(key).getString("status");
  }

  private static void await(String key, String status) throws InterruptedException {
    while (!status(key).equals(status)) Thread.sleep(20);
  }

  private static long number(String key) {
    return DB.one(row -> row.getLong(0), "SELECT number FROM celadon.indexes WHERE key = $1", key)
        .orElseThrow();
  }

  /** What PostgreSQL knows of an index: nothing, or whether it is valid. */
  private static List<Boolean> known(long number) {
    return DB.list(
        row -> row.getBoolean(0),
        "SELECT indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relname = $1",
        "i" + number);
  }

  /** A writer that does not end keeps PostgreSQL from ending an index that is being made. */
  private void holdUp() throws InterruptedException {
    release = new CountDownLatch(1);
    var held = release;
    var begun = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () ->
                DB.tx(
                    tx -> {
                      tx.run("UPDATE " + table + " SET _version = 2 WHERE _id = 'r1'");
                      begun.countDown();
                      try {
                        held.await();
                      } catch (InterruptedException e) {
                        throw new AssertionError(e);
                      }
                      return 0;
                    }));
    begun.await();
  }

  @Test
  void theyAreThereWithTheAnswerIfTheyAreQuick() throws InterruptedException {
    assertTrue(
        DB.one(r -> r.getLong(0), "SELECT pg_relation_size('%s')".formatted(table)).get()
            > 8 << 20);
    var made = create("quick", "key", "n");
    assertFalse(made.getString("status").equals("failed"), made.encode());
    await("quick", "available");
    assertEquals(List.of(true), known(number("quick")));
  }

  @Test
  void whatRowsContradictFailsAndSaysWhy() throws InterruptedException {
    create("twice", "unique", "n");
    await("twice", "failed");
    assertEquals("rows hold the same values", get("twice").getString("error"));
    assertEquals(List.of(), known(number("twice")));
    CALLS.key("tablesDB.deleteIndex", "tableId", "t", "key", "twice");
  }

  @Test
  void writersGoOnAndTheStatusIsTrue() throws InterruptedException {
    holdUp();
    assertEquals("processing", create("words", "fulltext", "s").getString("status"));
    var shown = CALLS.key("databases.getCollection", "collectionId", "t").getJsonArray("indexes");
    assertTrue(shown.encode().contains("\"processing\""), shown.encode());
    CALLS.key("tablesDB.createRow", "tableId", "t", "rowId", "meanwhile", "data", Map.of("n", 0));
    var search = List.of("search(\"s\", [\"77\"])");
    assertEquals(
        "general_query_invalid",
        CALLS.fault(Calls.KEY, "tablesDB.listRows", "tableId", "t", "queries", search));
    assertEquals(
        "attribute_not_available",
        CALLS.fault(
            Calls.KEY,
            "databases.createFloatAttribute",
            "collectionId",
            "t",
            "key",
            "f",
            "required",
            false));
    release.countDown();
    await("words", "available");
    var found = CALLS.key("tablesDB.listRows", "tableId", "t", "queries", search);
    assertEquals(List.of("r77"), Calls.ids(found, "rows"));
    var events =
        DB.list(
            row -> row.getString(0),
            "SELECT payload::text FROM celadon.events WHERE event LIKE '%indexes%update'"
                + " AND ids[3] = 'words'");
    assertEquals(1, events.size());
    assertEquals("available", new JsonObject(events.getFirst()).getString("status"));
  }

  @Test
  void oneThatIsBeingMadeCanBeDeleted() throws InterruptedException {
    holdUp();
    assertEquals("processing", create("unwanted", "key", "s").getString("status"));
    long number = number("unwanted");
    CALLS.key("tablesDB.deleteIndex", "tableId", "t", "key", "unwanted");
    release.countDown();
    while (!known(number).isEmpty()) Thread.sleep(20);
    assertEquals(
        "column_index_not_found",
        CALLS.fault(Calls.KEY, "tablesDB.getIndex", "tableId", "t", "key", "unwanted"));
  }

  @Test
  void oneThatWasLeftIsMadeByTheNext() {
    DB.run(
        """
        INSERT INTO celadon.indexes
          (project, table_number, key, kind, columns, orders, lengths, status, created)
        SELECT 'p', t.number, 'left', 'key', ARRAY['c' || min(c.number)], '{}', '{}', 'processing',
          now() - interval '1 minute'
        FROM celadon.tables t JOIN celadon.columns c ON c.table_number = t.number
        WHERE t.id = 't' GROUP BY t.number
        """);
    TestDocuments.open(POSTGRES).sweep();
    assertEquals("available", status("left"));
    assertEquals(List.of(true), known(number("left")));
  }
}
