package dev.celadon.api;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One query: a method, the attribute it speaks of (empty where it speaks of none) and its values. A
 * value is a String, Boolean, Number, JsonObject, JsonArray or, within and/or, another Query.
 * Checked for form only; whether the attribute exists and the values fit is the engine's matter.
 */
public record Query(Method method, String attribute, List<Object> values) {

  /** How many queries one request may carry. */
  public static final int MAX_QUERIES = 100;

  /** How many characters one query may have. */
  public static final int MAX_LENGTH = 4_096;

  /** How many values one query may have. */
  public static final int MAX_VALUES = 500;

  /** How deeply and/or may be nested. */
  public static final int MAX_DEPTH = 8;

  /** The methods of the protocol, by wire name. */
  public enum Method {
    EQUAL("equal"),
    NOT_EQUAL("notEqual"),
    LESS_THAN("lessThan"),
    LESS_THAN_EQUAL("lessThanEqual"),
    GREATER_THAN("greaterThan"),
    GREATER_THAN_EQUAL("greaterThanEqual"),
    BETWEEN("between"),
    NOT_BETWEEN("notBetween"),
    CONTAINS("contains"),
    NOT_CONTAINS("notContains"),
    CONTAINS_ANY("containsAny"),
    CONTAINS_ALL("containsAll"),
    ELEM_MATCH("elemMatch"),
    STARTS_WITH("startsWith"),
    NOT_STARTS_WITH("notStartsWith"),
    ENDS_WITH("endsWith"),
    NOT_ENDS_WITH("notEndsWith"),
    SEARCH("search"),
    NOT_SEARCH("notSearch"),
    REGEX("regex"),
    IS_NULL("isNull"),
    IS_NOT_NULL("isNotNull"),
    EXISTS("exists"),
    NOT_EXISTS("notExists"),
    AND("and"),
    OR("or"),
    CREATED_BEFORE("createdBefore"),
    CREATED_AFTER("createdAfter"),
    CREATED_BETWEEN("createdBetween"),
    UPDATED_BEFORE("updatedBefore"),
    UPDATED_AFTER("updatedAfter"),
    UPDATED_BETWEEN("updatedBetween"),
    CROSSES("crosses"),
    NOT_CROSSES("notCrosses"),
    INTERSECTS("intersects"),
    NOT_INTERSECTS("notIntersects"),
    OVERLAPS("overlaps"),
    NOT_OVERLAPS("notOverlaps"),
    TOUCHES("touches"),
    NOT_TOUCHES("notTouches"),
    DISTANCE_EQUAL("distanceEqual"),
    DISTANCE_NOT_EQUAL("distanceNotEqual"),
    DISTANCE_GREATER_THAN("distanceGreaterThan"),
    DISTANCE_LESS_THAN("distanceLessThan"),
    VECTOR_COSINE("vectorCosine"),
    VECTOR_DOT("vectorDot"),
    VECTOR_EUCLIDEAN("vectorEuclidean"),
    SELECT("select"),
    ORDER_ASC("orderAsc"),
    ORDER_DESC("orderDesc"),
    ORDER_RANDOM("orderRandom"),
    LIMIT("limit"),
    OFFSET("offset"),
    CURSOR_AFTER("cursorAfter"),
    CURSOR_BEFORE("cursorBefore");

    private static final Map<String, Method> BY_WIRE =
        Stream.of(values()).collect(Collectors.toUnmodifiableMap(m -> m.wire, m -> m));

    private final String wire;

    Method(String wire) {
      this.wire = wire;
    }

    @Override
    public String toString() {
      return wire;
    }
  }

  /** The rule for the parameter {@code queries}. */
  public static Rule<List<Query>> rule() {
    var text = Rules.<Object>rule(Schema.TEXT.with("maxLength", MAX_LENGTH), raw -> raw);
    return Rules.mapped(Rules.list(text, MAX_QUERIES), Query::all);
  }

  private static List<Query> all(List<Object> raw) {
    return raw.stream().map(Query::parse).toList();
  }

  /**
   * Reads one query: its JSON as text, or the object itself as bodies carry it.
   *
   * @throws Failure {@link Fault#QUERY_INVALID}
   */
  public static Query parse(Object raw) {
    if (raw instanceof JsonObject object) return of(object, 0);
    if (!(raw instanceof String text)) throw invalid("a query is a JSON object");
    if (text.length() > MAX_LENGTH) {
      throw invalid("a query has at most " + MAX_LENGTH + " characters");
    }
    if (!text.stripLeading().startsWith("{")) return QueryText.parse(text);
    try {
      return of(new JsonObject(text), 0);
    } catch (DecodeException e) {
      throw invalid("a query is not well-formed JSON");
    }
  }

  private static Query of(JsonObject json, int depth) {
    if (depth > MAX_DEPTH) throw invalid("queries are nested more than " + MAX_DEPTH + " deep");
    if (!(json.getValue("method") instanceof String name)) throw invalid("a method is missing");
    var method = method(name);
    var attribute = json.getValue("attribute") instanceof Object a ? a : "";
    if (!(attribute instanceof String about)) throw invalid(name + ": the attribute is a text");
    return new Query(method, about, values(method, json, depth));
  }

  static Method method(String name) {
    var method = Method.BY_WIRE.get(name);
    if (method == null) throw invalid("there is no method '" + shorten(name) + "'");
    return method;
  }

  private static List<Object> values(Method method, JsonObject json, int depth) {
    var raw = json.getValue("values");
    var array = raw instanceof JsonArray a ? a : raw == null ? new JsonArray() : JsonArray.of(raw);
    if (array.size() > MAX_VALUES) {
      throw invalid(method + " has more than " + MAX_VALUES + " values");
    }
    boolean nests = method == Method.AND || method == Method.OR || method == Method.ELEM_MATCH;
    var values = new ArrayList<Object>(array.size());
    for (int i = 0; i < array.size(); i++) {
      var value = array.getValue(i);
      if (value == null) throw invalid(method + " cannot compare with null; use isNull");
      if (nests && value instanceof String text) value = parseNested(text, depth);
      else if (nests && value instanceof JsonObject object) value = of(object, depth + 1);
      else if (nests) throw invalid(method + " takes queries as values");
      else if (value instanceof String text) checkText(method, text);
      values.add(value);
    }
    return List.copyOf(values);
  }

  private static Query parseNested(String text, int depth) {
    try {
      return of(new JsonObject(text), depth + 1);
    } catch (DecodeException e) {
      throw invalid("a nested query is not well-formed JSON");
    }
  }

  private static void checkText(Method method, String text) {
    try {
      Rules.plain(text);
    } catch (Rule.Refused refused) {
      throw invalid("a value of " + method + " " + refused.reason());
    }
  }

  static Failure invalid(String reason) {
    return Failure.with(Fault.QUERY_INVALID, reason);
  }

  private static String shorten(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
