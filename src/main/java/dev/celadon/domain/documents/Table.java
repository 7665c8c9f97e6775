package dev.celadon.domain.documents;

import dev.celadon.api.Permission;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.query.JsonPath;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table with its columns and indexes: everything that is needed to read and write its rows.
 *
 * @param schema the number of the project's schema
 * @param number names the table in SQL
 * @param active whether its database is enabled
 * @param secured whether rows grant beside the table
 * @param columns those whose values its rows hold themselves
 * @param relations those in which it takes part, whether or not it has a column for them
 */
public record Table(
    Place place,
    long schema,
    long number,
    String name,
    boolean enabled,
    boolean active,
    boolean secured,
    List<Permission> permissions,
    List<Column> columns,
    List<Index> indexes,
    List<Relation> relations,
    Instant created,
    Instant updated) {

  /** The most columns that a table may have. */
  public static final int MAX_COLUMNS = 500;

  /** The most indexes that a table may have. */
  public static final int MAX_INDEXES = 64;

  /** The most tables that a database may have. */
  public static final int MAX_TABLES = 10_000;

  /** What the tables of a database hold. */
  public enum Form {
    /** Whichever it is: for those who know the database already. */
    ANY,
    /** Columns with types. */
    TYPED,
    /** Free documents, see {@link dev.celadon.domain.documents.free}. */
    FREE;

    /** Whether documents are free; null where that does not matter. */
    @Nullable Boolean free() {
      return this == ANY ? null : (Boolean) (this == FREE);
    }
  }

  /**
   * Where a table is found.
   *
   * @param form what it must hold to be found
   */
  public record Place(String project, String database, String table, Form form) {

    /** Where a table of whatever form is found. */
    public Place(String project, String database, String table) {
      this(project, database, table, Form.ANY);
    }

    /** Another table of the same database. */
    public Place beside(String other) {
      return new Place(project, database, other, form);
    }
  }

  /** The same with other columns and relations. */
  public Table with(List<Column> columns, List<Relation> relations) {
    return new Table(
        place,
        schema,
        number,
        name,
        enabled,
        active,
        secured,
        permissions,
        columns,
        indexes,
        relations,
        created,
        updated);
  }

  /** Whether it holds free documents. */
  public boolean free() {
    return place.form == Form.FREE;
  }

  public String id() {
    return place.table;
  }

  public String database() {
    return place.database;
  }

  /** The name in SQL. */
  public String sql() {
    return "p" + schema + ".t" + number;
  }

  public @Nullable Column column(String key) {
    for (var column : columns) if (column.key().equals(key)) return column;
    return null;
  }

  /** The relation for which this table has a column called {@code key}. */
  public @Nullable Relation relation(String key) {
    for (var relation : relations) {
      if (relation.shown() && relation.key().equals(key)) return relation;
    }
    return null;
  }

  /** Whether a column, of whatever kind, is called {@code key}. */
  public boolean has(String key) {
    return column(key) != null || relation(key) != null;
  }

  /** All columns as clients see them. */
  public List<JsonObject> columnsJson() {
    if (free()) return List.of();
    var links = relations.stream().filter(Relation::shown).map(Relation::json);
    return Stream.concat(columns.stream().map(Column::json), links).toList();
  }

  public @Nullable Index index(String key) {
    for (var index : indexes) if (index.key().equals(key)) return index;
    return null;
  }

  /** What SQL calls the column that every table has under this name; null where none has. */
  public static @Nullable String ownSql(String wire) {
    return Own.sqlOf(wire);
  }

  /** What users call the column that SQL calls {@code sql}. */
  public String keyOf(String sql) {
    var own = Own.named(sql);
    if (own != null) return own;
    if (free()) return JsonPath.nameOf(sql);
    return columns.stream()
        .filter(column -> column.sql().equals(sql))
        .map(Column::key)
        .findFirst()
        .orElse(sql);
  }

  /** The columns that every table has, by wire name. */
  enum Own {
    ID("$id", "_id"),
    SEQUENCE("$sequence", "_seq"),
    CREATED("$createdAt", "_created"),
    UPDATED("$updatedAt", "_updated");

    final String wire;
    final String sql;

    Own(String wire, String sql) {
      this.wire = wire;
      this.sql = sql;
    }

    static @Nullable String named(String sql) {
      for (var own : values()) if (own.sql.equals(sql)) return own.wire;
      return null;
    }

    static @Nullable String sqlOf(String wire) {
      for (var own : values()) if (own.wire.equals(wire)) return own.sql;
      return null;
    }
  }
}
