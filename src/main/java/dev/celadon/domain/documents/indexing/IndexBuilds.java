package dev.celadon.domain.documents.indexing;

import dev.celadon.domain.documents.Index;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.query.Spatial;
import dev.celadon.store.Db;
import io.vertx.sqlclient.DatabaseException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the indexes of large tables while rows are written. Each is made by one session that holds
 * an advisory lock for as long as it works: an index that is to be made and whose lock is free was
 * left by a process that died, and is made anew by whoever comes next.
 */
public final class IndexBuilds {

  /** From this size, in bytes, making an index of a table takes longer than writers may wait. */
  public static final long LARGE_BYTES = 8L << 20;

  /** How long, in milliseconds, making one may take. */
  private static final int BUILD_MS = 6 * 60 * 60 * 1_000;

  private static final int ATTEMPTS = 5;

  /** The first of the two keys of the advisory locks; the second is the number of the index. */
  private static final int LOCKS = 0x1d8;

  private static final Logger LOG = LoggerFactory.getLogger(IndexBuilds.class);

  private final Db db;
  private final Supplier<Spatial> spatial;
  private final Function<Table.Place, Table> tables;

  /**
   * @param spatial says what geometry can be asked for
   * @param tables reads a table as it is now
   */
  public IndexBuilds(Db db, Supplier<Spatial> spatial, Function<Table.Place, Table> tables) {
    this.db = db;
    this.spatial = spatial;
    this.tables = tables;
  }

  /** Whether making an index of {@code table} would hold writers up. */
  public static boolean slow(Db tx, Table table) {
    return tx.one(row -> row.getLong(0), "SELECT pg_relation_size($1::text::regclass)", table.sql())
            .orElse(0L)
        >= LARGE_BYTES;
  }

  /** Makes one index, and says in the transaction that ends it what has become of it. Waits. */
  public void build(Table table, Index index, BiConsumer<Db, Index.State> ended) {
    db.session(
        BUILD_MS,
        session -> {
          if (!locked(session, index) || !processing(session, index)) return 0;
          try {
            // What may not be there and is not is worth no notice.
            session.script("SET client_min_messages = warning");
            var state = attempt(session, table, index);
            if (!state.available()) drop(session, table, index);
            db.tx(
                tx -> {
                  ended.accept(tx, state);
                  return 0;
                });
            // Whoever deleted it meanwhile left it to us.
            if (!known(session, index)) drop(session, table, index);
          } finally {
            session.script("RESET client_min_messages");
            session.run("SELECT pg_advisory_unlock($1::int, $2::int)", LOCKS, key(index));
          }
          return 0;
        });
  }

  private Index.State attempt(Db session, Table table, Index index) {
    for (int attempt = 1; ; attempt++) {
      try {
        drop(session, table, index);
        session.script(new IndexPlan(table, spatial.get()).statement(index, true));
        return Index.State.AVAILABLE;
      } catch (Db.Conflict twice) {
        return failed("rows hold the same values");
      } catch (Db.TimedOut stopped) {
        return failed("it was stopped, or took too long");
      } catch (DatabaseException e) {
        boolean collided = "40P01".equals(e.getSqlState()) && attempt < ATTEMPTS;
        if (!collided) return failed(reason(e));
      }
    }
  }

  private static String reason(DatabaseException e) {
    if ("54000".equals(e.getSqlState())) return "rows hold values too long for an index";
    LOG.warn("cannot make an index", e);
    return "PostgreSQL could not make it";
  }

  private static Index.State failed(String error) {
    return new Index.State("failed", error);
  }

  private static void drop(Db session, Table table, Index index) {
    session.script(Ddl.dropIndexConcurrently(table.schema(), index.sql()));
  }

  private static boolean locked(Db session, Index index) {
    var sql = "SELECT pg_try_advisory_lock($1::int, $2::int)";
    return session.one(row -> row.getBoolean(0), sql, LOCKS, key(index)).orElse(false);
  }

  private static boolean processing(Db session, Index index) {
    return session
        .one(
            row -> 1,
            "SELECT 1 FROM celadon.indexes WHERE number = $1 AND status = 'processing'",
            index.number())
        .isPresent();
  }

  private static boolean known(Db session, Index index) {
    return session
        .one(row -> 1, "SELECT 1 FROM celadon.indexes WHERE number = $1", index.number())
        .isPresent();
  }

  private static int key(Index index) {
    return (int) index.number();
  }

  /**
   * Stops whoever is making {@code index}, and says whether anybody was: he drops what he has made,
   * since nobody else may without holding up writers.
   */
  public static boolean stop(Db tx, Index index) {
    if (!index.state().equals(Index.State.PROCESSING)) return false;
    int stopped =
        tx.run(
            """
            SELECT pg_cancel_backend(pid) FROM pg_locks
            WHERE locktype = 'advisory' AND classid = $1::int::oid AND objid = $2::int::oid
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())\
            """,
            LOCKS,
            key(index));
    return stopped > 0;
  }

  /** An index that is to be made. */
  private record Open(Table.Place place, String key) {}

  /** Makes what others have begun and left. Waits; what cannot be made now is left to the next. */
  public void resume(Ended ended) {
    var left =
        db.list(
            row ->
                new Open(
                    new Table.Place(
                        row.getString("project"), row.getString("database"), row.getString("id")),
                    row.getString("key")),
            """
            SELECT t.project, t.database, t.id, i.key FROM celadon.indexes i
            JOIN celadon.tables t ON t.number = i.table_number
            WHERE i.status = 'processing' AND i.created < clock_timestamp() - interval '5 s'
            ORDER BY i.number LIMIT 100\
            """);
    for (var open : left) {
      try {
        var table = tables.apply(open.place);
        var index = table.index(open.key);
        if (index != null)
          build(table, index, (tx, state) -> ended.accept(tx, table, index, state));
      } catch (RuntimeException error) {
        LOG.warn("cannot make an index that was left, later: {}", error.toString());
      }
    }
  }

  /** Keeps what has become of an index. */
  @FunctionalInterface
  public interface Ended {
    void accept(Db tx, Table table, Index index, Index.State state);
  }
}
