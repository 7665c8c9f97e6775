package dev.celadon.domain.documents.indexing;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Index;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.query.JsonPath;
import dev.celadon.domain.query.SearchText;
import dev.celadon.domain.query.Spatial;
import dev.celadon.domain.query.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an index of each kind may be of, and the statement that makes it. */
public final class IndexPlan {

  /** The most columns that an index may be of. */
  public static final int MAX_COLUMNS = 32;

  /** What PostgreSQL lets an entry of a B-tree hold is 2,704; some of it is not for values. */
  private static final long ENTRY_BYTES = 2_600;

  /** The last step of every order. */
  private static final String TIE = "_seq";

  private static final int UTF8_BYTES = 4;
  private static final int FIXED_BYTES = 40;
  private static final long MIN_LENGTH = 8;

  private final Table table;
  private final Spatial spatial;

  /**
   * @param spatial which geometry can have an index here
   */
  public IndexPlan(Table table, Spatial spatial) {
    this.table = table;
    this.spatial = spatial;
  }

  /**
   * The columns that {@code keys} name, as SQL names them.
   *
   * @throws Refusal where an index of this kind cannot be of these
   */
  public List<String> columns(String kind, List<String> keys) {
    if (keys.isEmpty()) throw invalid("an index needs columns");
    if (keys.size() > MAX_COLUMNS) throw invalid("an index has at most 32 columns");
    var columns = new ArrayList<String>();
    var noun = table.free() ? "attribute" : "column";
    for (var key : keys) {
      var sql = table.free() ? inDocument(kind, key) : inRow(kind, key, keys.size());
      if (columns.contains(sql)) throw invalid("the " + noun + " '" + key + "' is named twice");
      columns.add(sql);
    }
    return columns;
  }

  /** A column of the table, or one that every table has. */
  private String inRow(String kind, String key, int columns) {
    var own = Table.ownSql(key);
    var column = table.column(key);
    if (own == null && column == null) throw invalid("there is no column '" + key + "'");
    check(kind, key, column, columns);
    return own == null ? Objects.requireNonNull(column).sql() : own;
  }

  /** A path of a free document, or a column that every table has. */
  private static String inDocument(String kind, String key) {
    var own = Table.ownSql(key);
    var path = JsonPath.of(Column.DOCUMENT_VALUES, key);
    if (kind.equals(Index.SPATIAL)) throw invalid("free documents hold no geometry");
    if (own != null && !kind.equals(Index.FULLTEXT)) return own;
    if (path == null || own != null) throw invalid("'" + key + "' is no path");
    return kind.equals(Index.FULLTEXT) ? path.text() : path.value();
  }

  private void check(String kind, String key, @Nullable Column column, int columns) {
    boolean geometry = column != null && column.kind().stored().spatial();
    boolean list = column != null && column.array();
    if (column != null && column.encrypted()) throw invalid("'" + key + "' is encrypted");
    switch (kind) {
      case Index.FULLTEXT -> {
        if (column == null || list || column.kind().stored() != Type.TEXT) {
          throw invalid("a fulltext index is of texts, which '" + key + "' is not");
        }
      }
      case Index.SPATIAL -> {
        if (column == null || !geometry) throw invalid("'" + key + "' holds no geometry");
        if (columns > 1) throw invalid("a spatial index is of one column");
        if (!spatial.indexes(column.kind().stored())) {
          throw Failure.with(Fault.FEATURE_UNSUPPORTED, "indexes of lines; it has no PostGIS");
        }
      }
      default -> {
        if (geometry) throw invalid("geometry has indexes of the type spatial alone");
        if (list && (kind.equals(Index.UNIQUE) || columns > 1)) {
          throw invalid("an index of a list is of that one column and not unique");
        }
      }
    }
  }

  /** Refuses orders and lengths that nothing is of. */
  public static void checkParts(String kind, int columns, List<String> orders, List<Long> lengths) {
    if (orders.size() > columns) throw invalid("there are more orders than columns");
    if (lengths.size() > columns) throw invalid("there are more lengths than columns");
    if (kind.equals(Index.SPATIAL) && !orders.isEmpty()) {
      throw invalid("a spatial index has no order");
    }
  }

  /**
   * The statement that makes {@code index}.
   *
   * @param concurrently whether writers go on meanwhile; it then runs outside of a transaction
   */
  public String statement(Index index, boolean concurrently) {
    var unique = index.kind().equals(Index.UNIQUE);
    return Ddl.createIndex(table.sql(), index.sql(), body(index), unique, concurrently);
  }

  private String body(Index index) {
    var columns = index.columns();
    return switch (index.kind()) {
      case Index.FULLTEXT ->
          "USING gin ("
              + String.join(", ", columns.stream().map(SearchText::indexed).toList())
              + ")";
      case Index.SPATIAL -> {
        var sql = columns.getFirst();
        yield "USING gist ((" + spatial.indexed(typeOf(sql), sql) + "))";
      }
      default ->
          isList(columns.getFirst()) ? "USING gin (" + columns.getFirst() + ")" : keys(index);
    };
  }

  /**
   * How many characters of each of {@code columns}, named as in SQL, an index holds; 0 for all, and
   * no numbers where it holds all of every one. An entry of a B-tree has {@value #ENTRY_BYTES}
   * bytes at most: an index that could meet longer texts holds their beginnings, unless it is
   * unique, which beginnings cannot tell.
   *
   * @param asked as the caller gave them
   */
  public List<Long> lengths(String kind, List<String> columns, List<Long> asked) {
    if (!kind.equals(Index.KEY) || table.free()) return List.of();
    long most = room(columns);
    var lengths = new ArrayList<Long>();
    for (int i = 0; i < columns.size(); i++) {
      long size = textSize(columns.get(i));
      long wanted = i < asked.size() && asked.get(i) > 0 ? asked.get(i) : size;
      long held = Math.min(wanted, Math.max(most, MIN_LENGTH));
      lengths.add(held < size ? held : 0L);
    }
    return lengths.stream().allMatch(length -> length == 0) ? List.of() : lengths;
  }

  /** How many characters each text may add where all are as long as they may be. */
  private long room(List<String> columns) {
    long texts = columns.stream().filter(column -> textSize(column) > 0).count();
    long bytes = columns.stream().mapToLong(this::textSize).sum() * UTF8_BYTES;
    long room = ENTRY_BYTES - (columns.size() - texts) * FIXED_BYTES;
    return texts == 0 || bytes <= room ? Long.MAX_VALUE : room / texts / UTF8_BYTES;
  }

  /** The most characters of a text; 0 for what is no text, or a list. */
  private long textSize(String sql) {
    var column = column(sql);
    if (column == null || column.array() || column.kind().stored() != Type.TEXT) return 0;
    return column.kind().most(column.settings());
  }

  private static String keys(Index index) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < index.columns().size(); i++) {
      var column = index.columns().get(i);
      long length = index.length(i);
      if (length > 0) column = "left(" + column + ", " + length + ")";
      parts.add(column + (descends(index, i) ? " DESC" : ""));
    }
    if (orders(index)) parts.add(descends(index, parts.size() - 1) ? TIE + " DESC" : TIE);
    return "(" + String.join(", ", parts) + ")";
  }

  /**
   * Whether lists can be read from the index in their order. What breaks ties in lists then does so
   * in the index, too: however many rows hold the same value, none of them has to be sorted, and a
   * cursor is found at once. A unique index cannot have it, and has no ties.
   */
  private static boolean orders(Index index) {
    boolean whole = index.lengths().stream().allMatch(length -> length == 0);
    boolean room = index.columns().size() < MAX_COLUMNS && !index.columns().contains(TIE);
    return index.kind().equals(Index.KEY) && whole && room;
  }

  private static boolean descends(Index index, int column) {
    return column < index.orders().size() && "DESC".equals(index.orders().get(column));
  }

  private Type typeOf(String sql) {
    return column(sql) instanceof Column column ? column.kind().stored() : Type.TEXT;
  }

  private boolean isList(String sql) {
    return column(sql) instanceof Column column && column.array();
  }

  private @Nullable Column column(String sql) {
    for (var column : table.columns()) if (column.sql().equals(sql)) return column;
    return null;
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Fault.COLUMN_INDEX_INVALID, reason);
  }
}
