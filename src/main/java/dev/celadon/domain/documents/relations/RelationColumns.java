package dev.celadon.domain.documents.relations;

import dev.celadon.api.Change;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Shapes;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.TableRows;
import dev.celadon.domain.documents.Tables;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.DatabaseException;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The columns of relationships. One that is shown on both sides is one thing: it is made, renamed
 * and deleted with an event for either table.
 */
public final class RelationColumns {

  private final Db db;
  private final Shapes shapes;
  private final EventLog log;

  public RelationColumns(Db db, Shapes shapes, EventLog log) {
    this.db = db;
    this.shapes = shapes;
    this.log = log;
  }

  /**
   * A relationship to be made.
   *
   * @param other the id of the table that it leads to, in the same database
   * @param key what it is called; null for the other table's id
   * @param otherKey what the other table calls it; null for this table's id
   * @param guard who may read this table's column; the other's says of itself
   */
  public record Draft(
      String other,
      Relation.Kind kind,
      boolean twoWay,
      @Nullable String key,
      @Nullable String otherKey,
      Relation.OnDelete onDelete,
      Guard guard) {

    /** One that table and row decide about. */
    public Draft(
        String other,
        Relation.Kind kind,
        boolean twoWay,
        @Nullable String key,
        @Nullable String otherKey,
        Relation.OnDelete onDelete) {
      this(other, kind, twoWay, key, otherKey, onDelete, Guard.NONE);
    }
  }

  /** A new relationship, in which no row is linked; answers the column of {@code place}. */
  public JsonObject create(Change change, Table.Place place, Draft draft) {
    return with(place, (tx, table) -> logged(tx, change, table, make(tx, table, draft)));
  }

  /** Makes a relationship; {@code table} may have been made in the same transaction. */
  public static Relation make(Db tx, Table table, Draft draft) {
    var there = TableRows.lock(tx, beside(table, draft.other));
    var key = draft.key == null ? draft.other : draft.key;
    var otherKey = draft.otherKey == null ? table.id() : draft.otherKey;
    requireFree(table, key);
    if (draft.twoWay) requireFree(there, otherKey);
    if (draft.twoWay && there.id().equals(table.id()) && key.equals(otherKey)) throw taken(key);
    boolean pairs = draft.kind == Relation.Kind.MANY_TO_MANY;
    long number = store(tx, table, there, draft, new String[] {key, otherKey});
    show(tx, table, key, number, draft.guard);
    if (draft.twoWay) show(tx, there, otherKey, number, Guard.NONE);
    var made = of(TableRows.read(tx, table.place()), number, true);
    try {
      tx.script(LinkSql.make(new Sides(table, there, made)));
    } catch (DatabaseException e) {
      // PostgreSQL counts the columns that were dropped, too, up to 1,600.
      if (!pairs && "54011".equals(e.getSqlState())) {
        throw new Refusal(Fault.COLUMN_LIMIT_EXCEEDED, key);
      }
      throw e;
    }
    return made;
  }

  private static void requireFree(Table table, String key) {
    if (table.has(key)) throw taken(key);
    if (table.columns().size() + table.relations().size() >= Table.MAX_COLUMNS) {
      throw new Refusal(Fault.COLUMN_LIMIT_EXCEEDED, key);
    }
  }

  private static long store(Db tx, Table table, Table there, Draft draft, String[] keys) {
    return tx.one(
            row -> row.getLong(0),
            """
            INSERT INTO celadon.relations
              (project, kind, two_way, on_delete, parent, parent_key, child, child_key, junction)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $2 = 'MANY_TO_MANY'
              THEN nextval(pg_get_serial_sequence('celadon.tables', 'number')) END)
            RETURNING number\
            """,
            table.place().project(),
            draft.kind.name(),
            draft.twoWay,
            draft.onDelete.name(),
            table.number(),
            keys[0],
            there.number(),
            keys[1])
        .orElseThrow();
  }

  private static void show(Db tx, Table table, String key, long relation, Guard guard) {
    tx.run(
        """
        INSERT INTO celadon.columns
          (project, table_number, key, kind, settings, relation, permissions)
        VALUES ($1, $2, $3, 'RELATIONSHIP', '{"required":false,"array":false}', $4, $5)\
        """,
        table.place().project(),
        table.number(),
        key,
        relation,
        guard.texts());
    touch(tx, table.place().project(), table.number());
  }

  /** What shall be changed; null where nothing shall. */
  public record Update(
      Relation.@Nullable OnDelete onDelete, @Nullable String newKey, @Nullable Guard guard) {

    /** One that changes nothing about who may read it. */
    public Update(Relation.@Nullable OnDelete onDelete, @Nullable String newKey) {
      this(onDelete, newKey, null);
    }
  }

  /** Renames the column called {@code key}, or says anew what becomes of linked rows. */
  public JsonObject update(Change change, Table.Place place, String key, Update update) {
    return with(
        place,
        (tx, table) -> {
          var relation = table.relation(key);
          if (relation == null && table.column(key) != null) {
            throw new Refusal(Fault.COLUMN_TYPE_INVALID, key);
          }
          if (relation == null) throw new Refusal(Fault.COLUMN_NOT_FOUND, key);
          var name = update.newKey == null ? key : update.newKey;
          if (!name.equals(key) && table.has(name)) throw taken(name);
          var onDelete = update.onDelete == null ? relation.onDelete() : update.onDelete;
          var guard = update.guard == null ? relation.guard() : update.guard;
          tx.run(
              "UPDATE celadon.relations SET on_delete = $3, "
                  + (relation.parent() ? "parent_key" : "child_key")
                  + " = $4 WHERE project = $1 AND number = $2",
              place.project(),
              relation.number(),
              onDelete.name(),
              name);
          tx.run(
              """
              UPDATE celadon.columns SET updated = clock_timestamp(),
                key = CASE WHEN table_number = $3 AND key = $4 THEN $5 ELSE key END,
                permissions =
                  CASE WHEN table_number = $3 AND key = $4 THEN $6::text[] ELSE permissions END
              WHERE project = $1 AND relation = $2\
              """,
              place.project(),
              relation.number(),
              table.number(),
              key,
              name,
              guard.texts());
          touch(tx, place.project(), table.number());
          touch(tx, place.project(), relation.otherNumber());
          var now = TableRows.read(tx, place);
          return logged(tx, change, now, of(now, relation.number(), relation.parent()));
        });
  }

  /** Deletes a relationship with all of its links, whichever side's column was named. */
  public static void drop(Db tx, Table table, Relation relation) {
    var there = TableRows.lock(tx, beside(table, relation.other()));
    tx.script(LinkSql.drop(new Sides(table, there, relation)));
    tx.run(
        "DELETE FROM celadon.relations WHERE project = $1 AND number = $2",
        table.place().project(),
        relation.number());
    touch(tx, table.place().project(), there.number());
  }

  /** The table, in SQL, that keeps the links of {@code relation} of {@code table}. */
  public static String keeper(Table table, Table there, Relation relation) {
    var sides = new Sides(table, there, relation);
    return relation.kept() == Relation.Kept.APART ? sides.pairs() : sides.holder().sql();
  }

  /** The links of {@code relation}, in SQL: a table, and which of its rows. */
  public static String links(Table table, Table there, Relation relation) {
    var all = keeper(table, there, relation);
    boolean apart = relation.kept() == Relation.Kept.APART;
    return apart ? all : all + " WHERE " + relation.link() + " IS NOT NULL";
  }

  /** Deletes all relationships of a table that is about to go. */
  public static void dropAll(Db tx, Table table) {
    long done = 0;
    for (var relation : table.relations()) {
      // A relationship of a table with itself is there twice.
      if (relation.number() != done) drop(tx, table, relation);
      done = relation.number();
    }
  }

  /** Says of the columns of {@code table} and of the other side what happened to them. */
  private Relation logged(Db tx, Change change, Table table, Relation relation) {
    log(tx, change, table.place(), relation);
    if (relation.twoWay()) {
      var there = TableRows.read(tx, beside(table, relation.other()));
      log(tx, change, there.place(), of(there, relation.number(), !relation.parent()));
    }
    return relation;
  }

  /** As {@code change} of the column called {@code key}, for the column of the other side, too. */
  public static void logDropped(EventLog log, Db tx, Change change, Table table, Relation gone) {
    var ids = ids(table.place(), gone.key());
    log.append(tx, change, Fact.of(ids, change.payload(gone.json())));
    if (!gone.twoWay()) return;
    var there = gone.reversed(table.id(), table.number());
    var other = ids(beside(table, gone.other()), there.key());
    log.append(tx, change, Fact.of(other, change.payload(there.json())));
  }

  private void log(Db tx, Change change, Table.Place place, Relation relation) {
    var ids = ids(place, relation.key());
    log.append(tx, change, Fact.of(ids, change.payload(relation.json())));
  }

  private static Map<String, String> ids(Table.Place place, String key) {
    return Map.of("databaseId", place.database(), "tableId", place.table(), "columnId", key);
  }

  private JsonObject with(Table.Place place, BiFunction<Db, Table, Relation> work) {
    var relation = db.tx(Tables.DDL_MS, tx -> work.apply(tx, TableRows.lock(tx, place)));
    shapes.forget(place);
    shapes.forget(place.beside(relation.other()));
    return relation.json();
  }

  private static Relation of(Table table, long number, boolean parent) {
    return table.relations().stream()
        .filter(relation -> relation.number() == number && relation.parent() == parent)
        .findFirst()
        .orElseThrow();
  }

  static Table.Place beside(Table table, String other) {
    return table.place().beside(other);
  }

  private static void touch(Db tx, String project, long table) {
    tx.run(
        "UPDATE celadon.tables SET updated = clock_timestamp() WHERE project = $1 AND number = $2",
        project,
        table);
  }

  private static Refusal taken(String key) {
    return new Refusal(Fault.COLUMN_ALREADY_EXISTS, key);
  }
}
