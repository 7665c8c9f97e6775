package dev.celadon.domain.query;

import static dev.celadon.domain.query.Filters.invalid;

import dev.celadon.api.Numbers;
import dev.celadon.api.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a list of queries asks for, checked and ready to be written as SQL. Limits: at most {@value
 * #MAX_LIMIT} rows a page and an offset of at most {@value #MAX_OFFSET}; further in, a cursor goes.
 */
public final class Criteria {

  /** Rows of a page where none are asked for. */
  public static final int DEFAULT_LIMIT = 25;

  /** The most rows of one page. */
  public static final int MAX_LIMIT = 5_000;

  /** The most rows that an offset may pass over; a cursor costs the same everywhere. */
  public static final int MAX_OFFSET = 100_000;

  private final Attributes attributes;
  private final List<Sql> filters = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final Set<String> select = new LinkedHashSet<>();
  private int limit = DEFAULT_LIMIT;
  private long offset;
  private boolean limited;
  private boolean random;
  private boolean before;
  private @Nullable String cursor;

  private Criteria(Attributes attributes) {
    this.attributes = attributes;
  }

  /**
   * Reads {@code queries}.
   *
   * @throws dev.celadon.api.Failure {@code general_query_invalid} for an unknown attribute, a value
   *     that does not fit or a number out of its bounds
   */
  public static Criteria of(List<Query> queries, Attributes attributes) {
    if (queries.size() > Query.MAX_QUERIES) {
      throw invalid("there are more than " + Query.MAX_QUERIES + " queries");
    }
    var criteria = new Criteria(attributes);
    var compiler = new Filters(attributes);
    for (var query : queries) {
      if (Filters.isFilter(query)) criteria.filters.add(compiler.of(query));
      else criteria.take(query);
    }
    if (criteria.orders.isEmpty()) criteria.orders.addAll(attributes.natural());
    if (criteria.random && criteria.cursor != null) {
      throw invalid("a cursor needs an order that is not random");
    }
    return criteria;
  }

  /** Whether {@code query} chooses among rows, instead of saying how they are shown. */
  public static boolean isFilter(Query query) {
    return Filters.isFilter(query);
  }

  private void take(Query query) {
    switch (query.method()) {
      case SELECT -> select(query);
      case ORDER_ASC -> order(query, false);
      case ORDER_DESC -> order(query, true);
      case ORDER_RANDOM -> random = true;
      case LIMIT -> {
        limit = (int) number(query, MAX_LIMIT);
        limited = true;
      }
      case OFFSET -> offset = number(query, MAX_OFFSET);
      case CURSOR_AFTER -> cursor(query, false);
      case CURSOR_BEFORE -> cursor(query, true);
      default -> throw invalid(query.method() + " cannot be asked here");
    }
  }

  private void select(Query query) {
    for (var value : query.values()) {
      if (!(value instanceof String name)) throw invalid("select takes names");
      attributes.checkShown(name);
      select.add(name);
    }
  }

  /** Without a name the order is that of the sequence, as older clients write it. */
  private void order(Query query, boolean descending) {
    var by = query.attribute().isEmpty() ? attributes.tie() : attributes.get(query.attribute());
    if (by.array() || by.type().spatial()) {
      throw invalid("lists and geometry cannot be put in order: " + by.name());
    }
    orders.add(new Order(by, descending));
  }

  private static long number(Query query, int max) {
    var first = query.values().isEmpty() ? null : query.values().getFirst();
    var number = Numbers.whole(first);
    if (number == null || number < 0 || number > max) {
      throw invalid(query.method() + " is a whole number from 0 to " + max);
    }
    return number;
  }

  private void cursor(Query query, boolean before) {
    if (cursor != null) throw invalid("there is more than one cursor");
    if (query.values().size() != 1 || !(query.values().getFirst() instanceof String id)) {
      throw invalid("a cursor is the id of a row");
    }
    this.cursor = id;
    this.before = before;
  }

  /** One filter as a condition in SQL. */
  public static Sql condition(Query filter, Attributes attributes) {
    if (!Filters.isFilter(filter)) throw invalid(filter.method() + " is no filter");
    return new Filters(attributes).of(filter);
  }

  /** What stands between the table and WHERE. */
  public Sql joins() {
    return attributes.paths().joins();
  }

  /** Appends {@code AND condition} for each filter. */
  public void filter(Sql sql) {
    for (var filter : filters) sql.add(" AND ").add(filter);
  }

  /** The id of the row to continue from, or null. */
  public @Nullable String cursor() {
    return cursor;
  }

  /** The columns whose values of the cursor's row {@link #page} needs, each cast to its type. */
  public String cursorColumns() {
    var names = steps().stream().map(o -> o.by().column() + "::" + o.by().type().sql()).toList();
    return String.join(", ", names);
  }

  /**
   * Appends the cursor's condition, the order, the limit and the offset.
   *
   * @param cursorValues what the cursor's row holds in {@link #cursorColumns}; empty without cursor
   */
  public void page(Sql sql, List<@Nullable Object> cursorValues) {
    var parts = cursorValues.isEmpty() ? List.<Sql>of() : parts(cursorValues);
    for (int i = 0; i < parts.size(); i++) {
      sql.add(i == 0 ? " AND ((" : ") OR (").add(parts.get(i));
    }
    sql.add(parts.isEmpty() ? "" : "))");
    order(sql);
    sql.add(" LIMIT " + limit);
    if (offset > 0) sql.add(" OFFSET ").arg(offset, "bigint");
  }

  /**
   * Conditions of the parts of the page, to be read one after the other, each in the order of
   * {@link #order}: where there are two, no one range of an index holds both. None without a cursor
   * in an order by what the table itself holds.
   *
   * @param cursorValues as {@link #page} has them
   */
  public List<Sql> parts(List<@Nullable Object> cursorValues) {
    if (random) return List.of();
    var steps = steps();
    var first = steps.getFirst().by().name();
    var paths = attributes.paths();
    var keyset = new Keyset(steps, paths.order(first) == null ? null : paths.absent(first));
    return cursorValues.isEmpty() ? keyset.whole() : keyset.after(cursorValues);
  }

  /** Appends the order alone. */
  public void order(Sql sql) {
    sql.add(" ORDER BY ");
    if (random) sql.add("random()");
    else sql.add(String.join(", ", steps().stream().map(Order::sql).toList()));
  }

  /** Whether the page was read backwards: the rows found are to be reversed. */
  public boolean backwards() {
    return before;
  }

  /** The names to show; empty for all. */
  public Set<String> select() {
    return select.contains("*") ? Set.of() : select;
  }

  /** The most rows of the page. */
  public int limit() {
    return limit;
  }

  /** How many rows are passed over before the page. */
  public long offset() {
    return offset;
  }

  /** Whether a filter narrows the page. */
  public boolean filtered() {
    return !filters.isEmpty();
  }

  /** Whether the limit was asked for. */
  public boolean limited() {
    return limited;
  }

  /**
   * The total as far as the page itself tells it, or -1: a first page that is not full holds all.
   */
  public long totalOf(int rows) {
    return cursor == null && offset == 0 && rows < limit ? rows : -1;
  }

  /** The whole order in the direction of reading, made strict by the last step. */
  private List<Order> steps() {
    var steps = new ArrayList<>(orders);
    boolean descending = !orders.isEmpty() && orders.getLast().descending();
    var tie = attributes.tie();
    boolean strict = steps.stream().anyMatch(step -> step.by().equals(tie));
    if (!strict) steps.add(new Order(tie, descending));
    return before ? steps.stream().map(Order::reversed).toList() : steps;
  }
}
