package dev.celadon.realtime;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queries of a subscription, asked of the payload of an event instead of the database: which
 * events it gets, and what of a row.
 *
 * @param test asked of the payload
 * @param select the values to be shown of a row beside its own fields; empty for all of them
 */
record Filter(Predicate<JsonObject> test, Set<String> select) {

  /** Accepts everything. */
  private static final Predicate<JsonObject> ANY = payload -> true;

  private static final String CREATED = "$createdAt";
  private static final String UPDATED = "$updatedAt";

  /**
   * Reads {@code queries}.
   *
   * @throws Failure {@link Fault#QUERY_INVALID}
   */
  static Filter of(List<Query> queries) {
    if (queries.size() > Query.MAX_QUERIES) {
      throw Failure.with(Fault.QUERY_INVALID, "there are more than " + Query.MAX_QUERIES);
    }
    var filters = new ArrayList<Query>(queries.size());
    var names = new HashSet<String>();
    for (var query : queries) {
      if (query.method() == Query.Method.SELECT) names(query, names);
      else filters.add(query);
    }
    return new Filter(all(filters), names.contains("*") ? Set.of() : Set.copyOf(names));
  }

  private static void names(Query query, Set<String> names) {
    for (var value : query.values()) {
      if (!(value instanceof String name)) {
        throw Failure.with(Fault.QUERY_INVALID, "select takes names");
      }
      names.add(name);
    }
  }

  /** Whether {@code event} is to be shown in part, as a list shows the same row. */
  boolean trims(Published event) {
    return !select.isEmpty() && event.names().ofRow();
  }

  /** Whether the queries let {@code event} through for whom so much of it is {@code hidden}. */
  boolean accepts(Published event, Set<String> hidden) {
    return test.equals(ANY) || test.test(event.payload(hidden));
  }

  /**
   * What a reader who selects {@code names} sees of {@code row}: its own fields are always there.
   */
  static JsonObject trimmed(JsonObject row, Set<String> names) {
    var shown = new JsonObject();
    for (var field : row) {
      boolean own = field.getKey().startsWith("$");
      if (own || names.contains(field.getKey())) shown.put(field.getKey(), field.getValue());
    }
    return shown;
  }

  private static Predicate<JsonObject> all(List<Query> queries) {
    Predicate<JsonObject> all = ANY;
    for (var query : queries) {
      var one = one(query);
      all = all.equals(ANY) ? one : all.and(one);
    }
    return all;
  }

  private static Predicate<JsonObject> one(Query query) {
    var name = query.attribute();
    return switch (query.method()) {
      case EQUAL -> any(query, name, Filter::same);
      case NOT_EQUAL -> any(query, name, Filter::same).negate();
      case LESS_THAN -> any(query, name, (a, b) -> compare(a, b, -1, false));
      case LESS_THAN_EQUAL -> any(query, name, (a, b) -> compare(a, b, -1, true));
      case GREATER_THAN -> any(query, name, (a, b) -> compare(a, b, 1, false));
      case GREATER_THAN_EQUAL -> any(query, name, (a, b) -> compare(a, b, 1, true));
      case BETWEEN -> between(query, name);
      case NOT_BETWEEN -> between(query, name).negate();
      case CONTAINS, CONTAINS_ANY -> any(query, name, Filter::contains);
      case CONTAINS_ALL -> every(query, name);
      case NOT_CONTAINS -> any(query, name, Filter::contains).negate();
      case STARTS_WITH -> any(query, name, text(String::startsWith));
      case NOT_STARTS_WITH -> any(query, name, text(String::startsWith)).negate();
      case ENDS_WITH -> any(query, name, text(String::endsWith));
      case NOT_ENDS_WITH -> any(query, name, text(String::endsWith)).negate();
      case IS_NULL, NOT_EXISTS -> payload -> payload.getValue(name) == null;
      case IS_NOT_NULL, EXISTS -> payload -> payload.getValue(name) != null;
      case AND -> nested(query).reduce(Predicate::and).orElseThrow();
      case OR -> nested(query).reduce(Predicate::or).orElseThrow();
      case CREATED_BEFORE -> any(query, CREATED, (a, b) -> compare(a, b, -1, false));
      case CREATED_AFTER -> any(query, CREATED, (a, b) -> compare(a, b, 1, false));
      case CREATED_BETWEEN -> between(query, CREATED);
      case UPDATED_BEFORE -> any(query, UPDATED, (a, b) -> compare(a, b, -1, false));
      case UPDATED_AFTER -> any(query, UPDATED, (a, b) -> compare(a, b, 1, false));
      case UPDATED_BETWEEN -> between(query, UPDATED);
      default ->
          throw Failure.with(
              Fault.QUERY_INVALID, query.method() + " cannot be used in a subscription");
    };
  }

  private static Stream<Predicate<JsonObject>> nested(Query query) {
    if (query.values().isEmpty()) {
      throw Failure.with(Fault.QUERY_INVALID, query.method() + " needs queries as values");
    }
    return query.values().stream().map(value -> one((Query) value));
  }

  private static Predicate<JsonObject> any(
      Query query, String name, BiPredicate<Object, Object> test) {
    if (query.values().isEmpty()) {
      throw Failure.with(Fault.QUERY_INVALID, query.method() + " needs a value");
    }
    return payload -> {
      var value = payload.getValue(name);
      if (value == null) return false;
      for (var wanted : query.values()) if (test.test(value, wanted)) return true;
      return false;
    };
  }

  private static Predicate<JsonObject> every(Query query, String name) {
    return payload -> {
      var value = payload.getValue(name);
      return value != null && query.values().stream().allMatch(each -> contains(value, each));
    };
  }

  private static Predicate<JsonObject> between(Query query, String name) {
    if (query.values().size() != 2) {
      throw Failure.with(Fault.QUERY_INVALID, query.method() + " needs two values");
    }
    var from = query.values().get(0);
    var to = query.values().get(1);
    return payload -> {
      var value = payload.getValue(name);
      return value != null && compare(value, from, 1, true) && compare(value, to, -1, true);
    };
  }

  private static BiPredicate<Object, Object> text(BiPredicate<String, String> test) {
    return (value, wanted) ->
        value instanceof String a && wanted instanceof String b && test.test(a, b);
  }

  private static boolean contains(Object value, Object wanted) {
    if (value instanceof JsonArray list) return list.stream().anyMatch(each -> same(each, wanted));
    return value instanceof String a && wanted instanceof String b && a.contains(b);
  }

  private static boolean same(@Nullable Object value, Object wanted) {
    if (value instanceof JsonArray && !(wanted instanceof JsonArray)) return false;
    if (value instanceof Number a && wanted instanceof Number b) return order(a, b) == 0;
    return wanted.equals(value);
  }

  /** Whether {@code value} stands on the given side of {@code wanted}, or beside it if allowed. */
  private static boolean compare(Object value, Object wanted, int side, boolean equal) {
    Integer order = null;
    if (value instanceof Number a && wanted instanceof Number b) order = order(a, b);
    else if (value instanceof String a && wanted instanceof String b) order = a.compareTo(b);
    else if (value instanceof Boolean a && wanted instanceof Boolean b) order = a.compareTo(b);
    if (order == null) return false;
    return order == 0 ? equal : Integer.signum(order) == side;
  }

  private static int order(Number a, Number b) {
    boolean whole = !(fraction(a) || fraction(b));
    if (whole) return Long.compare(a.longValue(), b.longValue());
    if (a instanceof BigDecimal || b instanceof BigDecimal) {
      return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
    }
    return Double.compare(a.doubleValue(), b.doubleValue());
  }

  private static boolean fraction(Number n) {
    return !(n instanceof Integer || n instanceof Long || n instanceof Short);
  }
}
