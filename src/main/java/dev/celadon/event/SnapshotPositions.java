package dev.celadon.event;

import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Places in the log as PostgreSQL snapshots: exact, whatever else is running. */
public final class SnapshotPositions implements Positions {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotPositions.class);

  private final Db db;
  private final int rows;
  private final long bytes;
  private final UnaryOperator<String> open;

  /** Payloads are taken as they are stored. */
  public SnapshotPositions(Db db, int rows, long bytes) {
    this(db, rows, bytes, UnaryOperator.identity());
  }

  /**
   * @param db any client; readings are short
   * @param rows how many events one reading carries at most
   * @param bytes how large their stored payloads are at most, together
   * @param open makes a payload as readers see it of one as it is stored
   */
  public SnapshotPositions(Db db, int rows, long bytes, UnaryOperator<String> open) {
    this.db = db;
    this.rows = rows;
    this.bytes = bytes;
    this.open = open;
  }

  /**
   * Compares the database with the history that it last knew itself to be. A database that was
   * restored from a dump, or copied, gets a history of its own: positions of the other one are
   * answered with a gap, and events that came with the dump never look new. Call it after the
   * migrations and before anything is written; it waits.
   *
   * @return whether this was a restored or copied database
   */
  public static boolean open(Db db) {
    return db.tx(
        tx -> {
          tx.run("LOCK TABLE celadon.event_marks IN EXCLUSIVE MODE");
          var home = tx.one(row -> row.getString(0), HOME).orElseThrow();
          var known =
              tx.one(
                  row -> row.getString(0),
                  "SELECT value FROM celadon.meta WHERE key = 'events.home'");
          if (known.isPresent() && known.get().equals(home)) return false;
          tx.run(
              """
              INSERT INTO celadon.meta VALUES ('events.home', $1)
              ON CONFLICT (key) DO UPDATE SET value = excluded.value
              """,
              home);
          if (known.isPresent()) restored(tx);
          return known.isPresent();
        });
  }

  /** Without the timeline: after a failover transaction ids go on, and events need no freezing. */
  private static final String HOME =
      """
      SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        'celadon.events'::regclass::oid)
      """;

  private static void restored(Db tx) {
    LOG.warn("this database was restored or copied: its event log starts a new epoch");
    tx.run("UPDATE celadon.events SET xid = '0' WHERE xid <> '0'");
    tx.run("DELETE FROM celadon.event_marks");
    tx.run("DELETE FROM celadon.meta WHERE key = 'events.horizon'");
    tx.run(
        """
        INSERT INTO celadon.meta VALUES ('events.restores', '1')
        ON CONFLICT (key) DO UPDATE SET value = (celadon.meta.value::bigint + 1)::text
        """);
  }

  @Override
  public Future<Slice> read(Collection<String> projects, @Nullable Position after) {
    if (after == null) return query(List.of(), NOTHING).map(rows -> slice(rows, null));
    return query(projects, after).map(rows -> slice(rows, after));
  }

  private static final Position NOTHING = Position.at("", new Snapshot(1, 1, List.of()));

  private Future<List<Row>> query(Collection<String> projects, Position after) {
    var done = after.done();
    return db.listAsync(
        row -> row,
        """
        SELECT * FROM celadon.events_after(
          $1, $2::text::pg_snapshot, $3::text::pg_snapshot, $4, $5, $6)
        """,
        projects.toArray(String[]::new),
        after.seen().toSql(),
        done == null ? null : done.toSql(),
        after.upTo(),
        rows,
        bytes);
  }

  private Slice slice(List<Row> rows, @Nullable Position after) {
    var head = rows.getFirst();
    var snapshot = Snapshot.ofSql(head.getString("snapshot"));
    var epoch = head.getString("epoch");
    var now = Position.at(epoch, snapshot);
    if (after == null) return new Slice(List.of(), snapshot, now, false, false);
    var horizon = head.getString("horizon");
    if (lost(after, now, horizon == null ? 0 : Long.parseLong(horizon))) {
      return new Slice(List.of(), snapshot, now, false, true);
    }
    var done = after.done() == null ? snapshot : after.done();
    boolean more = head.getBoolean("more");
    var events = new ArrayList<Logged>(rows.size());
    var next = more ? after : Position.at(epoch, done);
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      if (row.getLong("id") == null) continue;
      boolean last = i == rows.size() - 1;
      var behind = new Position(epoch, after.seen(), done, row.getLong("id"));
      if (last && more) next = behind;
      try {
        events.add(event(row, last ? next : behind));
      } catch (RuntimeException e) {
        LOG.error("event {} of {} skipped", row.getLong("id"), row.getString("project"), e);
      }
    }
    return new Slice(events, snapshot, next, more || after.done() != null, false);
  }

  /** Whether something behind {@code after} may have been dropped, or it is not of this history. */
  private static boolean lost(Position after, Position now, long horizon) {
    var seen = after.seen();
    var done = Objects.requireNonNullElse(after.done(), seen);
    return !after.epoch().equals(now.epoch())
        || seen.xmax() > now.seen().xmax()
        || done.xmax() > now.seen().xmax()
        || seen.xmin() < horizon;
  }

  private Logged event(Row row, Position position) {
    OffsetDateTime time = row.getOffsetDateTime("time");
    return new Logged(
        row.getString("project"),
        row.getLong("id"),
        Long.parseLong(row.getString("xid")),
        time.toInstant(),
        row.getString("event"),
        List.of(row.getArrayOfStrings("ids")),
        row.getLong("version"),
        List.of(row.getArrayOfStrings("readers")),
        List.of(row.getArrayOfStrings("allowed")),
        row.getString("container"),
        row.getString("columns"),
        row.getString("actor"),
        open.apply(row.getString("payload")),
        position);
  }
}
