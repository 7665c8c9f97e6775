package dev.celadon.domain.query;

/**
 * Something that queries may name.
 *
 * @param name the wire name
 * @param column the SQL expression that reads it; written in code or generated, never from outside
 * @param array whether a row holds a list of values
 * @param nullable whether a row may hold none
 * @param searchable whether a fulltext index is of it
 * @param beginning how many characters of it an index holds; 0 where none does, or one holds all
 */
public record Attribute(
    String name,
    String column,
    Type type,
    boolean array,
    boolean nullable,
    boolean searchable,
    long beginning) {

  public static final String ID = "$id";
  public static final String SEQUENCE = "$sequence";
  public static final String CREATED = "$createdAt";
  public static final String UPDATED = "$updatedAt";

  /** One that no fulltext index is of. */
  public Attribute(String name, String column, Type type, boolean array, boolean nullable) {
    this(name, column, type, array, nullable, false, 0);
  }

  public static Attribute text(String name, String column) {
    return of(name, column, Type.TEXT);
  }

  public static Attribute integer(String name, String column) {
    return of(name, column, Type.INTEGER);
  }

  public static Attribute number(String name, String column) {
    return of(name, column, Type.FLOAT);
  }

  public static Attribute bool(String name, String column) {
    return of(name, column, Type.BOOLEAN);
  }

  public static Attribute time(String name, String column) {
    return of(name, column, Type.TIME);
  }

  /** The same attribute, holding a list: its column is an array. */
  public Attribute list() {
    return new Attribute(name, column, type, true, nullable, searchable, beginning);
  }

  /** May be null, unless it is one of the system's own, which never are. */
  private static Attribute of(String name, String column, Type type) {
    return new Attribute(name, column, type, false, !name.startsWith("$"));
  }
}
