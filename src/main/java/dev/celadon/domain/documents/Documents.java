package dev.celadon.domain.documents;

import dev.celadon.domain.activities.Activities;
import dev.celadon.domain.documents.leftovers.Leftovers;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.domain.documents.schemas.Schemas;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.documents.staging.Transactions;
import dev.celadon.domain.documents.transfer.Exports;
import dev.celadon.domain.documents.transfer.Imports;
import dev.celadon.domain.documents.usage.Server;
import dev.celadon.domain.documents.usage.Usage;
import dev.celadon.domain.projects.Vault;
import dev.celadon.domain.query.Spatial;
import dev.celadon.event.EventLog;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import io.vertx.sqlclient.DatabaseException;
import java.time.Clock;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole engine, wired: what users define, and the rows that stand in it. */
public final class Documents {

  private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

  private final Lanes lanes;
  private final EventLog log;
  private final Clock clock;
  private final Shared shared;
  private final Shapes shapes;
  private final Leftovers leftovers;
  private final Databases databases;
  private final Tables tables;
  private final Columns columns;
  private final Indexes indexes;
  private final RelationColumns relationColumns;
  private final Rows rows;
  private final RowChanges changes;
  private final BulkRows bulk;

  /**
   * What the operator decides.
   *
   * @param bulkRows the most rows that one call may write
   * @param importBytes the longest file of rows; a user's may have a sixteenth of it
   */
  public record Bounds(int bulkRows, long importBytes) {
    public static final Bounds USUAL = new Bounds(100, 1L << 30);
  }

  /** The engine on one database; {@code log} takes the events of all changes. */
  public Documents(Lanes lanes, EventLog log, Clock clock, Vault vault, Bounds bounds) {
    this(
        lanes,
        log,
        clock,
        new Shared(
            new Shapes(lanes.point(), Shape.Means.of(lanes.transactions(), vault)),
            new CommonReaders(lanes.point()),
            bounds));
  }

  public Bounds bounds() {
    return shared.bounds;
  }

  /** What the engine has in common with those that work in its transactions. */
  private record Shared(Shapes shapes, CommonReaders common, Bounds bounds) {
    Shared in(Db tx) {
      return new Shared(shapes.in(tx), common, bounds);
    }
  }

  private Documents(Lanes lanes, EventLog log, Clock clock, Shared shared) {
    this.lanes = lanes;
    this.log = log;
    this.clock = clock;
    this.shared = shared;
    this.shapes = shared.shapes;
    var db = lanes.transactions();
    leftovers = new Leftovers(db);
    databases = new Databases(db, shapes, log, leftovers);
    columns = new Columns(db, shapes, log);
    indexes = new Indexes(db, shapes, log);
    relationColumns = new RelationColumns(db, shapes, log);
    tables = new Tables(db, shapes, log, columns, indexes);
    rows = new Rows(lanes, shapes, shared.common);
    changes = new RowChanges(lanes, shapes, log, clock, shared.bounds.bulkRows);
    bulk = new BulkRows(lanes, shapes, changes);
  }

  /**
   * Does several things in one transaction: {@code work} gets the transaction and the engine that
   * works in it, whose futures it awaits one by one. It is run again where it met another
   * transaction or a table that was being changed, so it must have no effect outside. Waits.
   *
   * @param timeoutMs milliseconds that one statement may take; 0 keeps what is usual
   */
  public <T> T tx(int timeoutMs, BiFunction<Db, Documents, T> work) {
    for (int left = Shapes.TRIES; ; left--) {
      try {
        return once(timeoutMs, work);
      } catch (DatabaseException refused) {
        if (left == 0 || !Shapes.outdated(refused)) throw refused;
      }
    }
  }

  private <T> T once(int timeoutMs, BiFunction<Db, Documents, T> work) {
    return lanes
        .transactions()
        .tx(
            timeoutMs,
            tx -> work.apply(tx, new Documents(Lanes.of(tx), log, clock, shared.in(tx))));
  }

  /** What is to be dropped of databases and projects that are gone. */
  public Leftovers leftovers() {
    return leftovers;
  }

  /** Finds out what the database offers, before anything else is asked of it. Waits. */
  public void open() {
    shapes.means().postGis().open();
  }

  /** Ends what others have begun and left. Waits; to be called at the start and now and then. */
  public void sweep() {
    leftovers.drop();
    transactions().sweep();
    try {
      Imports.sweep(lanes.transactions());
      indexes.resume();
    } catch (RuntimeException error) {
      LOG.warn("cannot go on with indexes or imports, later: {}", error.toString());
    }
  }

  /** Opens what is stored encrypted, for those who may read it. */
  public Seals seals() {
    return shapes.means().seals();
  }

  /** What geometry can be asked for here. */
  public Spatial spatial() {
    return shapes.means().spatial();
  }

  public Databases databases() {
    return databases;
  }

  public Tables tables() {
    return tables;
  }

  public Columns columns() {
    return columns;
  }

  /** The columns of relationships. */
  public RelationColumns relationColumns() {
    return relationColumns;
  }

  public Indexes indexes() {
    return indexes;
  }

  /** Rows as they are read. */
  public Rows rows() {
    return rows;
  }

  /** Rows as they are written. */
  public RowChanges changes() {
    return changes;
  }

  /** Rows as they are stored, whether they exist or not. */
  public Upserts upserts() {
    return changes.upserts();
  }

  /** Rows as they are written many at once. */
  public BulkRows bulk() {
    return bulk;
  }

  /** All tables of a database as one thing. */
  public Schemas schemas() {
    return new Schemas(this, lanes.transactions(), shapes::forget);
  }

  /** How much there is, and how much happens. */
  public Usage usage() {
    return new Usage(lanes, clock);
  }

  /** Who did what. */
  public Activities activities() {
    return new Activities(lanes);
  }

  /** The server that holds everything. */
  public Server server() {
    return new Server(lanes);
  }

  /** Tables on their way into files of rows. */
  public Exports exports() {
    return new Exports(shapes, lanes.list(), seals());
  }

  /** Files of rows on their way into tables. */
  public Imports imports() {
    return new Imports(lanes.transactions());
  }

  /** What clients have begun, to be done together. */
  public Transactions transactions() {
    return new Transactions(lanes.transactions());
  }
}
