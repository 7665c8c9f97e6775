package dev.celadon.service.databases;

import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Permission;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Database;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.Kind;
import dev.celadon.domain.documents.Table;
import dev.celadon.service.databases.rows.Versions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What answers look like in one vocabulary. */
public final class Models {

  /** The most characters that a row holds. */
  private static final long ROW_BYTES = 1 << 20;

  public static final Model<Database> DATABASE =
      Model.of("Database", Database.class)
          .field("$id", Schema.TEXT, Database::id, "Its id.")
          .field("name", Schema.TEXT, Database::name, "Its name.")
          .field("$createdAt", Schema.TIME, Database::created, "When it was made.")
          .field("$updatedAt", Schema.TIME, Database::updated, "When it was last changed.")
          .field("enabled", Schema.BOOLEAN, Database::enabled, "Whether clients may use it.")
          .field("type", Schema.TEXT, Database::type, "The vocabulary in which it was made.")
          .field("status", Schema.TEXT, database -> "ready", "Always `ready`.")
          .field("engine", Schema.TEXT, database -> "postgresql", "What stores it.")
          .field("policies", Schema.list(Schema.OBJECT), d -> List.of(), "Plans of backups.")
          .field("archives", Schema.list(Schema.OBJECT), d -> List.of(), "Backups.");

  public static final Model<Page<Database>> DATABASES =
      Model.list("DatabaseList", "databases", DATABASE);

  private static final Schema GUARD = Schema.list(Schema.TEXT);
  private static final String GUARDED = "Who reads and writes it, where it says so.";

  private final Dialect words;

  Models(Dialect words) {
    this.words = words;
  }

  /** A table with its columns and indexes. */
  public Model<Table> table() {
    var item = words.column;
    return Model.of(Dialect.capital(words.table), Table.class)
        .field("$id", Schema.TEXT, Table::id, "Its id.")
        .field("$createdAt", Schema.TIME, Table::created, "When it was made.")
        .field("$updatedAt", Schema.TIME, Table::updated, "When it was last changed.")
        .field(
            "$permissions",
            Schema.list(Schema.TEXT),
            table -> table.permissions().stream().map(Permission::toString).toList(),
            "What it grants for all of its " + words.row + "s.")
        .field("databaseId", Schema.TEXT, Table::database, "The database that it is in.")
        .field("name", Schema.TEXT, Table::name, "Its name.")
        .field("enabled", Schema.BOOLEAN, Table::enabled, "Whether clients may use it.")
        .field(
            words.security(),
            Schema.BOOLEAN,
            Table::secured,
            "Whether a " + words.row + " grants beside it.")
        .field(
            item + "s",
            Schema.list(Schema.model(Dialect.capital(item))),
            Table::columnsJson,
            "Its " + item + "s.")
        .field("indexes", Schema.list(Schema.model(indexName())), this::indexes, "Its indexes.")
        .field("bytesMax", Schema.INTEGER, table -> ROW_BYTES, "The most that one may hold.")
        .field("bytesUsed", Schema.INTEGER, Models::used, "What the largest may need.")
        .showing(column(), index());
  }

  private Object indexes(Table table) {
    return table.indexes().stream()
        .map(index -> index().renderJson(new Indexes.Found(table, index)))
        .toList();
  }

  private static Object used(Table table) {
    long sum = 0;
    for (var column : table.columns()) {
      sum +=
          column.kind().sized() ? column.settings().size() : Math.max(8, column.kind().maxSize());
    }
    return Math.min(sum, ROW_BYTES);
  }

  public Model<Page<Table>> tables() {
    return Model.list(Dialect.capital(words.table) + "List", words.table + "s", table());
  }

  /** A column of any kind: each shows the fields that it has. */
  public Model<JsonObject> column() {
    return column(Dialect.capital(words.column))
        .field("size", Schema.INTEGER, json -> null, "The most characters, of sized text.")
        .field("min", Schema.NUMBER, json -> null, "The least value, of numbers.")
        .field("max", Schema.NUMBER, json -> null, "The greatest value, of numbers.")
        .field("elements", Schema.list(Schema.TEXT), json -> null, "The values of an enum.");
  }

  /** A column of a relationship. */
  Model<JsonObject> relationship() {
    return Model.free(Dialect.capital(words.column) + "Relationship")
        .field("key", Schema.TEXT, json -> null, "What it is called.")
        .field("type", Schema.TEXT, json -> null, "Always `relationship`.")
        .field("status", Schema.TEXT, json -> null, "Always `available`.")
        .field("error", Schema.TEXT, json -> null, "Always empty.")
        .field("required", Schema.BOOLEAN, json -> null, "Always false.")
        .field("array", Schema.BOOLEAN, json -> null, "Always false.")
        .field("$createdAt", Schema.TIME, json -> null, "When it was made.")
        .field("$updatedAt", Schema.TIME, json -> null, "When it was last changed.")
        .field(
            "related" + Dialect.capital(words.table),
            Schema.TEXT,
            json -> null,
            "The " + words.table + " that it leads to.")
        .field("relationType", Schema.TEXT, json -> null, "How many belong to how many.")
        .field("twoWay", Schema.BOOLEAN, json -> null, "Whether both sides show it.")
        .field("twoWayKey", Schema.TEXT, json -> null, "What the other side calls it.")
        .field("onDelete", Schema.TEXT, json -> null, "What a deletion does to linked ones.")
        .field("side", Schema.TEXT, json -> null, "`parent` where it was made, else `child`.")
        .field("$permissions", GUARD, json -> null, GUARDED);
  }

  /** A column of one kind. */
  public Model<JsonObject> column(Kind kind) {
    var model = column(Dialect.capital(words.column) + Dialect.capital(kind.path()));
    if (kind.sized()) {
      model = model.field("size", Schema.INTEGER, json -> null, "The most characters.");
    }
    if (kind.ranged()) {
      model =
          model
              .field("min", Schema.NUMBER, json -> null, "The least value.")
              .field("max", Schema.NUMBER, json -> null, "The greatest value.");
    }
    if (kind == Kind.ENUM) {
      model = model.field("elements", Schema.list(Schema.TEXT), json -> null, "Its values.");
    }
    return model;
  }

  private static Model<JsonObject> column(String name) {
    return Model.free(name)
        .field("key", Schema.TEXT, json -> null, "What it is called.")
        .field("type", Schema.TEXT, json -> null, "What it holds.")
        .field("status", Schema.TEXT, json -> null, "Always `available`.")
        .field("error", Schema.TEXT, json -> null, "Always empty.")
        .field("required", Schema.BOOLEAN, json -> null, "Whether each must have a value.")
        .field("array", Schema.BOOLEAN, json -> null, "Whether it holds a list.")
        .field("$createdAt", Schema.TIME, json -> null, "When it was made.")
        .field("$updatedAt", Schema.TIME, json -> null, "When it was last changed.")
        .field("format", Schema.TEXT, json -> null, "Which form its text has.")
        .field("default", Schema.ANY, json -> null, "The value where none is given.")
        .field("$permissions", GUARD, json -> null, GUARDED);
  }

  public Model<Page<JsonObject>> columns() {
    return Model.list(Dialect.capital(words.column) + "List", words.column + "s", column());
  }

  public Model<Indexes.Found> index() {
    var list = Schema.list(Schema.TEXT);
    return Model.of(indexName(), Indexes.Found.class)
        .field("$id", Schema.TEXT, found -> found.index().key(), "Its key.")
        .field("$createdAt", Schema.TIME, found -> found.index().created(), "When it was made.")
        .field("$updatedAt", Schema.TIME, found -> found.index().updated(), "As it was made.")
        .field("key", Schema.TEXT, found -> found.index().key(), "What it is called.")
        .field("type", Schema.TEXT, found -> found.index().kind(), "Its type.")
        .field("status", Schema.TEXT, f -> f.index().state().status(), "How far it has come.")
        .field("error", Schema.TEXT, f -> f.index().state().error(), "Why it failed.")
        .field(words.column + "s", list, Indexes.Found::columns, "What it is of.")
        .field(
            "lengths",
            Schema.list(Schema.INTEGER),
            f -> f.index().lengths(),
            "How much of texts it holds.")
        .field("orders", list, found -> found.index().orders(), "`ASC` or `DESC`.");
  }

  public Model<Page<Indexes.Found>> indexes() {
    return Model.list(indexName() + "List", "indexes", index());
  }

  private String indexName() {
    return words != Dialect.TABLES_DB ? "Index" : "ColumnIndex";
  }

  /** A row, encoded by the engine: its own fields and one for each column. */
  public Model<Buffer> row() {
    return Model.encoded(Dialect.capital(words.row))
        .tagged(Versions::tag)
        .field("$id", Schema.TEXT, row -> null, "Its id.")
        .field("$sequence", Schema.TEXT, row -> null, "A number that grows with each.")
        .field("$version", Schema.INTEGER, row -> null, "Counts its changes, from 1.")
        .field("$" + words.table + "Id", Schema.TEXT, row -> null, "The " + words.table + ".")
        .field("$databaseId", Schema.TEXT, row -> null, "The database.")
        .field("$createdAt", Schema.TIME, row -> null, "When it was made.")
        .field("$updatedAt", Schema.TIME, row -> null, "When it was last changed.")
        .field("$permissions", Schema.list(Schema.TEXT), row -> null, "What it grants itself.");
  }

  /** A page of rows, encoded by the engine. */
  public Model<Buffer> rows() {
    var item = Schema.list(Schema.model(Dialect.capital(words.row)));
    return Model.encoded(Dialect.capital(words.row) + "List")
        .field("total", Schema.INTEGER, rows -> null, "How many there are in all.")
        .field(words.row + "s", item, rows -> null, "Those of this page.")
        .showing(row());
  }
}
