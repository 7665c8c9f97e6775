package dev.celadon.domain.documents.operators;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants done to a value, as clients write it: JSON in a text, of exactly {@code
 * method} and {@code values}.
 *
 * @param values as in the JSON
 */
public record Operator(Method method, List<@Nullable Object> values) {

  private static final String METHOD = "method";
  private static final String VALUES = "values";

  /** No shorter text is one. */
  private static final int SHORTEST = "{\"method\":\"power\",\"values\":[]}".length() - 2;

  /** The operators by their wire names. */
  public enum Method {
    INCREMENT("increment"),
    DECREMENT("decrement"),
    MULTIPLY("multiply"),
    DIVIDE("divide"),
    MODULO("modulo"),
    POWER("power"),
    TOGGLE("toggle"),
    DATE_ADD_DAYS("dateAddDays"),
    DATE_SUB_DAYS("dateSubDays"),
    DATE_SET_NOW("dateSetNow"),
    STRING_CONCAT("stringConcat"),
    STRING_REPLACE("stringReplace"),
    ARRAY_APPEND("arrayAppend"),
    ARRAY_PREPEND("arrayPrepend"),
    ARRAY_INSERT("arrayInsert"),
    ARRAY_REMOVE("arrayRemove"),
    ARRAY_UNIQUE("arrayUnique"),
    ARRAY_INTERSECT("arrayIntersect"),
    ARRAY_DIFF("arrayDiff"),
    ARRAY_FILTER("arrayFilter");

    private static final Map<String, Method> BY_WIRE = new HashMap<>();

    static {
      for (var method : values()) BY_WIRE.put(method.wire, method);
    }

    private final String wire;

    Method(String wire) {
      this.wire = wire;
    }

    @Override
    public String toString() {
      return wire;
    }
  }

  /** The operator that {@code text} is, or null where it is just a text. */
  public static @Nullable Operator parse(String text) {
    if (text.length() < SHORTEST || text.charAt(0) != '{') return null;
    if (!text.endsWith("}") || !text.contains(METHOD) || !text.contains(VALUES)) return null;
    try {
      return of(new JsonObject(text));
    } catch (DecodeException e) {
      return null;
    }
  }

  private static @Nullable Operator of(JsonObject json) {
    if (json.size() != 2 || !(json.getValue(METHOD) instanceof String wire)) return null;
    var method = Method.BY_WIRE.get(wire);
    if (method == null || !(json.getValue(VALUES) instanceof JsonArray array)) return null;
    var values = new ArrayList<@Nullable Object>(array.size());
    for (int i = 0; i < array.size(); i++) values.add(array.getValue(i));
    return new Operator(method, Collections.unmodifiableList(values));
  }
}
