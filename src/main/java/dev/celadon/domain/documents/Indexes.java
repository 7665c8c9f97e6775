package dev.celadon.domain.documents;

import dev.celadon.api.Change;
import dev.celadon.api.Event;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.domain.documents.indexing.IndexBuilds;
import dev.celadon.domain.documents.indexing.IndexPlan;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Spatial;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The indexes of tables. */
public final class Indexes {

  /** How long, in milliseconds, a call waits for the index of a large table. */
  private static final int WAIT_MS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

  /** What follows the event of the call that asked for an index, once it is there or failed. */
  private static final Event UPDATED =
      Event.of("databases.[databaseId].tables.[tableId].indexes.[indexId].update");

  private static final Listing<Index> LISTING =
      new Listing<>(
          "celadon.indexes",
          Attributes.of(
              Attribute.text(Attribute.ID, "key"),
              Attribute.integer(Attribute.SEQUENCE, "number"),
              Attribute.time(Attribute.CREATED, "created"),
              Attribute.time(Attribute.UPDATED, "updated"),
              Attribute.text("key", "key"),
              Attribute.text("type", "kind"),
              Attribute.text("status", "status")),
          List.of(),
          Indexes::index);

  private final Db db;
  private final Shapes shapes;
  private final EventLog log;
  private final Supplier<Spatial> spatial;
  private final IndexBuilds builds;

  Indexes(Db db, Shapes shapes, EventLog log) {
    this.db = db;
    this.shapes = shapes;
    this.log = log;
    this.spatial = shapes.means()::spatial;
    this.builds = new IndexBuilds(db, spatial, place -> TableRows.read(db, place));
  }

  /**
   * An index to be made.
   *
   * @param columns what users call them
   * @param orders {@code ASC} or {@code DESC} for the first columns; the others ascend
   * @param lengths how many characters of the first columns it needs to hold; 0 for all
   */
  public record Draft(
      String key, String kind, List<String> columns, List<String> orders, List<Long> lengths) {}

  /** An index with the table it is of, whose columns it names. */
  public record Found(Table table, Index index) {

    /** The columns as users call them. */
    public List<String> columns() {
      return index.columns().stream().map(table::keyOf).toList();
    }
  }

  /**
   * A new index over what the table holds. It is there with the answer; where the table is large it
   * is made while rows are written, and the answer says how far it has come after {@value #WAIT_MS}
   * ms.
   */
  public Found create(Change change, Table.Place place, Draft draft) {
    var begun = begin(change, place, draft);
    shapes.forget(place);
    if (begun.found.index.state().available()) return begun.found;
    finish(List.of(begun));
    return get(place, draft.key);
  }

  /** A new index: it is there, or is to be made by {@link #finish} after the commit. */
  public record Begun(Change change, Found found) {}

  /** What {@link #create} does in one transaction. */
  public Begun begin(Change change, Table.Place place, Draft draft) {
    return db.tx(
        Tables.DDL_MS,
        tx -> {
          var table = TableRows.lock(tx, place);
          boolean later = IndexBuilds.slow(tx, table);
          var found = new Found(table, add(tx, table, draft, later));
          return new Begun(change, logged(tx, change, found));
        });
  }

  /** Makes indexes of large tables one after another, and waits at most {@value #WAIT_MS} ms. */
  public void finish(List<Begun> indexes) {
    var done = new CompletableFuture<Void>();
    Runnable work =
        () -> {
          indexes.forEach(this::make);
          done.complete(null);
        };
    Thread.ofVirtual().name("index").start(work);
    done.completeOnTimeout(null, WAIT_MS, TimeUnit.MILLISECONDS).join();
  }

  private void make(Begun begun) {
    var made = begun.found;
    try {
      builds.build(
          made.table,
          made.index,
          (tx, state) ->
              ended(tx, made, state).ifPresent(found -> logged(tx, begun.change, UPDATED, found)));
    } catch (RuntimeException error) {
      LOG.warn("cannot make an index now, later: {}", error.toString());
    } finally {
      shapes.forget(made.table.place());
    }
  }

  /** Goes on with the indexes that a process which died has left half made. Waits. */
  void resume() {
    builds.resume(
        (tx, table, index, state) -> {
          ended(tx, new Found(table, index), state);
          shapes.forget(table.place());
        });
  }

  private static Optional<Found> ended(Db tx, Found found, Index.State state) {
    return tx.one(
        row -> new Found(found.table, index(row)),
        """
        UPDATE celadon.indexes SET status = $3, error = $4, updated = clock_timestamp()
        WHERE project = $1 AND number = $2 RETURNING *\
        """,
        found.table.place().project(),
        found.index.number(),
        state.status(),
        state.error());
  }

  /**
   * @param later whether it is only noted, to be made outside of this transaction
   */
  Index add(Db tx, Table table, Draft draft, boolean later) {
    if (table.indexes().size() >= Table.MAX_INDEXES) {
      throw new Refusal(Fault.COLUMN_INDEX_LIMIT_EXCEEDED, draft.key);
    }
    if (table.index(draft.key) != null) {
      throw new Refusal(Fault.COLUMN_INDEX_ALREADY_EXISTS, draft.key);
    }
    var plan = new IndexPlan(table, spatial.get());
    var columns = plan.columns(draft.kind, draft.columns);
    IndexPlan.checkParts(draft.kind, columns.size(), draft.orders, draft.lengths);
    var state = later ? Index.State.PROCESSING : Index.State.AVAILABLE;
    var lengths = plan.lengths(draft.kind, columns, draft.lengths);
    var index = store(tx, table, new Stored(draft, columns, lengths), state);
    if (later) return index;
    try {
      tx.script(plan.statement(index, false));
    } catch (Db.Conflict twice) {
      throw invalid("rows hold the same values already");
    } catch (DatabaseException e) {
      if ("54000".equals(e.getSqlState())) throw invalid("rows hold values too long for an index");
      throw e;
    }
    return index;
  }

  /** What is kept of an index: its columns in SQL, and how many characters it holds of each. */
  private record Stored(Draft draft, List<String> columns, List<Long> lengths) {}

  /**
   * Makes those indexes of a small table anew that would hold longer texts than they can, now that
   * a column holds longer ones. On a large one they stay: what is too long for them is refused.
   */
  static void refit(Db tx, Table table, Spatial spatial) {
    var plan = new IndexPlan(table, spatial);
    if (IndexBuilds.slow(tx, table)) return;
    for (var index : table.indexes()) {
      var lengths = plan.lengths(index.kind(), index.columns(), index.lengths());
      if (lengths.equals(index.lengths()) || !index.state().available()) continue;
      tx.script(Ddl.dropIndex(table.schema(), index.sql()));
      tx.one(
              Indexes::index,
              """
              UPDATE celadon.indexes SET lengths = $3, updated = clock_timestamp()
              WHERE project = $1 AND number = $2 RETURNING *\
              """,
              table.place().project(),
              index.number(),
              lengths.toArray(Long[]::new))
          .ifPresent(refitted -> tx.script(plan.statement(refitted, false)));
    }
  }

  private static Index store(Db tx, Table table, Stored stored, Index.State state) {
    return tx.one(
            Indexes::index,
            """
            INSERT INTO celadon.indexes
              (project, table_number, key, kind, columns, orders, lengths, status)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *\
            """,
            table.place().project(),
            table.number(),
            stored.draft.key,
            stored.draft.kind,
            stored.columns.toArray(String[]::new),
            stored.draft.orders.toArray(String[]::new),
            stored.lengths.toArray(Long[]::new),
            state.status())
        .orElseThrow();
  }

  public Found get(Table.Place place, String key) {
    return existing(TableRows.read(db, place), key);
  }

  public Page<Found> list(Table.Place place, Listing.Wanted wanted) {
    var table = TableRows.read(db, place);
    var scope = Sql.of("project = ").arg(place.project());
    scope.add(" AND table_number = ").arg(table.number());
    return LISTING.page(db, scope, wanted).map(index -> new Found(table, index));
  }

  public void delete(Change change, Table.Place place, String key) {
    db.tx(
        Tables.DDL_MS,
        tx -> {
          var found = existing(TableRows.lock(tx, place), key);
          boolean stopped = IndexBuilds.stop(tx, found.index);
          tx.run(
              "DELETE FROM celadon.indexes WHERE project = $1 AND number = $2",
              place.project(),
              found.index.number());
          if (!stopped) tx.script(Ddl.dropIndex(found.table.schema(), found.index.sql()));
          return logged(tx, change, found);
        });
    shapes.forget(place);
  }

  private Found logged(Db tx, Change change, Found found) {
    return logged(tx, change, change.event(), found);
  }

  private Found logged(Db tx, Change change, Event event, Found found) {
    var place = found.table.place();
    var ids =
        Map.of(
            "databaseId", place.database(),
            "tableId", place.table(),
            "indexId", found.index.key());
    log.append(tx, change, event, Fact.of(ids, change.payload(found)));
    return found;
  }

  private static Found existing(Table table, String key) {
    var index = table.index(key);
    if (index == null) throw new Refusal(Fault.COLUMN_INDEX_NOT_FOUND, key);
    return new Found(table, index);
  }

  private static Index index(Row row) {
    return new Index(
        row.getLong("number"),
        row.getString("key"),
        row.getString("kind"),
        List.of(row.getArrayOfStrings("columns")),
        List.of(row.getArrayOfStrings("orders")),
        Stream.of(row.getArrayOfLongs("lengths")).toList(),
        new Index.State(row.getString("status"), row.getString("error")),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Fault.COLUMN_INDEX_INVALID, reason);
  }
}
