package dev.celadon.domain.documents.relations;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Paths;
import dev.celadon.domain.query.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filters and orders by related rows. A filter is met by a row that is linked to one which meets it
 * and which the caller may read; a row that is linked only to others is as one that is not linked.
 */
final class RelatedRows implements Paths {

  private final Reach reach;
  private final Actor actor;
  private final Shape shape;
  private final int depth;
  private final Sql joins = new Sql();
  private final Map<String, Attribute> orders = new HashMap<>();
  private int joined;

  RelatedRows(Reach reach, Actor actor, Shape shape, int depth) {
    this.reach = reach;
    this.actor = actor;
    this.shape = shape;
    this.depth = depth;
  }

  @Override
  public @Nullable Sql filter(Query query) {
    if (query.method() == Query.Method.AND || query.method() == Query.Method.OR) return null;
    var step = Reach.step(shape.table(), query.attribute());
    if (step == null) return null;
    if (depth > Reach.MAX_DEPTH) throw Reach.tooDeep();
    if (step.rest().isEmpty()) return ofThemselves(query, step.relation());
    var there = reach.shape(step.relation().other());
    var inner = new Query(query.method(), step.rest(), query.values());
    var condition = Criteria.condition(inner, reach.attributes(there, depth + 1));
    return linked(step.relation(), condition);
  }

  /** By the ids of the related rows, or by whether there are any. */
  private Sql ofThemselves(Query query, Relation relation) {
    return switch (query.method()) {
      case EQUAL, CONTAINS, CONTAINS_ANY -> linked(relation, among(query.values(), "= ANY"));
      case NOT_EQUAL, NOT_CONTAINS ->
          relation.many()
              ? not(linked(relation, among(query.values(), "= ANY")))
              : linked(relation, among(query.values(), "<> ALL"));
      case CONTAINS_ALL -> {
        var all = Sql.of("(TRUE");
        for (var id : query.values()) {
          all.add(" AND ").add(linked(relation, among(List.of(id), "= ANY")));
        }
        yield all.add(")");
      }
      case IS_NOT_NULL, EXISTS -> linked(relation, Sql.of("TRUE"));
      case IS_NULL, NOT_EXISTS -> not(linked(relation, Sql.of("TRUE")));
      default -> throw invalid(query.method() + " cannot be asked of a relationship");
    };
  }

  private static Sql not(Sql condition) {
    return Sql.of("NOT (").add(condition).add(")");
  }

  private static Sql among(List<Object> ids, String operator) {
    if (ids.isEmpty()) throw invalid("a relationship is compared with ids");
    for (var id : ids) {
      if (!(id instanceof String)) throw invalid("a relationship is compared with ids");
    }
    return Sql.of("_id " + operator + "(").arg(ids.toArray(String[]::new), "text[]").add(")");
  }

  /**
   * Rows that are linked to one which the caller may read and which meets {@code condition}. Every
   * table goes by {@code t}; the select between the two lets the outer one be named.
   */
  private Sql linked(Relation relation, Sql condition) {
    var there = reach.shape(relation.other()).table();
    boolean any = condition.text().equals("TRUE") && wholly(there);
    if (any && relation.kept() == Relation.Kept.HERE) {
      return Sql.of("t." + relation.link() + " IS NOT NULL");
    }
    var sides = new Sides(shape.table(), there, relation);
    var from = " FROM " + there.sql() + " AS t";
    var sql = Sql.of("EXISTS (SELECT 1 FROM (SELECT ");
    switch (relation.kept()) {
      case HERE -> sql.add("_id AS at" + from);
      case THERE -> sql.add(relation.link() + " AS at" + from);
      case APART ->
          sql.add("x." + relation.near() + " AS at" + from + " JOIN " + sides.pairs())
              .add(" AS x ON x." + relation.far() + " = t._id");
    }
    sql.add(" WHERE ").add(Visible.to(actor, there)).add(" AND ").add(condition);
    return sql.add(") AS linked WHERE linked.at = t." + joint(relation) + ")");
  }

  /** Whether the caller may read all rows of a table; a link then tells of a row he may read. */
  private boolean wholly(Table table) {
    return Visible.to(actor, table).text().equals("TRUE");
  }

  @Override
  public Sql absent(String name) {
    var step = Reach.step(shape.table(), name);
    if (step == null || step.relation().kept() != Relation.Kept.HERE) return new Sql();
    var there = reach.shape(step.relation().other());
    boolean further = Reach.step(there.table(), step.rest()) != null;
    if (further || !wholly(there.table())) return new Sql();
    var link = "t." + step.relation().link();
    var column = there.sql().attributes().get(step.rest()).column();
    return Sql.of(
        "(%1$s IS NULL OR %1$s = ANY (ARRAY(SELECT _id FROM %2$s AS t WHERE %3$s IS NULL)))"
            .formatted(link, there.table().sql(), column));
  }

  @Override
  public @Nullable Attribute order(String name) {
    var known = orders.get(name);
    if (known != null) return known;
    var step = Reach.step(shape.table(), name);
    if (step == null) return null;
    if (depth > 1) throw Reach.tooDeep();
    var found = joined(step, "t." + joint(step.relation()), name);
    orders.put(name, found);
    return found;
  }

  /**
   * Joins the one related row of each row.
   *
   * @param from what leads to it: a link, or the id that links name
   */
  private Attribute joined(Reach.Step step, String from, String name) {
    var relation = step.relation();
    if (relation.many() || step.rest().isEmpty()) {
      throw invalid("rows cannot be put in order by '" + relation.key() + "'");
    }
    var there = reach.shape(relation.other());
    var next = Reach.step(there.table(), step.rest());
    var alias = "q" + ++joined;
    if (next != null) {
      join(relation, joint(next.relation()), alias, from);
      return joined(next, alias + "_by", name);
    }
    var last = there.sql().attributes().get(step.rest());
    join(relation, last.column(), alias, from);
    return new Attribute(name, alias + "_by", last.type(), last.array(), true);
  }

  private void join(Relation relation, String by, String alias, String from) {
    var there = reach.shape(relation.other());
    var at = relation.kept() == Relation.Kept.HERE ? "_id" : relation.link();
    joins.add(" LEFT JOIN (SELECT " + at + " AS " + alias + "_at, " + by + " AS " + alias + "_by");
    joins.add(" FROM " + there.table().sql() + " AS t WHERE ");
    joins.add(Visible.to(actor, there.table()));
    joins.add(") AS " + alias + " ON " + alias + "_at = " + from);
  }

  private static String joint(Relation relation) {
    return relation.kept() == Relation.Kept.HERE ? relation.link() : "_id";
  }

  @Override
  public boolean shows(String name) {
    var step = Reach.step(shape.table(), name);
    if (step == null) return false;
    if (step.rest().isEmpty() || step.rest().equals("*")) return true;
    var there = reach.shape(step.relation().other());
    return reach.attributes(there, depth + 1).shows(step.rest());
  }

  @Override
  public Sql joins() {
    return joins;
  }

  private static Failure invalid(String reason) {
    return Failure.with(Fault.QUERY_INVALID, reason);
  }
}
