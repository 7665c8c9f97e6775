package dev.celadon.domain.query;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles filters. As everywhere in SQL, a row without a value for an attribute is matched by no
 * comparison with it, only by {@code isNull} and {@code notExists}. Text is compared exactly: case
 * matters.
 */
final class Filters {

  private final Attributes attributes;
  private final @Nullable Attribute element;

  Filters(Attributes attributes) {
    this(attributes, null);
  }

  /**
   * @param element the one thing that can be asked for, where it is the elements of a list
   */
  private Filters(Attributes attributes, @Nullable Attribute element) {
    this.attributes = attributes;
    this.element = element;
  }

  /** A condition in SQL, safe to stand beside AND. */
  Sql of(Query query) {
    var beyond = attributes.paths().filter(query);
    if (beyond != null) return beyond;
    if (SpatialFilters.take(query.method())) {
      var attribute = attribute(query.attribute());
      if (attribute.type().spatial()) {
        return new SpatialFilters(attributes.spatial()).of(query, attribute);
      }
    }
    var path = pathOf(query);
    if (path != null) return new JsonFilters(attributes, path, query).condition();
    return switch (query.method()) {
      case AND -> group(query, " AND ");
      case OR -> group(query, " OR ");
      case EQUAL -> among(query, " = ", " = ANY(");
      case NOT_EQUAL -> among(query, " <> ", " <> ALL(");
      case LESS_THAN -> compare(query, query.attribute(), " < ");
      case LESS_THAN_EQUAL -> compare(query, query.attribute(), " <= ");
      case GREATER_THAN -> compare(query, query.attribute(), " > ");
      case GREATER_THAN_EQUAL -> compare(query, query.attribute(), " >= ");
      case BETWEEN -> between(query, query.attribute(), " BETWEEN ");
      case NOT_BETWEEN -> between(query, query.attribute(), " NOT BETWEEN ");
      case CREATED_BEFORE -> compare(query, Attribute.CREATED, " < ");
      case CREATED_AFTER -> compare(query, Attribute.CREATED, " > ");
      case CREATED_BETWEEN -> between(query, Attribute.CREATED, " BETWEEN ");
      case UPDATED_BEFORE -> compare(query, Attribute.UPDATED, " < ");
      case UPDATED_AFTER -> compare(query, Attribute.UPDATED, " > ");
      case UPDATED_BETWEEN -> between(query, Attribute.UPDATED, " BETWEEN ");
      case CONTAINS, CONTAINS_ANY -> contains(query, " && ", "ANY", "");
      case NOT_CONTAINS -> contains(query, " && ", "ANY", "NOT ");
      case CONTAINS_ALL -> contains(query, " @> ", "ALL", "");
      case STARTS_WITH -> like(query, "", "%", "");
      case NOT_STARTS_WITH -> like(query, "", "%", "NOT ");
      case ENDS_WITH -> like(query, "%", "", "");
      case NOT_ENDS_WITH -> like(query, "%", "", "NOT ");
      case IS_NULL -> Sql.of(attribute(query.attribute()).column()).add(" IS NULL");
      case IS_NOT_NULL -> Sql.of(attribute(query.attribute()).column()).add(" IS NOT NULL");
      case EXISTS -> presence(query, " IS NOT NULL");
      case NOT_EXISTS -> presence(query, " IS NULL");
      case SEARCH -> search(query, "");
      case NOT_SEARCH -> search(query, "NOT ");
      case REGEX -> regex(query);
      case ELEM_MATCH -> elements(query);
      case VECTOR_COSINE, VECTOR_DOT, VECTOR_EUCLIDEAN ->
          throw invalid(query.method() + " needs vectors, which no column here holds");
      default -> throw invalid(query.method() + " cannot be asked here");
    };
  }

  /** The place in a free document that is asked for; null where it is none. */
  private @Nullable JsonPath pathOf(Query query) {
    return switch (query.method()) {
      case AND,
          OR,
          EXISTS,
          NOT_EXISTS,
          CREATED_BEFORE,
          CREATED_AFTER,
          CREATED_BETWEEN,
          UPDATED_BEFORE,
          UPDATED_AFTER,
          UPDATED_BETWEEN ->
          null;
      default -> attributes.path(query.attribute());
    };
  }

  /** The value of a text attribute, of which the query has one. */
  private String text(Query query, Attribute attribute) {
    if (attribute.type() != Type.TEXT) throw invalid(query.method() + " needs a text");
    var values = values(query, attribute);
    if (values.size() != 1) throw invalid(query.method() + " takes one value");
    return (String) values.getFirst();
  }

  private Sql search(Query query, String not) {
    var attribute = single(query, query.attribute());
    var text = text(query, attribute);
    if (!attribute.searchable()) {
      throw invalid("'" + attribute.name() + "' can be searched once a fulltext index is of it");
    }
    return Sql.of(not).add("(").add(SearchText.condition(attribute.column(), text)).add(")");
  }

  /** A pattern of PostgreSQL's; one that takes too long is stopped with its statement. */
  private Sql regex(Query query) {
    var attribute = single(query, query.attribute());
    return Sql.of(attribute.column()).add(" ~ ").arg(text(query, attribute), "text");
  }

  /** Whether one element of a list is as all the queries in it say, which name it or nothing. */
  private Sql elements(Query query) {
    var list = attribute(query.attribute());
    if (!list.array()) throw invalid(query.method() + " needs a list: " + list.name());
    var one = new Attribute(list.name(), "e.v", list.type(), false, false);
    var group = new Filters(attributes, one).group(query, " AND ");
    return Sql.of("EXISTS (SELECT 1 FROM unnest(" + list.column() + ") AS e (v) WHERE ")
        .add(group)
        .add(")");
  }

  Sql group(Query query, String word) {
    if (query.values().isEmpty()) throw invalid(query.method() + " needs queries as values");
    var group = Sql.of("(");
    for (int i = 0; i < query.values().size(); i++) {
      if (i > 0) group.add(word);
      if (!(query.values().get(i) instanceof Query inner) || !isFilter(inner)) {
        throw invalid(query.method() + " takes filters as values");
      }
      group.add(of(inner));
    }
    return group.add(")");
  }

  private Sql among(Query query, String one, String many) {
    var attribute = single(query, query.attribute());
    var values = values(query, attribute);
    var type = attribute.type();
    var sql = Sql.of(attribute.column());
    if (values.size() == 1) sql.add(one).arg(values.getFirst(), type.sql());
    else sql.add(many).arg(type.array(values), type.sql() + "[]").add(")");
    boolean positive = query.method() == Query.Method.EQUAL;
    return positive ? Beginning.among(attribute, values, sql) : sql;
  }

  private Sql compare(Query query, String name, String operator) {
    var attribute = ordered(query, name);
    var values = values(query, attribute);
    if (values.size() != 1) throw invalid(query.method() + " takes one value");
    var value = values.getFirst();
    var sql = Sql.of(attribute.column()).add(operator).arg(value, attribute.type().sql());
    return Beginning.compare(attribute, operator, value, sql);
  }

  private Sql between(Query query, String name, String operator) {
    var attribute = ordered(query, name);
    var values = values(query, attribute);
    if (values.size() != 2) throw invalid(query.method() + " takes two values");
    var type = attribute.type().sql();
    var sql = Sql.of(attribute.column()).add(operator).arg(values.get(0), type);
    sql.add(" AND ").arg(values.get(1), type);
    if (query.method() != Query.Method.BETWEEN) return sql;
    var above = Beginning.compare(attribute, " >= ", values.get(0), sql);
    return Beginning.compare(attribute, " <= ", values.get(1), above);
  }

  private Sql contains(Query query, String operator, String quantity, String not) {
    var attribute = attribute(query.attribute());
    if (!attribute.array()) return substrings(query, "%", "%", quantity, not);
    var type = attribute.type();
    return Sql.of(not)
        .add("(")
        .add(attribute.column())
        .add(operator)
        .arg(type.array(values(query, attribute)), type.sql() + "[]")
        .add(")");
  }

  private Sql like(Query query, String before, String after, String not) {
    return substrings(query, before, after, "ANY", not);
  }

  private Sql substrings(Query query, String before, String after, String quantity, String not) {
    var attribute = single(query, query.attribute());
    if (attribute.type() != Type.TEXT) throw invalid(query.method() + " needs a text or a list");
    var patterns =
        values(query, attribute).stream()
            .map(value -> before + Sql.escapeLike((String) value) + after)
            .toList();
    var sql = Sql.of(not).add("(").add(attribute.column()).add(" LIKE ");
    if (patterns.size() == 1) sql.arg(patterns.getFirst(), "text").add(")");
    else sql.add(quantity).add("(").arg(patterns.toArray(String[]::new), "text[]").add("))");
    boolean starts = query.method() == Query.Method.STARTS_WITH;
    return starts ? Beginning.starts(attribute, values(query, attribute), sql) : sql;
  }

  /** The names stand in {@code values}, or one of them in {@code attribute}. */
  private Sql presence(Query query, String test) {
    var names = new ArrayList<Object>(query.values());
    if (names.isEmpty()) names.add(query.attribute());
    var sql = Sql.of("(");
    for (int i = 0; i < names.size(); i++) {
      if (!(names.get(i) instanceof String name)) throw invalid(query.method() + " takes names");
      if (i > 0) sql.add(" AND ");
      var path = attributes.path(name);
      sql.add(path == null ? attribute(name).column() : path.place()).add(test);
    }
    return sql.add(")");
  }

  private Attribute attribute(String name) {
    if (element == null) return attributes.get(name);
    if (name.isEmpty() || name.equals(element.name())) return element;
    throw invalid("the elements of '" + element.name() + "' have nothing called '" + name + "'");
  }

  private Attribute single(Query query, String name) {
    var attribute = attribute(name);
    if (attribute.array()) throw invalid(query.method() + " cannot be asked of the list " + name);
    return attribute;
  }

  private Attribute ordered(Query query, String name) {
    var attribute = single(query, name);
    if (!attribute.type().ordered()) throw invalid(query.method() + " needs an order: " + name);
    return attribute;
  }

  private static List<Object> values(Query query, Attribute attribute) {
    if (query.values().isEmpty()) throw invalid(query.method() + " needs a value");
    var values = new ArrayList<Object>(query.values().size());
    for (var raw : given(query, attribute)) {
      var value = attribute.type().accept(spelled(raw, attribute));
      if (value == null) {
        throw invalid("a value for '" + attribute.name() + "' does not fit its type");
      }
      values.add(value);
    }
    return values;
  }

  /** The values; coordinates that stand there alone are those of one geometry. */
  private static List<Object> given(Query query, Attribute attribute) {
    if (!attribute.type().spatial()) return query.values();
    var whole = new JsonArray(query.values());
    return attribute.type() == Geometry.typeOf(whole) ? List.of(whole) : query.values();
  }

  /** Sequences, and ids that are numbers, are shown as text, so queries may write them so, too. */
  private static Object spelled(Object raw, Attribute attribute) {
    boolean digits =
        attribute.type() == Type.INTEGER
            && List.of(Attribute.SEQUENCE, Attribute.ID).contains(attribute.name())
            && raw instanceof String text
            && text.matches("\\d{1,18}");
    return digits ? Long.valueOf((String) raw) : raw;
  }

  /** The text {@code id} as {@code attribute} holds it, or null where it is nobody's. */
  static @Nullable Object id(String id, Attribute attribute) {
    return attribute.type().accept(spelled(id, attribute));
  }

  static boolean isFilter(Query query) {
    return switch (query.method()) {
      case SELECT,
          ORDER_ASC,
          ORDER_DESC,
          ORDER_RANDOM,
          LIMIT,
          OFFSET,
          CURSOR_AFTER,
          CURSOR_BEFORE ->
          false;
      default -> true;
    };
  }

  static Failure invalid(String reason) {
    return Failure.with(Fault.QUERY_INVALID, reason);
  }
}
