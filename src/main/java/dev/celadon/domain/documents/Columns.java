package dev.celadon.domain.documents;

import dev.celadon.api.Change;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of tables. A change that would lose or contradict what is stored is refused. */
public final class Columns {

  private static final Listing<Row> LISTING =
      new Listing<>(
          "celadon.columns",
          Attributes.of(
              Attribute.text(Attribute.ID, "key"),
              Attribute.integer(Attribute.SEQUENCE, "number"),
              Attribute.time(Attribute.CREATED, "created"),
              Attribute.time(Attribute.UPDATED, "updated"),
              Attribute.text("key", "key"),
              Attribute.text(
                  "type",
                  "CASE WHEN kind = 'FLOAT' THEN 'double' WHEN kind = 'LINE' THEN 'linestring'"
                      + " WHEN kind IN ('EMAIL', 'ENUM', 'IP', 'URL') THEN 'string'"
                      + " ELSE lower(kind) END"),
              Attribute.bool("required", "(settings::json->>'required')::boolean"),
              Attribute.bool("array", "(settings::json->>'array')::boolean"),
              Attribute.integer("size", "(settings::json->>'size')::bigint")),
          List.of(),
          row -> row);

  private final Db db;
  private final Shapes shapes;
  private final EventLog log;

  Columns(Db db, Shapes shapes, EventLog log) {
    this.db = db;
    this.shapes = shapes;
    this.log = log;
  }

  /** A column to be made. */
  public record Draft(String key, Kind kind, Column.Settings settings, Guard guard) {

    /** One that table and row decide about. */
    public Draft(String key, Kind kind, Column.Settings settings) {
      this(key, kind, settings, Guard.NONE);
    }
  }

  /**
   * What shall be changed of a column.
   *
   * @param key what it is called
   * @param newKey what it shall be called, or null
   * @param settings makes the new settings of the old ones
   * @param guard who shall read it and give it a value; null leaves that as it is
   */
  public record Update(
      String key,
      Kind kind,
      @Nullable String newKey,
      UnaryOperator<Column.Settings> settings,
      @Nullable Guard guard) {

    /** One that changes nothing about who may read it. */
    public Update(
        String key, Kind kind, @Nullable String newKey, UnaryOperator<Column.Settings> settings) {
      this(key, kind, newKey, settings, null);
    }
  }

  /** A new column; rows that exist hold nothing in it. */
  public Column create(Change change, Table.Place place, Draft draft) {
    var made =
        db.tx(
            Tables.DDL_MS,
            tx -> logged(tx, change, place, add(tx, TableRows.lock(tx, place), draft)));
    shapes.forget(place);
    return made;
  }

  Column add(Db tx, Table table, Draft draft) {
    Column.check(draft.key, draft.kind, draft.settings);
    if (table.columns().size() >= Table.MAX_COLUMNS) throw full(draft.key);
    if (table.has(draft.key)) throw taken(draft.key);
    requireStill(table, draft.key);
    var column =
        tx.one(
                Columns::column,
                """
                INSERT INTO celadon.columns
                  (project, table_number, key, kind, settings, permissions)
                VALUES ($1, $2, $3, $4, $5, $6) RETURNING *\
                """,
                table.place().project(),
                table.number(),
                draft.key,
                draft.kind.name(),
                draft.settings.write().encode(),
                draft.guard.texts())
            .orElseThrow();
    try {
      tx.script(Ddl.addColumn(table.sql(), column.sql(), draft.kind.stored(), column.array()));
    } catch (DatabaseException e) {
      // PostgreSQL counts the columns that were dropped, too, up to 1,600.
      if ("54011".equals(e.getSqlState())) throw full(draft.key);
      throw e;
    }
    touch(tx, table);
    return column;
  }

  /** One column as clients see it. */
  public JsonObject get(Table.Place place, String key) {
    var table = TableRows.read(db, place);
    var relation = table.relation(key);
    return relation == null ? existing(table, key).json() : relation.json();
  }

  /** Columns as clients see them. */
  public Page<JsonObject> list(Table.Place place, Listing.Wanted wanted) {
    var table = TableRows.read(db, place);
    var scope = Sql.of("project = ").arg(place.project());
    scope.add(" AND table_number = ").arg(table.number());
    return LISTING.page(db, scope, wanted).map(row -> json(table, row));
  }

  private static JsonObject json(Table table, Row row) {
    var relation = table.relation(row.getString("key"));
    return relation == null ? column(row).json() : relation.json();
  }

  /** Changes a column of the given kind. */
  public Column update(Change change, Table.Place place, Update update) {
    return update(change, place, update, update.kind::equals);
  }

  /** Changes a column, which becomes of the given kind if that takes its values as they are. */
  public Column convert(Change change, Table.Place place, Update update) {
    return update(change, place, update, update.kind::takes);
  }

  private Column update(Change change, Table.Place place, Update update, Predicate<Kind> kinds) {
    var key = update.key;
    var updated =
        db.tx(
            Tables.DDL_MS,
            tx -> {
              var table = TableRows.lock(tx, place);
              var column = existing(table, key);
              if (!kinds.test(column.kind())) throw new Refusal(Fault.COLUMN_TYPE_INVALID, key);
              var settings = update.settings.apply(column.settings());
              Column.check(key, update.kind, settings);
              ColumnChecks.requireFit(tx, table, column, new Draft(key, update.kind, settings));
              var name = update.newKey == null ? key : update.newKey;
              if (!name.equals(key) && table.has(name)) throw taken(name);
              var guard = update.guard == null ? column.guard() : update.guard;
              var next = new Draft(name, update.kind, settings, guard);
              var stored = store(tx, table, column, next);
              if (update.kind.most(settings) > column.kind().most(column.settings())) {
                Indexes.refit(tx, TableRows.read(tx, place), shapes.means().spatial());
              }
              return logged(tx, change, place, stored);
            });
    shapes.forget(place);
    return updated;
  }

  private static Column store(Db tx, Table table, Column column, Draft next) {
    touch(tx, table);
    return tx.one(
            Columns::column,
            """
            UPDATE celadon.columns SET key = $3, settings = $4, permissions = $5, kind = $6,
              named = CASE WHEN key = $3 THEN named ELSE clock_timestamp() END,
              updated = clock_timestamp()
            WHERE project = $1 AND number = $2 RETURNING *\
            """,
            table.place().project(),
            column.number(),
            next.key,
            next.settings.write().encode(),
            next.guard.texts(),
            next.kind.name())
        .orElseThrow();
  }

  /** Deletes a column with all that rows hold in it. */
  public void delete(Change change, Table.Place place, String key) {
    var related =
        db.tx(
            Tables.DDL_MS,
            tx -> {
              var table = TableRows.lock(tx, place);
              var relation = table.relation(key);
              if (relation != null) {
                RelationColumns.drop(tx, table, relation);
                touch(tx, table);
                RelationColumns.logDropped(log, tx, change, table, relation);
                return relation.other();
              }
              var column = existing(table, key);
              requireStill(table, key);
              if (table.indexes().stream().anyMatch(i -> i.columns().contains(column.sql()))) {
                throw new Refusal(Fault.COLUMN_INDEX_DEPENDENCY, key);
              }
              tx.run(
                  "DELETE FROM celadon.columns WHERE project = $1 AND number = $2",
                  place.project(),
                  column.number());
              tx.script(Ddl.dropColumn(table.sql(), column.sql()));
              touch(tx, table);
              logged(tx, change, place, column);
              return place.table();
            });
    shapes.forget(place);
    shapes.forget(place.beside(related));
  }

  /**
   * While an index is being made, a change of shape would wait for it, and all readers for that.
   */
  private static void requireStill(Table table, String key) {
    for (var index : table.indexes()) {
      if (index.state().equals(Index.State.PROCESSING)) {
        throw new Refusal(Fault.COLUMN_NOT_AVAILABLE, key);
      }
    }
  }

  private static void touch(Db tx, Table table) {
    tx.run(
        "UPDATE celadon.tables SET updated = clock_timestamp() WHERE project = $1 AND number = $2",
        table.place().project(),
        table.number());
  }

  private Column logged(Db tx, Change change, Table.Place place, Column column) {
    var ids =
        Map.of("databaseId", place.database(), "tableId", place.table(), "columnId", column.key());
    log.append(tx, change, Fact.of(ids, change.payload(column.json())));
    return column;
  }

  private static Column existing(Table table, String key) {
    var column = table.column(key);
    if (column == null) throw new Refusal(Fault.COLUMN_NOT_FOUND, key);
    return column;
  }

  private static Column column(Row row) {
    return new Column(
        row.getLong("number"),
        row.getString("key"),
        Kind.valueOf(row.getString("kind")),
        Column.Settings.read(new JsonObject(row.getString("settings"))),
        Guard.of(Stream.of(row.getArrayOfStrings("permissions"))),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }

  private static Refusal taken(String key) {
    return new Refusal(Fault.COLUMN_ALREADY_EXISTS, key);
  }

  private static Refusal full(String key) {
    return new Refusal(Fault.COLUMN_LIMIT_EXCEEDED, key);
  }
}
