package dev.celadon.domain.documents.sql;

import dev.celadon.domain.query.Type;

/** Statements that make, change and drop what users define. All names are generated. */
public final class Ddl {

  /** Without this PostgreSQL names in a notice whatever it does not find, or drops beside. */
  private static final String QUIET = "SET LOCAL client_min_messages = warning; ";

  public static String createSchema(long schema) {
    return "CREATE SCHEMA p" + schema;
  }

  /** Gives the schema of a project that is gone a name that nothing looks for. */
  public static String retireSchema(long schema) {
    return "ALTER SCHEMA p%1$d RENAME TO gone%1$d".formatted(schema);
  }

  /** A schema that has been retired; its tables should be gone already. */
  public static String dropRetired(long schema) {
    return QUIET + "DROP SCHEMA IF EXISTS gone" + schema + " CASCADE";
  }

  /** A table without columns of the user's. */
  public static String createTable(String table, long number) {
    return """
    CREATE TABLE %1$s (
      _id text COLLATE "C" NOT NULL CONSTRAINT t%2$d_id PRIMARY KEY,
      _seq bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT t%2$d_seq UNIQUE,
      _created timestamptz(3) NOT NULL,
      _updated timestamptz(3) NOT NULL,
      _version bigint NOT NULL DEFAULT 1,
      _read text[] NOT NULL,
      _update text[] NOT NULL,
      _delete text[] NOT NULL)\
    """
        .formatted(table, number);
  }

  public static String dropTable(String table) {
    return "DROP TABLE " + table;
  }

  /**
   * A table that may have been dropped already, in a schema that may have been retired; with it go
   * the links of other tables to its rows.
   */
  public static String dropLeftover(long schema, long number) {
    var drop = "DROP TABLE IF EXISTS p%1$d.t%2$d, gone%1$d.t%2$d CASCADE";
    return QUIET + drop.formatted(schema, number);
  }

  /** Finds the few rows that a caller may read among the many that others may. */
  public static String indexReaders(String table, long number) {
    return "CREATE INDEX t%d_read ON %s USING gin (_read)".formatted(number, table);
  }

  public static String dropReaders(long schema, long number) {
    return "DROP INDEX p%d.t%d_read".formatted(schema, number);
  }

  public static String addColumn(String table, String column, Type type, boolean array) {
    return "ALTER TABLE %s ADD COLUMN %s %s".formatted(table, column, type(type, array));
  }

  /**
   * The columns of a free document.
   *
   * @param text holds it as it came
   * @param values holds what queries and indexes are of
   */
  public static String addDocument(String table, String text, String values) {
    return """
    ALTER TABLE %1$s ADD COLUMN %2$s text COLLATE "C",
      ADD COLUMN %3$s jsonb GENERATED ALWAYS AS (%2$s::jsonb) STORED\
    """
        .formatted(table, text, values);
  }

  public static String dropColumn(String table, String column) {
    return "ALTER TABLE " + table + " DROP COLUMN " + column;
  }

  /**
   * An index.
   *
   * @param body what it is of, and how
   * @param concurrently whether writers go on meanwhile; not within a transaction
   */
  public static String createIndex(
      String table, String index, String body, boolean unique, boolean concurrently) {
    return "CREATE %sINDEX %s%s ON %s %s"
        .formatted(
            unique ? "UNIQUE " : "", concurrently ? "CONCURRENTLY " : "", index, table, body);
  }

  public static String dropIndex(long schema, String index) {
    return QUIET + "DROP INDEX IF EXISTS p" + schema + "." + index;
  }

  /** Alone, and not within a transaction. */
  public static String dropIndexConcurrently(long schema, String index) {
    return "DROP INDEX CONCURRENTLY IF EXISTS p" + schema + "." + index;
  }

  private static String type(Type type, boolean array) {
    var one =
        switch (type) {
          case TEXT, SEALED -> "text";
          case TIME -> "timestamptz(3)";
          case INTEGER, FLOAT, BOOLEAN, POINT, LINE, POLYGON, JSON -> type.sql();
        };
    // Bytes decide the order of texts: the same on every machine, and good for prefixes.
    return one + (array ? "[]" : "") + (type == Type.TEXT ? " COLLATE \"C\"" : "");
  }

  private Ddl() {}
}
