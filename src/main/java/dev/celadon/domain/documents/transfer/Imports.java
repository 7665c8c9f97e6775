package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.staging.Caller;
import dev.celadon.domain.documents.transfer.Import.Progress;
import dev.celadon.store.Db;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the files that are on their way. All of it waits. An import belongs to who began
 * it; keys and admins see all. It is forgotten {@value #LIFE_HOURS} hours after it last changed.
 */
public final class Imports {

  /** How many a user may have under way, in a project. */
  public static final int OPEN_OF_USER = 4;

  /** How many a key or an admin may. */
  public static final int OPEN_OF_KEY = 100;

  private static final int LIFE_HOURS = 24;

  /** How many the sweep takes away at once. */
  private static final int BATCH = 20;

  /** Held by the transaction that stores what has come, for as long as it does. */
  private static final String LOCK = "hashtextextended(%s || '/' || %s, 68)";

  private static final String SELECT =
      "SELECT *, CASE WHEN status = 'OPEN' AND EXISTS (SELECT 1 FROM pg_locks l"
          + " WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.database ="
          + " (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " AND ((l.classid::bigint << 32) | l.objid::bigint) = "
          + LOCK.formatted("project", "id")
          + ") THEN 'APPLYING' ELSE status END AS state FROM celadon.imports"
          + " WHERE project = $1 AND id = $2";

  private final Db db;

  public Imports(Db transactions) {
    this.db = transactions;
  }

  /**
   * @throws Failure {@link Fault#IMPORT_NOT_FOUND}, also for who did not begin it
   */
  public Import get(Caller caller, Table.Place place, String id) {
    return find(caller, id).filter(found -> of(found, place)).orElseThrow(() -> missing(id));
  }

  /** Whoever it is of; fails where somebody else has this id. */
  Optional<Import> find(Caller caller, String id) {
    var found = read(db, caller.project(), id);
    found.ifPresent(
        one -> {
          boolean own = one.owner().equals(caller.name());
          if (!own && !caller.actor().privileged()) throw missing(id);
        });
    return found;
  }

  static Optional<Import> read(Db db, String project, String id) {
    return db.one(Import::of, SELECT, project, id);
  }

  static boolean of(Import one, Table.Place place) {
    return one.database().equals(place.database()) && one.table().equals(place.table());
  }

  static Failure missing(String id) {
    return Failure.with(Fault.IMPORT_NOT_FOUND, id);
  }

  static Failure taken(String id) {
    return Failure.with(Fault.IMPORT_IN_PROGRESS, id);
  }

  /** Begins one. */
  Import create(Caller caller, Table table, String id, Import.Settings settings) {
    if (caller.actor() instanceof Actor.Guest) throw Failure.with(Fault.USER_UNAUTHORIZED);
    int most = caller.actor().privileged() ? OPEN_OF_KEY : OPEN_OF_USER;
    var place = table.place();
    int made =
        db.run(
            """
            INSERT INTO celadon.imports
              (project, id, database, "table", number, owner, settings, expires)
            SELECT $1::text, $2::text, $3::text, $4::text, $5::bigint, $6::text, $7::text,
              clock_timestamp() + make_interval(hours => $8::int)
            WHERE $9::bigint > (SELECT count(*) FROM celadon.imports
              WHERE project = $1::text AND owner = $6::text AND status = 'OPEN')
            ON CONFLICT DO NOTHING\
            """,
            caller.project(),
            id,
            place.database(),
            place.table(),
            table.number(),
            caller.name(),
            settings.write(),
            LIFE_HOURS,
            (long) most);
    if (made == 1) return read(db, caller.project(), id).orElseThrow(() -> missing(id));
    if (read(db, caller.project(), id).isPresent()) throw taken(id);
    throw Failure.with(
        Fault.TRANSACTION_LIMIT_EXCEEDED, most + " open imports; end some of them first");
  }

  /**
   * How far a request has come beyond {@code from}: the state that is to be, and the records that
   * are to be kept. Nothing happens where somebody else has gone on from there already.
   */
  record Step(Progress from, Progress to, List<Long> lines, List<String> records) {}

  void advance(String project, String id, Step step) {
    var from = step.from;
    var to = step.to;
    db.tx(
        tx -> {
          int done =
              tx.run(
                  """
                  UPDATE celadon.imports SET bytes = $4, lines = $5, good = $6, bad = $7,
                    errors = $8, header = $9, updated = clock_timestamp(),
                    expires = clock_timestamp() + make_interval(hours => $10)
                  WHERE project = $1 AND id = $2 AND status = 'OPEN' AND bytes = $3\
                  """,
                  project,
                  id,
                  from.bytes(),
                  to.bytes(),
                  to.lines(),
                  to.good(),
                  to.bad(),
                  Import.Mistake.write(to.mistakes()),
                  header(to.header()),
                  LIFE_HOURS);
          if (done == 0) throw taken(id);
          if (step.records.isEmpty()) return 0;
          return tx.run(
              "INSERT INTO celadon.import_records VALUES ($1, $2, $3, $4, $5)",
              project,
              id,
              from.bytes(),
              step.lines.toArray(Long[]::new),
              step.records.toArray(String[]::new));
        });
  }

  private static String @Nullable [] header(@Nullable List<String> names) {
    return names == null ? null : names.toArray(String[]::new);
  }

  /** Some records that are kept, and where in the file they began. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Batch(long at, Long[] lines, String[] records) {}

  /** The first that are kept beyond {@code at}. */
  static Optional<Batch> batch(Db tx, String project, String id, long at) {
    return tx.one(
        row -> new Batch(row.getLong(0), row.getArrayOfLongs(1), row.getArrayOfStrings(2)),
        """
        SELECT at, lines, records FROM celadon.import_records
        WHERE project = $1 AND import = $2 AND at > $3 ORDER BY at LIMIT 1\
        """,
        project,
        id,
        at);
  }

  /** Lets nobody else store it before the end of {@code tx}. */
  static void lock(Db tx, String project, String id) {
    boolean held =
        tx.one(
                row -> row.getBoolean(0),
                "SELECT pg_try_advisory_xact_lock(" + LOCK.formatted("$1::text", "$2::text") + ")",
                project,
                id)
            .orElse(false);
    if (!held) throw taken(id);
  }

  /** The same import, as far as it has come; not where somebody else has ended it. */
  static Import still(Db tx, String project, Import one) {
    var now = read(tx, project, one.id()).orElseThrow(() -> missing(one.id()));
    boolean ended = now.status() == Import.Status.COMPLETED || now.status() == Import.Status.FAILED;
    if (ended || now.progress().bytes() != one.progress().bytes()) throw taken(one.id());
    return now;
  }

  /** As if it had never been begun: nothing has come of it. */
  void forget(String project, String id) {
    db.run("DELETE FROM celadon.imports WHERE project = $1 AND id = $2 AND bytes = 0", project, id);
  }

  /** Says how it ended, and keeps its records no longer. */
  static void end(Db tx, String project, Import one, Import.Status how) {
    var progress = one.progress();
    int done =
        tx.run(
            """
            UPDATE celadon.imports SET status = $3, good = $4, bad = $5, errors = $6,
              updated = clock_timestamp()
            WHERE project = $1 AND id = $2 AND status = 'OPEN' AND bytes = $7\
            """,
            project,
            one.id(),
            how.name(),
            progress.good(),
            progress.bad(),
            Import.Mistake.write(progress.mistakes()),
            progress.bytes());
    if (done == 0) throw taken(one.id());
    tx.run(
        "DELETE FROM celadon.import_records WHERE project = $1 AND import = $2", project, one.id());
  }

  /** As {@link #end}: nothing of it has been stored. */
  void fail(String project, Import one) {
    db.tx(
        tx -> {
          end(tx, project, one, Import.Status.FAILED);
          return 0;
        });
  }

  /** Forgets one, and all that has come of it, unless its rows are stored already. */
  public void delete(Caller caller, Table.Place place, String id) {
    var found = get(caller, place, id);
    db.run(
        "DELETE FROM celadon.imports WHERE project = $1 AND id = $2", caller.project(), found.id());
  }

  /** Takes away what nobody has gone on with; few at a time, since each may hold much. */
  public static void sweep(Db db) {
    int gone = BATCH;
    while (gone == BATCH) {
      gone =
          db.run(
              """
              DELETE FROM celadon.imports WHERE (project, id) IN (
                SELECT project, id FROM celadon.imports WHERE expires < clock_timestamp()
                ORDER BY expires LIMIT $1 FOR UPDATE SKIP LOCKED)\
              """,
              (long) BATCH);
    }
  }
}
