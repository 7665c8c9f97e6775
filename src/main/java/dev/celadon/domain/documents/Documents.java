package dev.celadon.domain.documents;

import dev.celadon.event.EventLog;
import dev.celadon.store.Postgres;
import java.time.Clock;

/** The whole engine, wired: what users define, and the rows that stand in it. */
public final class Documents {

  private final Leftovers leftovers;
  private final Databases databases;
  private final Tables tables;
  private final Columns columns;
  private final Indexes indexes;
  private final Rows rows;
  private final RowChanges changes;
  private final BulkRows bulk;

  /** The engine on one database; {@code log} takes the events of all changes. */
  public Documents(Postgres postgres, EventLog log, Clock clock) {
    var shapes = new Shapes(postgres.point());
    var db = postgres.transactions();
    leftovers = new Leftovers(db);
    databases = new Databases(db, shapes, log, leftovers);
    columns = new Columns(db, shapes, log);
    indexes = new Indexes(db, shapes, log);
    tables = new Tables(db, shapes, log, columns, indexes);
    rows = new Rows(postgres, shapes);
    changes = new RowChanges(postgres, shapes, log, clock);
    bulk = new BulkRows(postgres, shapes, changes);
  }

  /** What is to be dropped of databases and projects that are gone. */
  public Leftovers leftovers() {
    return leftovers;
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

  /** Rows as they are written many at once. */
  public BulkRows bulk() {
    return bulk;
  }
}
