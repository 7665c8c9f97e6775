package dev.celadon.domain.documents;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Permission.Kind;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.json.LongList;
import dev.celadon.domain.documents.relations.LinkedChanges;
import dev.celadon.domain.documents.relations.LinkedDeletes;
import dev.celadon.domain.documents.relations.Reach;
import dev.celadon.domain.documents.sql.RowSql;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Many rows at once: all or none, each with its own event, at most as many as the operator lets. A
 * row that the caller may read but not change refuses the whole call.
 */
public final class BulkRows {

  /** PostgreSQL counts the arguments of a statement with 16 bits. */
  private static final int MAX_ARGUMENTS = 60_000;

  /** So many columns every row has beside those of the user. */
  private static final int OWN_COLUMNS = 6;

  /** So many rows, and characters, go into one statement. */
  private static final int MAX_ROWS = 100;

  private static final int MAX_CHARACTERS = 256 * 1024;

  private final Db lists;
  private final Db transactions;
  private final Shapes shapes;
  private final RowChanges changes;

  BulkRows(Lanes lanes, Shapes shapes, RowChanges changes) {
    this.lists = lanes.list();
    this.transactions = lanes.transactions();
    this.shapes = shapes;
    this.changes = changes;
  }

  /**
   * Stores new rows, all or none, and answers them as JSON under the name {@code plural}. Few of
   * them are one statement; what is much takes several in one transaction, so that neither
   * PostgreSQL's limits nor memory bound how much it may be.
   */
  public Future<Buffer> create(
      Change change, Table.Place place, List<RowChanges.Draft> drafts, String plural) {
    changes.requireFew(drafts);
    if (drafts.size() <= MAX_ROWS && weight(drafts) <= MAX_CHARACTERS) {
      return changes
          .create(change, place, drafts)
          .map(rows -> Rows.list(rows.size(), plural, rows));
    }
    return Waiting.on("bulk", () -> inParts(change, place, drafts, plural));
  }

  private Buffer inParts(
      Change change, Table.Place place, List<RowChanges.Draft> drafts, String plural) {
    try {
      return transactions.tx(tx -> inParts(tx, change, place, drafts).list(plural));
    } catch (DatabaseException refused) {
      if (!Shapes.outdated(refused)) throw refused;
      // The table changed after its shape was read; the second time it says how.
      return transactions.tx(tx -> inParts(tx, change, place, drafts).list(plural));
    }
  }

  private LongList inParts(Db tx, Change change, Table.Place place, List<RowChanges.Draft> drafts) {
    var seen = shapes.in(tx);
    var engine = changes.in(tx, seen);
    int most =
        seen.with(place, Future::succeededFuture).map(s -> together(s.table(), MAX_ROWS)).await();
    var made = new LongList();
    var part = new ArrayList<RowChanges.Draft>(most);
    long characters = 0;
    for (var draft : drafts) {
      long weight = Values.weight(draft.data());
      if (!part.isEmpty() && (part.size() == most || characters + weight > MAX_CHARACTERS)) {
        made.add(engine.create(change, place, part).await());
        part.clear();
        characters = 0;
      }
      part.add(draft);
      characters += weight;
    }
    made.add(engine.create(change, place, part).await());
    return made;
  }

  /** How many rows of a table one statement may make, of {@code most}. */
  public static int together(Table table, int most) {
    int columns = table.columns().size() + OWN_COLUMNS;
    return Math.clamp(MAX_ARGUMENTS / columns, 1, Math.min(most, MAX_ROWS));
  }

  private static long weight(List<RowChanges.Draft> drafts) {
    long weight = 0;
    for (var draft : drafts) weight += Values.weight(draft.data());
    return weight;
  }

  /** The shape of a table to which the caller may add rows. */
  public Future<Shape> open(Change change, Table.Place place) {
    return shapes.with(
        place,
        change.actor(),
        shape -> {
          Rows.requireOpen(change.actor(), shape.table());
          Access.requireCreate(change.actor(), shape.table());
          shape.views().requireRows(change.actor());
          return Future.succeededFuture(shape);
        });
  }

  /** Whether a row that is given may name {@code key}. */
  public static boolean takes(Table table, String key) {
    return Values.own(key) || table.has(key);
  }

  /**
   * Refuses what cannot be a row of a table, as far as the row alone can tell; what it is linked
   * to, and whether others hold the same, is seen when it is stored.
   */
  public void check(Actor actor, Shape shape, RowChanges.Draft draft) {
    var table = shape.table();
    var data = draft.data();
    if (LinkedChanges.concern(table, data)) {
      data = data.copy();
      for (var relation : table.relations()) if (relation.shown()) data.remove(relation.key());
    }
    var plain = new RowChanges.Draft(draft.id(), data, draft.permissions());
    try {
      RowChanges.fresh(actor, shape, plain, changes.now());
    } catch (Values.Unknown unknown) {
      throw unknown.refusal();
    }
  }

  /** What a statement says of one row that it changed, and of all that it found. */
  private record Outcome(long hits, boolean allowed, String payload) {
    static Outcome of(Row row) {
      var payload = row.getString(2);
      return new Outcome(row.getLong(0), row.getBoolean(1), payload == null ? "" : payload);
    }
  }

  /** Changes the rows that match; answers them as JSON. */
  public Future<List<String>> update(
      Change change, Table.Place place, JsonObject data, List<Query> queries) {
    return shapes
        .with(
            place,
            change.actor(),
            shape -> {
              if (LinkedChanges.concern(shape.table(), data)) {
                throw new Refusal(Fault.BAD_REQUEST, "rows are linked one by one, not many alike");
              }
              var values = RowChanges.given(change, shape, data);
              if (values.isEmpty()) throw new Refusal(Fault.ROW_MISSING_PAYLOAD, "");
              var draft = new RowChanges.Draft("", data, null);
              var row = RowChanges.row(change.actor(), draft, changes.now());
              var update = shape.sql().update(row, values, false);
              return run(change, shape, queries, new Work(Kind.UPDATE, update));
            })
        .recover(failure -> RowChanges.said(failure, ""));
  }

  /** Deletes the rows that match; answers them as JSON, as they were. */
  public Future<List<String>> delete(Change change, Table.Place place, List<Query> queries) {
    return shapes.with(
        place,
        change.actor(),
        shape -> {
          var work = new Work(Kind.DELETE, shape.sql().delete());
          if (!LinkedDeletes.concern(shape.table())) return run(change, shape, queries, work);
          Rows.requireReadable(change.actor(), shape.table());
          return changes.linked().delete(change, place, within -> doomed(within, change, queries));
        });
  }

  /** A statement up to its WHERE, and the permission that it takes. */
  private record Work(Kind kind, Sql statement) {}

  private Future<List<String>> run(Change change, Shape shape, List<Query> queries, Work work) {
    Rows.requireReadable(change.actor(), shape.table());
    if (Reach.beyond(shape.table(), queries)) {
      return Reach.of(shapes, change.actor(), shape, queries)
          .compose(reach -> reach.watch(run(change, shape, reach.criteria(), work)));
    }
    return run(change, shape, Criteria.of(queries, shape.sql().attributes()), work);
  }

  private Future<List<String>> run(Change change, Shape shape, Criteria criteria, Work work) {
    var statement = work.statement.add(RowSql.hit(changes.most()));
    var happening = changes.happening(change, shape.table(), work.kind == Kind.DELETE);
    var sql = shape.sql().logged(head(change, shape, criteria, work.kind), statement, happening);
    sql.add("SELECT hits, verdict.allowed, payload::text FROM verdict LEFT JOIN shown ON TRUE");
    return lists
        .listAsync(Outcome::of, sql.text(), sql.args())
        .map(outcomes -> payloads(outcomes).stream().map(shape::opened).toList());
  }

  private Sql head(Change change, Shape shape, Criteria criteria, Kind kind) {
    if (criteria.cursor() != null) {
      throw Failure.with(Fault.QUERY_INVALID, "a cursor has no place in a change of many rows");
    }
    var read = Access.of(change.actor(), shape.table(), Kind.READ).condition();
    var allowed = Access.of(change.actor(), shape.table(), kind).condition();
    return shape.sql().hits(criteria, read, allowed, changes.most());
  }

  /** The ids of rows that match and that the caller may delete, all of them; locked. */
  private List<String> doomed(LinkedChanges.Within within, Change change, List<Query> queries) {
    var shape = within.shape();
    var reach = Reach.of(within.shapes(), change.actor(), shape, queries).await();
    var criteria = reach.criteria();
    var sql = head(change, shape, criteria, Kind.DELETE);
    sql.add("found AS (SELECT 1) SELECT hits, verdict.allowed, _id FROM verdict");
    sql.add(" LEFT JOIN hit ON TRUE");
    return payloads(within.tx().list(Outcome::of, sql.text(), sql.args()));
  }

  private List<String> payloads(List<Outcome> outcomes) {
    var first = outcomes.getFirst();
    if (first.hits > changes.most()) {
      throw new Refusal(
          Fault.BAD_REQUEST, "more than " + changes.most() + " rows match; set a limit");
    }
    if (!first.allowed) throw Refusal.unauthorized();
    if (first.hits == 0) return List.of();
    return outcomes.stream().map(Outcome::payload).toList();
  }
}
