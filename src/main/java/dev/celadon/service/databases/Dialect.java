package dev.celadon.service.databases;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import java.util.Locale;

/** The words in which the engine is offered: the only place where the services differ. */
public enum Dialect {
  DATABASES("databases", "collection", "attribute", "document"),
  TABLES_DB("tablesDB", "table", "column", "row"),
  DOCUMENTS_DB("documentsDB", "collection", "attribute", "document");

  /** The most characters of a path into a free document. */
  private static final int MAX_PATH = 512;

  /** The name of the service. */
  public final String service;

  /** The path under which it stands. */
  public final String root;

  /** The nouns of a table, a column and a row. */
  public final String table;

  public final String column;
  public final String row;

  Dialect(String service, String table, String column, String row) {
    this.service = service;
    this.root = "/v1/" + service.toLowerCase(Locale.ROOT);
    this.table = table;
    this.column = column;
    this.row = row;
  }

  /** What a database made here says of itself. */
  public String type() {
    return switch (this) {
      case DATABASES -> "legacy";
      case TABLES_DB -> "tablesdb";
      case DOCUMENTS_DB -> "documentsdb";
    };
  }

  /** What the tables hold that are seen here. */
  public Table.Form form() {
    return free() ? Table.Form.FREE : Table.Form.TYPED;
  }

  /** Whether documents are free of any declared shape. */
  public boolean free() {
    return this == DOCUMENTS_DB;
  }

  /** The first word of the names of events. */
  public String events() {
    return free() ? "documentsdb" : "databases";
  }

  /** The template of an event as it is published here. */
  public String event(String template) {
    if (!free()) return template;
    return template
        .replace("databases.", events() + ".")
        .replace(".tables.", ".collections.")
        .replace(".rows.", ".documents.");
  }

  /** The path of all tables of a database. */
  public String tables() {
    return root + "/{databaseId}/" + table + "s";
  }

  /** The path of one table. */
  public String oneTable() {
    return tables() + "/{" + table + "Id}";
  }

  /** The path of all columns of a table. */
  public String columns() {
    return oneTable() + "/" + column + "s";
  }

  /** The path of all indexes of a table. */
  public String indexes() {
    return oneTable() + "/indexes";
  }

  /** The path of all rows of a table. */
  public String rows() {
    return oneTable() + "/" + row + "s";
  }

  /** The path of one row. */
  public String oneRow() {
    return rows() + "/{" + row + "Id}";
  }

  /** The table in a path. */
  public Param<String> tableId() {
    return Param.path(table + "Id", Rules.id(), "The id of the " + table + ".");
  }

  /** The row in a path. */
  public Param<String> rowId() {
    return Param.path(row + "Id", Rules.id(), "The id of the " + row + ".");
  }

  /** What names a column; of free documents a path. */
  public Rule<String> key() {
    return free() ? Rules.text(MAX_PATH) : Rules.key();
  }

  /** The parameter that lets rows grant beside their table. */
  public String security() {
    return row + "Security";
  }

  /** Reading the shape of tables. */
  public Scope[] readTables() {
    return this != TABLES_DB
        ? new Scope[] {Scope.COLLECTIONS_READ}
        : new Scope[] {Scope.TABLES_READ, Scope.COLLECTIONS_READ};
  }

  /** Changing the shape of tables. */
  public Scope[] writeTables() {
    return this != TABLES_DB
        ? new Scope[] {Scope.COLLECTIONS_WRITE}
        : new Scope[] {Scope.TABLES_WRITE, Scope.COLLECTIONS_WRITE};
  }

  /** Reading rows. */
  public Scope[] readRows() {
    return this != TABLES_DB
        ? new Scope[] {Scope.DOCUMENTS_READ}
        : new Scope[] {Scope.ROWS_READ, Scope.DOCUMENTS_READ};
  }

  /** Making, changing and deleting rows. */
  public Scope[] writeRows() {
    return this != TABLES_DB
        ? new Scope[] {Scope.DOCUMENTS_WRITE}
        : new Scope[] {Scope.ROWS_WRITE, Scope.DOCUMENTS_WRITE};
  }

  /** Transactions are seen by whoever sees rows, in either vocabulary. */
  public Scope[] readTransactions() {
    return new Scope[] {Scope.ROWS_READ, Scope.DOCUMENTS_READ};
  }

  /** The vocabulary of a service. */
  public static Dialect of(String service) {
    for (var words : values()) if (words.service.equals(service)) return words;
    throw new IllegalArgumentException(service);
  }

  /** What the engine refused, said in these words. */
  public Failure say(Refusal refusal) {
    return Failure.with(
        this != TABLES_DB ? translated(refusal.fault()) : refusal.fault(), refusal.subject());
  }

  private static Fault translated(Fault fault) {
    var name = fault.name();
    if (name.startsWith("ROW_")) return Fault.valueOf("DOCUMENT_" + name.substring(4));
    if (name.startsWith("TABLE_")) return Fault.valueOf("COLLECTION_" + name.substring(6));
    if (name.startsWith("COLUMN_INDEX_")) return Fault.valueOf(name.substring(7));
    if (name.startsWith("COLUMN_")) return Fault.valueOf("ATTRIBUTE_" + name.substring(7));
    return fault;
  }

  /** {@code word} with a capital letter in front. */
  public static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
