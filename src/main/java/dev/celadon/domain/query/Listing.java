package dev.celadon.domain.query;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.api.Query;
import dev.celadon.store.Db;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The list of one kind of entity in a system table. Make one constant per table:
 *
 * <pre>{@code
 * static final Listing<Team> LISTING =
 *     new Listing<>(
 *         "celadon.teams",
 *         Attributes.of(
 *             Attribute.text("$id", "id"),
 *             Attribute.time("$createdAt", "created"),
 *             Attribute.time("$updatedAt", "updated"),
 *             Attribute.text("name", "name"),
 *             Attribute.integer("total", "total")),
 *         List.of("id", "name"),
 *         Team::of);
 * }</pre>
 *
 * and ask it with {@code LISTING.page(db, project, Listing.Wanted.of(queries, search, total))}, or,
 * where only a part of the table may be seen, with a condition of your own instead of the project.
 * Filters, order, limit, offset and cursors then work as they do for rows; {@code select} is
 * checked but changes nothing, because entities are shown whole.
 *
 * <p>Every attribute needs an index or a table that stays small within a project. Use {@code
 * $sequence} where the table has an identity column: it breaks ties, otherwise the id does.
 */
public final class Listing<T> {

  /** The longest text to search for. */
  public static final int MAX_SEARCH = 256;

  private final String table;
  private final Attributes attributes;
  private final List<String> searched;
  private final Function<Row, T> read;

  /**
   * Describes the list.
   *
   * @param table the table, with its schema; or a join, as it stands after FROM
   * @param searched the columns of text in which {@link Wanted#search} is looked for
   * @param read makes an entity of a row of {@code SELECT *}
   */
  public Listing(
      String table, Attributes attributes, List<String> searched, Function<Row, T> read) {
    this.table = table;
    this.attributes = attributes;
    this.searched = searched;
    this.read = read;
  }

  /**
   * What the caller asked for.
   *
   * @param search a text that one of the searched columns contains, whatever its case; or empty
   * @param total whether to count all that match
   */
  public record Wanted(List<Query> queries, String search, boolean total) {

    /** As parameters give it: absent texts and lists are empty, an absent total means yes. */
    public static Wanted of(
        @Nullable List<Query> queries, @Nullable String search, @Nullable Boolean total) {
      return new Wanted(
          queries == null ? List.of() : queries,
          search == null ? "" : search,
          total == null || total);
    }
  }

  /** The page among the entities of {@code project}, found by the column {@code project}. */
  public Page<T> page(Db db, String project, Wanted wanted) {
    return page(db, Sql.of("project = ").arg(project), wanted);
  }

  /**
   * The page among the rows for which {@code scope} is true. A cursor outside of the scope is not
   * found.
   *
   * @param scope a condition that keeps to one project, such as {@code Sql.of("project =
   *     ").arg(project).add(" AND team = ").arg(team)}
   * @throws Failure {@code general_query_invalid} or {@code general_cursor_not_found}
   */
  public Page<T> page(Db db, Sql scope, Wanted wanted) {
    var criteria = Criteria.of(wanted.queries, attributes);
    var found = Sql.of(" FROM " + table + " WHERE (").add(scope).add(")");
    criteria.filter(found);
    search(found, wanted.search);
    var rows = Sql.of("SELECT *").add(found);
    criteria.page(rows, cursor(db, scope, criteria));
    var items = db.list(read, rows.text(), rows.args());
    if (criteria.backwards()) items = items.reversed();
    return new Page<>(wanted.total ? total(db, found, criteria.totalOf(items.size())) : 0, items);
  }

  private List<@Nullable Object> cursor(Db db, Sql scope, Criteria criteria) {
    var id = criteria.cursor();
    if (id == null) return List.of();
    var key = attributes.get(Attribute.ID);
    var held = Filters.id(id, key);
    if (held == null) throw Failure.with(Fault.CURSOR_NOT_FOUND);
    var sql =
        Sql.of("SELECT " + criteria.cursorColumns() + " FROM " + table + " WHERE (")
            .add(scope)
            .add(") AND " + key.column() + " = ")
            .arg(held, key.type().sql());
    return db.one(Listing::values, sql.text(), sql.args())
        .orElseThrow(() -> Failure.with(Fault.CURSOR_NOT_FOUND));
  }

  /** The values of a row in the order of its columns, nulls included. */
  public static List<@Nullable Object> values(Row row) {
    var values = new ArrayList<@Nullable Object>(row.size());
    for (int i = 0; i < row.size(); i++) values.add(row.getValue(i));
    return values;
  }

  private void search(Sql sql, String text) {
    if (text.isEmpty()) return;
    if (searched.isEmpty() || text.length() > MAX_SEARCH) {
      throw Filters.invalid("this list cannot be searched for that text");
    }
    sql.add(" AND (");
    for (int i = 0; i < searched.size(); i++) {
      if (i > 0) sql.add(" OR ");
      sql.add(searched.get(i)).add(" ILIKE ").arg("%" + Sql.escapeLike(text) + "%", "text");
    }
    sql.add(")");
  }

  private static long total(Db db, Sql found, long known) {
    if (known >= 0) return known;
    var count = Sql.of("SELECT count(*)").add(found);
    return db.one(row -> row.getLong(0), count.text(), count.args()).orElse(0L);
  }
}
