package dev.celadon.domain.documents.sql;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.query.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One statement that puts rows into groups and says something of each. Its only row holds how many
 * groups there are and those of the page as JSON, in the order of what they are grouped by unless
 * another is asked for.
 */
public final class AggregateSql {

  /** The most attributes to group by. */
  public static final int MOST_GROUPS = 8;

  /** The most characters of what is asked for: a column, a path to one, or one into a document. */
  public static final int MAX_NAME = 512;

  /**
   * What is asked for.
   *
   * @param queries filters that choose the rows; order, limit and offset are those of the groups
   * @param groups what puts rows into groups; none for one group of all
   * @param having filters over groups, by the names of results
   */
  public record Asked(
      List<Query> queries, List<Aggregate> aggregates, List<String> groups, List<Query> having) {

    /** Queries that name, one or the other, all that is named of rows. */
    public List<Query> named() {
      var filters = ofRows().stream();
      var made = aggregates.stream().map(Aggregate::attribute);
      var names = Stream.concat(groups.stream(), made).map(Asked::naming);
      return Stream.concat(filters, names).toList();
    }

    private static Query naming(String attribute) {
      return new Query(Query.Method.IS_NOT_NULL, attribute, List.of());
    }

    private List<Query> ofRows() {
      return queries.stream().filter(Criteria::isFilter).toList();
    }

    private List<Query> ofGroups() {
      if (!having.stream().allMatch(Criteria::isFilter)) throw refused("having takes filters");
      var paging = queries.stream().filter(query -> !Criteria.isFilter(query));
      return Stream.concat(having.stream(), paging).toList();
    }
  }

  /** A name in the answer: the expression that makes it, and what that gives. */
  private record Result(String name, String sql, Type type, boolean grouped) {}

  private final String table;
  private final Criteria rows;
  private final Criteria groups;
  private final List<Result> results = new ArrayList<>();

  /**
   * Checks what is asked for.
   *
   * @throws Failure {@link Fault#QUERY_INVALID}
   */
  AggregateSql(String table, Attributes attributes, Asked asked) {
    this.table = table;
    this.rows = Criteria.of(asked.ofRows(), attributes);
    var names = new HashSet<String>();
    for (var name : asked.groups) {
      var attribute = attributes.get(name);
      if (attribute.array()) throw refused("a list cannot be grouped by: " + name);
      add(names, new Result(name, attribute.column(), attribute.type(), true));
    }
    for (var each : asked.aggregates) {
      add(names, new Result(each.as(), each.sql(attributes), each.type(attributes), false));
    }
    if (asked.aggregates.isEmpty()) throw refused("there is nothing to aggregate");
    this.groups = Criteria.of(asked.ofGroups(), attributes());
    if (groups.cursor() != null || !groups.select().isEmpty()) {
      throw refused("groups have no cursor and are shown whole");
    }
  }

  private void add(HashSet<String> names, Result result) {
    if (!names.add(result.name)) throw refused("there are two results called " + result.name);
    results.add(result);
  }

  /** The statement over the rows for which {@code visible} holds. */
  Sql sql(Sql visible) {
    var sql = Sql.of("WITH made AS (").add(made(visible)).add("), met AS MATERIALIZED (");
    sql.add("SELECT made.*, row_number() OVER (" + order() + ") AS place FROM made WHERE TRUE");
    groups.filter(sql);
    sql.add(
        ") SELECT (SELECT count(*) FROM met), (SELECT coalesce(json_agg(row_to_json(\"$row\")),"
            + " '[]')");
    sql.add("::text FROM (SELECT " + shown() + " FROM met WHERE TRUE");
    groups.page(sql, List.of());
    return sql.add(") \"$row\")");
  }

  private Sql made(Sql visible) {
    var sql = Sql.of("SELECT ");
    for (int i = 0; i < results.size(); i++) {
      sql.add((i == 0 ? "" : ", ") + results.get(i).sql + " AS " + column(i));
    }
    sql.add(" FROM " + table + " AS t").add(rows.joins()).add(" WHERE ").add(visible);
    rows.filter(sql);
    var by = results.stream().filter(Result::grouped).map(Result::sql).toList();
    return by.isEmpty() ? sql : sql.add(" GROUP BY " + String.join(", ", by));
  }

  private String order() {
    var by = new ArrayList<String>();
    for (int i = 0; i < results.size(); i++) if (results.get(i).grouped) by.add(column(i));
    return by.isEmpty() ? "" : "ORDER BY " + String.join(", ", by);
  }

  private String shown() {
    var all = new ArrayList<String>();
    for (int i = 0; i < results.size(); i++) {
      var result = results.get(i);
      boolean time = result.type == Type.TIME;
      all.add((time ? RowSql.time(column(i)) : column(i)) + " AS " + Sql.quote(result.name));
    }
    return String.join(", ", all);
  }

  private static String column(int i) {
    return "r" + i;
  }

  /** Results by name; their place among the others breaks ties. */
  private Attributes attributes() {
    var all = new ArrayList<Attribute>();
    for (int i = 0; i < results.size(); i++) {
      all.add(new Attribute(results.get(i).name, column(i), results.get(i).type, false, true));
    }
    if (all.stream().noneMatch(each -> each.name().equals(Attribute.ID))) {
      all.add(Attribute.integer(Attribute.ID, "place"));
    }
    return Attributes.of(all, Set.of());
  }

  static Failure refused(String reason) {
    return Failure.with(Fault.QUERY_INVALID, reason);
  }
}
