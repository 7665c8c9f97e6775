package dev.celadon.domain.documents;

import dev.celadon.api.Change;
import dev.celadon.api.Event;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.api.Permission;
import dev.celadon.api.Role;
import dev.celadon.domain.documents.indexing.IndexBuilds;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database. A change of shape is DDL in one transaction with what is known of it
 * and with its event: when it is answered, it is there.
 */
public final class Tables {

  /** How long, in milliseconds, one statement of a change of shape may take. */
  public static final int DDL_MS = 600_000;

  private static final Listing<Table> LISTING =
      new Listing<>(
          "celadon.shapes",
          Attributes.of(
              Attribute.text(Attribute.ID, "id"),
              Attribute.integer(Attribute.SEQUENCE, "number"),
              Attribute.time(Attribute.CREATED, "created"),
              Attribute.time(Attribute.UPDATED, "updated"),
              Attribute.text("name", "name"),
              Attribute.bool("enabled", "enabled"),
              Attribute.bool("rowSecurity", "secured"),
              Attribute.bool("documentSecurity", "secured")),
          List.of("id", "name"),
          TableRows::table);

  private static final Event COLUMN_MADE =
      Event.of("databases.[databaseId].tables.[tableId].columns.[columnId].create");

  private final Db db;
  private final Shapes shapes;
  private final EventLog log;
  private final Columns columns;
  private final Indexes indexes;

  Tables(Db db, Shapes shapes, EventLog log, Columns columns, Indexes indexes) {
    this.db = db;
    this.shapes = shapes;
    this.log = log;
    this.columns = columns;
    this.indexes = indexes;
  }

  /** A table to be made, with the columns and indexes that it shall have from the start. */
  public record Draft(
      String name,
      List<Permission> permissions,
      boolean secured,
      boolean enabled,
      List<Columns.Draft> columns,
      List<RelationColumns.Draft> relations,
      List<Indexes.Draft> indexes) {}

  /** What shall be changed; null where nothing shall. */
  public record Update(
      @Nullable String name,
      @Nullable List<Permission> permissions,
      @Nullable Boolean secured,
      @Nullable Boolean enabled) {}

  /** A new table, ready for rows. */
  public Table create(Change change, Table.Place place, Draft draft) {
    try {
      var made =
          db.tx(
              DDL_MS,
              tx -> {
                requireRoom(tx, place);
                make(tx, place, draft);
                for (var column : draft.columns) columns.add(tx, TableRows.read(tx, place), column);
                for (var relation : draft.relations) relate(tx, change, place, relation);
                for (var index : draft.indexes)
                  indexes.add(tx, TableRows.read(tx, place), index, false);
                return logged(tx, change, TableRows.read(tx, place));
              });
      for (var relation : draft.relations) shapes.forget(place.beside(relation.other()));
      return made;
    } catch (Db.Conflict taken) {
      throw new Refusal(Fault.TABLE_ALREADY_EXISTS, place.table());
    }
  }

  /** The table's own event shows its side of a relationship; the other table has one, too. */
  private void relate(Db tx, Change change, Table.Place place, RelationColumns.Draft draft) {
    var made = RelationColumns.make(tx, TableRows.read(tx, place), draft);
    if (!made.twoWay()) return;
    var other = place.beside(made.other());
    var ids =
        Map.of(
            "databaseId", other.database(),
            "tableId", other.table(),
            "columnId", made.otherKey());
    var there = made.reversed(place.table(), 0);
    log.append(tx, change, COLUMN_MADE, Fact.of(ids, there.json()));
  }

  private static void requireRoom(Db tx, Table.Place place) {
    tx.run(
        "SELECT 1 FROM celadon.databases WHERE project = $1 AND id = $2 FOR UPDATE",
        place.project(),
        place.database());
    if (!TableRows.exists(tx, place)) throw Databases.missing(place.database());
    long tables =
        tx.one(
                row -> row.getLong(0),
                "SELECT count(*) FROM celadon.tables WHERE project = $1 AND database = $2",
                place.project(),
                place.database())
            .orElse(0L);
    if (tables >= Table.MAX_TABLES) throw new Refusal(Fault.TABLE_LIMIT_EXCEEDED, "");
  }

  private static void make(Db tx, Table.Place place, Draft draft) {
    tx.one(
            row -> row.getLong(0),
            """
            INSERT INTO celadon.schemas (project) VALUES ($1)
            ON CONFLICT DO NOTHING RETURNING number\
            """,
            place.project())
        .ifPresent(schema -> tx.script(Ddl.createSchema(schema)));
    tx.run(
        """
        INSERT INTO celadon.tables (project, database, id, name, enabled, secured, permissions)
        VALUES ($1, $2, $3, $4, $5, $6, $7)\
        """,
        place.project(),
        place.database(),
        place.table(),
        draft.name,
        draft.enabled,
        draft.secured,
        texts(draft.permissions));
    var table = TableRows.read(tx, place);
    tx.script(Ddl.createTable(table.sql(), table.number()));
    if (table.free()) {
      tx.script(Ddl.addDocument(table.sql(), Column.DOCUMENT.sql(), Column.DOCUMENT_VALUES));
    }
    index(tx, table, false);
  }

  public Table get(Table.Place place) {
    return TableRows.read(db, place);
  }

  /** The tables of a database of this form. */
  public Page<Table> list(String project, String database, Table.Form form, Listing.Wanted wanted) {
    var place = new Table.Place(project, database, "", form);
    if (!TableRows.exists(db, place)) throw Databases.missing(database);
    var scope = Sql.of("project = ").arg(project).add(" AND database = ").arg(database);
    return LISTING.page(db, scope, wanted);
  }

  public Table update(Change change, Table.Place place, Update update) {
    var updated =
        db.tx(
            DDL_MS,
            tx -> {
              boolean byRow = Access.byRow(TableRows.lock(tx, place));
              tx.run(
                  """
                  UPDATE celadon.tables SET name = coalesce($4, name),
                    permissions = coalesce($5, permissions), secured = coalesce($6, secured),
                    enabled = coalesce($7, enabled), updated = clock_timestamp()
                  WHERE project = $1 AND database = $2 AND id = $3\
                  """,
                  place.project(),
                  place.database(),
                  place.table(),
                  update.name,
                  update.permissions == null ? null : texts(update.permissions),
                  update.secured,
                  update.enabled);
              var table = TableRows.read(tx, place);
              index(tx, table, byRow);
              return logged(tx, change, table);
            });
    shapes.forget(place);
    return updated;
  }

  /**
   * Gives a table another id; its rows, links and numbers stay as they are. Who follows it by its
   * id sees one table go and another come: what the log has of the old one is nobody's any more.
   *
   * @param gone the change that deletes a table
   * @param made the change that makes one
   */
  public Table rename(Change gone, Change made, Table.Place place, String id) {
    try {
      var table =
          db.tx(
              DDL_MS,
              tx -> {
                logged(tx, gone, TableRows.lock(tx, place));
                tx.run(
                    """
                    UPDATE celadon.tables
                    SET id = $4, named = clock_timestamp(), updated = clock_timestamp()
                    WHERE project = $1 AND database = $2 AND id = $3\
                    """,
                    place.project(),
                    place.database(),
                    place.table(),
                    id);
                return logged(tx, made, TableRows.read(tx, place.beside(id)));
              });
      shapes.forget(place);
      for (var relation : table.relations()) shapes.forget(place.beside(relation.other()));
      return table;
    } catch (Db.Conflict taken) {
      throw new Refusal(Fault.TABLE_ALREADY_EXISTS, id);
    }
  }

  /** Deletes a table and its rows. */
  public void delete(Change change, Table.Place place) {
    var related = new ArrayList<Relation>();
    db.tx(
        DDL_MS,
        tx -> {
          var table = TableRows.lock(tx, place);
          RelationColumns.dropAll(tx, table);
          table.indexes().forEach(index -> IndexBuilds.stop(tx, index));
          tx.run(
              "DELETE FROM celadon.tables WHERE project = $1 AND number = $2",
              place.project(),
              table.number());
          tx.script(Ddl.dropTable(table.sql()));
          related.addAll(table.relations());
          return logged(tx, change, table);
        });
    shapes.forget(place);
    for (var relation : related) shapes.forget(place.beside(relation.other()));
  }

  /** Keeps an index of who may read which row exactly where rows grant that. */
  private static void index(Db tx, Table table, boolean before) {
    boolean now = Access.byRow(table);
    if (now && !before) tx.script(Ddl.indexReaders(table.sql(), table.number()));
    if (before && !now) tx.script(Ddl.dropReaders(table.schema(), table.number()));
  }

  private Table logged(Db tx, Change change, Table table) {
    var ids = Map.of("databaseId", table.database(), "tableId", table.id());
    log.append(tx, change, Fact.of(ids, change.payload(table)));
    return table;
  }

  /** Who will own a row cannot be known before it is made: any user may make one then. */
  private static Permission settled(Permission permission) {
    boolean template = Access.isTemplate(permission) && permission.kind() == Permission.Kind.CREATE;
    return template ? new Permission(Permission.Kind.CREATE, Role.USERS) : permission;
  }

  private static String[] texts(List<Permission> permissions) {
    return settled(permissions).stream().map(Permission::toString).toArray(String[]::new);
  }

  /** What a table grants that is asked to grant {@code permissions}. */
  public static List<Permission> settled(List<Permission> permissions) {
    return permissions.stream().map(Tables::settled).distinct().toList();
  }
}
