package dev.celadon.domain.documents;

import java.time.Instant;
import java.util.List;

/**
 * One index of a table.
 *
 * @param kind {@code key}, {@code unique}, {@code fulltext} or {@code spatial}
 * @param columns names in SQL: {@code c7}, {@code _created}
 * @param orders {@code ASC} or {@code DESC} for each column, or none
 * @param lengths for each column how many characters of its texts it holds, 0 for all; or none
 * @param state how far it has come
 */
public record Index(
    long number,
    String key,
    String kind,
    List<String> columns,
    List<String> orders,
    List<Long> lengths,
    State state,
    Instant created,
    Instant updated) {

  public static final String KEY = "key";
  public static final String UNIQUE = "unique";
  public static final String FULLTEXT = "fulltext";
  public static final String SPATIAL = "spatial";

  /**
   * How far an index has come.
   *
   * @param status {@code processing}, {@code available} or {@code failed}
   * @param error why it failed; empty otherwise
   */
  public record State(String status, String error) {
    public static final State PROCESSING = new State("processing", "");
    public static final State AVAILABLE = new State("available", "");

    public boolean available() {
      return status.equals(AVAILABLE.status);
    }
  }

  /** Whether one of {@code indexes} lets the words of {@code column} be searched. */
  public static boolean searches(List<Index> indexes, Column column) {
    for (var index : indexes) {
      boolean usable = index.kind.equals(FULLTEXT) && index.state.available();
      if (usable && index.columns.contains(column.sql())) return true;
    }
    return false;
  }

  /**
   * How many characters of a text of {@code column} one of {@code indexes} holds; 0 where none is
   * of it, or one holds the whole text.
   */
  public static long beginning(List<Index> indexes, Column column) {
    long most = 0;
    for (var index : indexes) {
      int at = index.columns.indexOf(column.sql());
      if (at < 0 || !index.kind.equals(KEY) || !index.state.available()) continue;
      if (index.length(at) == 0) return 0;
      most = Math.max(most, index.length(at));
    }
    return most;
  }

  /** How many characters it holds of the texts of its column number {@code at}; 0 for all. */
  public long length(int at) {
    return at < lengths.size() ? lengths.get(at) : 0;
  }

  /** The name in SQL. */
  public String sql() {
    return "i" + number;
  }
}
