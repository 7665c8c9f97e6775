package dev.celadon.domain.documents.sql;

import dev.celadon.domain.query.Type;
import java.util.List;

/** Statements that make, change and drop what users define. All names are generated. */
public final class Ddl {

  public static String createSchema(long schema) {
    return "CREATE SCHEMA p" + schema;
  }

  public static String dropSchema(long schema) {
    // Without the setting PostgreSQL names every table in a notice.
    return "SET LOCAL client_min_messages = warning; DROP SCHEMA p" + schema + " CASCADE";
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

  public static String dropColumn(String table, String column) {
    return "ALTER TABLE " + table + " DROP COLUMN " + column;
  }

  /**
   * An index.
   *
   * @param columns names in SQL, each with its order
   * @param inside whether it looks inside the one array that it is of
   */
  public static String createIndex(
      String table, String index, boolean unique, List<String> columns, boolean inside) {
    return "CREATE %sINDEX %s ON %s %s(%s)"
        .formatted(
            unique ? "UNIQUE " : "",
            index,
            table,
            inside ? "USING gin " : "",
            String.join(", ", columns));
  }

  public static String dropIndex(long schema, String index) {
    return "DROP INDEX p" + schema + "." + index;
  }

  private static String type(Type type, boolean array) {
    var one =
        switch (type) {
          case TEXT -> "text";
          case TIME -> "timestamptz(3)";
          case INTEGER, FLOAT, BOOLEAN -> type.sql();
        };
    // Bytes decide the order of texts: the same on every machine, and good for prefixes.
    return one + (array ? "[]" : "") + (type == Type.TEXT ? " COLLATE \"C\"" : "");
  }

  private Ddl() {}
}
