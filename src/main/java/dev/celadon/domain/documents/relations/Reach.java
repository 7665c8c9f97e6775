package dev.celadon.domain.documents.relations;

import static dev.celadon.api.Query.Method.EXISTS;
import static dev.celadon.api.Query.Method.NOT_EXISTS;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Shapes;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Criteria;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables that the queries of one call lead to, from one table on. */
public final class Reach {

  /** How many relations one name may pass through, and how deep rows may be written. */
  public static final int MAX_DEPTH = 3;

  private final Shapes from;
  private final Actor actor;
  private final Shape start;
  private final List<Query> queries;
  private final Map<String, Shape> shapes = new HashMap<>();

  private Reach(Shapes from, Actor actor, Shape start, List<Query> queries) {
    this.from = from;
    this.actor = actor;
    this.start = start;
    this.queries = queries;
  }

  /** Whether {@code queries} lead from the table to another. */
  public static boolean beyond(Table table, List<Query> queries) {
    if (table.relations().isEmpty() || queries.isEmpty()) return false;
    return names(queries, true).stream().anyMatch(name -> step(table, name) != null);
  }

  /** Reads the shapes of the tables that {@code queries} over one lead {@code actor} to. */
  public static Future<Reach> of(Shapes shapes, Actor actor, Shape start, List<Query> queries) {
    var reach = new Reach(shapes, actor, start, queries);
    Future<?> read = Future.succeededFuture();
    for (var name : names(queries, true)) {
      read = read.compose(before -> reach.follow(start.table(), name, 1));
    }
    return read.map(done -> reach);
  }

  private Future<?> follow(Table table, String name, int depth) {
    var step = step(table, name);
    if (step == null) return Future.succeededFuture();
    if (depth > MAX_DEPTH) throw tooDeep();
    var known = shapes.get(step.relation.other());
    var there =
        known == null
            ? from.with(table.place().beside(step.relation.other()), actor, Future::succeededFuture)
            : Future.succeededFuture(known);
    return there.compose(
        shape -> {
          shapes.put(shape.table().id(), shape);
          return follow(shape.table(), step.rest, depth + 1);
        });
  }

  static Failure tooDeep() {
    return Failure.with(
        Fault.QUERY_INVALID, "a name leads through at most " + MAX_DEPTH + " relationships");
  }

  /** The shape of a table that was led to. */
  Shape shape(String table) {
    var shape = shapes.get(table);
    if (shape == null) throw new IllegalStateException("nothing led to " + table);
    return shape;
  }

  /** What the queries ask of the table. */
  public Criteria criteria() {
    return Criteria.of(queries, attributes());
  }

  /** What may be named of the table; to be used for one statement. */
  public Attributes attributes() {
    return attributes(start, 1);
  }

  Attributes attributes(Shape shape, int depth) {
    return shape.sql().attributes().with(new RelatedRows(this, actor, shape, depth));
  }

  /** Reads what the queries select of other tables, for the rows {@code ids}. */
  public Future<Loaded> load(Db db, List<String> ids) {
    return Loaded.of(db, actor, branches(start, names(queries, false)), ids);
  }

  /**
   * The same future. Where it fails by an outdated shape, {@link Shapes} reads that of the first
   * table again; those of the others are to be forgotten.
   */
  public <T> Future<T> watch(Future<T> work) {
    return work.onFailure(
        failure -> {
          if (!Shapes.outdated(failure)) return;
          for (var shape : shapes.values()) from.forget(shape.table().place());
        });
  }

  private List<Branch> branches(Shape shape, Collection<String> names) {
    var byRelation = new LinkedHashMap<Relation, Set<String>>();
    for (var name : names) {
      var step = step(shape.table(), name);
      if (step == null) continue;
      byRelation.computeIfAbsent(step.relation, r -> new LinkedHashSet<>()).add(step.rest);
    }
    var branches = new ArrayList<Branch>();
    byRelation.forEach(
        (relation, rest) -> {
          var there = shape(relation.other());
          branches.add(
              new Branch(relation, shape, there, shown(there, rest), branches(there, rest)));
        });
    return branches;
  }

  private static List<Column> shown(Shape there, Set<String> names) {
    var columns = there.table().columns();
    if (names.contains("*") || names.contains("")) return columns;
    return columns.stream().filter(column -> names.contains(column.key())).toList();
  }

  /** The names in queries: of {@code select} alone, or of all that they speak of. */
  private static Set<String> names(List<?> queries, boolean all) {
    var names = new LinkedHashSet<String>();
    for (var one : queries) {
      if (!(one instanceof Query query)) continue;
      switch (query.method()) {
        case SELECT -> {
          for (var value : query.values()) if (value instanceof String name) names.add(name);
        }
        default -> {
          if (!all) continue;
          names.add(query.attribute());
          names.addAll(names(query.values(), true));
          boolean named = query.method() == EXISTS || query.method() == NOT_EXISTS;
          for (var value : query.values()) if (named && value instanceof String n) names.add(n);
        }
      }
    }
    return names;
  }

  /**
   * The first step of a name that leads beyond a table.
   *
   * @param rest what the name says of the related rows; empty for themselves
   */
  record Step(Relation relation, String rest) {}

  /** Null where the name is the table's own, or nothing's. A longer key goes before a shorter. */
  static @Nullable Step step(Table table, String name) {
    if (table.column(name) != null) return null;
    Relation best = null;
    for (var relation : table.relations()) {
      var key = relation.key();
      boolean leads =
          relation.shown()
              && name.startsWith(key)
              && (name.length() == key.length() || name.charAt(key.length()) == '.');
      if (leads && (best == null || key.length() > best.key().length())) best = relation;
    }
    if (best == null) return null;
    int end = best.key().length();
    return new Step(best, name.length() == end ? "" : name.substring(end + 1));
  }
}
