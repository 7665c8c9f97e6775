package dev.celadon.domain.documents;

import dev.celadon.api.Change;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The indexes of tables. */
public final class Indexes {

  public static final String KEY = "key";
  public static final String UNIQUE = "unique";

  private static final Listing<Index> LISTING =
      new Listing<>(
          "celadon.indexes",
          Attributes.of(
              Attribute.text(Attribute.ID, "key"),
              Attribute.integer(Attribute.SEQUENCE, "number"),
              Attribute.time(Attribute.CREATED, "created"),
              Attribute.time(Attribute.UPDATED, "updated"),
              Attribute.text("key", "key"),
              Attribute.text("type", "kind")),
          List.of(),
          Indexes::index);

  private final Db db;
  private final Shapes shapes;
  private final EventLog log;

  Indexes(Db db, Shapes shapes, EventLog log) {
    this.db = db;
    this.shapes = shapes;
    this.log = log;
  }

  /**
   * An index to be made.
   *
   * @param columns what users call them
   * @param orders {@code ASC} or {@code DESC} for the first columns; the others ascend
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

  /** A new index over what the table holds. */
  public Found create(Change change, Table.Place place, Draft draft) {
    var made =
        db.tx(
            Tables.DDL_MS,
            tx -> {
              var table = TableRows.lock(tx, place);
              return logged(tx, change, new Found(table, add(tx, table, draft)));
            });
    shapes.forget(place);
    return made;
  }

  Index add(Db tx, Table table, Draft draft) {
    if (table.indexes().size() >= Table.MAX_INDEXES) {
      throw new Refusal(Fault.COLUMN_INDEX_LIMIT_EXCEEDED, draft.key);
    }
    if (table.index(draft.key) != null) {
      throw new Refusal(Fault.COLUMN_INDEX_ALREADY_EXISTS, draft.key);
    }
    var columns = new ArrayList<String>();
    var ordered = new ArrayList<String>();
    boolean inside = false;
    for (var key : draft.columns) {
      var own = Table.Own.sqlOf(key);
      var column = table.column(key);
      if (own == null && column == null) throw invalid("there is no column '" + key + "'");
      inside |= column != null && column.array();
      var sql = own == null && column != null ? column.sql() : String.valueOf(own);
      if (columns.contains(sql)) throw invalid("the column '" + key + "' is named twice");
      int place = columns.size();
      boolean descends = place < draft.orders.size() && "DESC".equals(draft.orders.get(place));
      columns.add(sql);
      ordered.add(descends ? sql + " DESC" : sql);
    }
    boolean unique = draft.kind.equals(UNIQUE);
    if (columns.isEmpty()) throw invalid("an index needs columns");
    if (columns.size() > 32) throw invalid("an index has at most 32 columns");
    if (inside && (unique || columns.size() > 1)) {
      throw invalid("an index of a list is of that one column and not unique");
    }
    var index = store(tx, table, draft, columns);
    try {
      tx.script(
          Ddl.createIndex(table.sql(), index.sql(), unique, inside ? columns : ordered, inside));
    } catch (Db.Conflict twice) {
      throw invalid("rows hold the same values already");
    } catch (DatabaseException e) {
      if ("54000".equals(e.getSqlState())) throw invalid("rows hold values too long for an index");
      throw e;
    }
    return index;
  }

  private static Index store(Db tx, Table table, Draft draft, List<String> columns) {
    return tx.one(
            Indexes::index,
            """
            INSERT INTO celadon.indexes (project, table_number, key, kind, columns, orders, lengths)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *\
            """,
            table.place().project(),
            table.number(),
            draft.key,
            draft.kind,
            columns.toArray(String[]::new),
            draft.orders.toArray(String[]::new),
            draft.lengths.toArray(Long[]::new))
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
          tx.run(
              "DELETE FROM celadon.indexes WHERE project = $1 AND number = $2",
              place.project(),
              found.index.number());
          tx.script(Ddl.dropIndex(found.table.schema(), found.index.sql()));
          return logged(tx, change, found);
        });
    shapes.forget(place);
  }

  private Found logged(Db tx, Change change, Found found) {
    var place = found.table.place();
    var ids =
        Map.of(
            "databaseId", place.database(),
            "tableId", place.table(),
            "indexId", found.index.key());
    log.append(tx, change, Fact.of(ids, change.payload(found)));
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
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Fault.COLUMN_INDEX_INVALID, reason);
  }
}
