package dev.celadon.domain.documents.free;

import dev.celadon.api.Fault;
import dev.celadon.api.Rule;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.documents.operators.Operands;
import dev.celadon.domain.documents.operators.Operator;
import dev.celadon.domain.query.JsonPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks free documents. A text at the top of a change that is an operator works at the path that
 * its name spells: {@code {"stats.views": "{\"method\":\"increment\",\"values\":[1]}"}}.
 */
public final class FreeValues {

  /** The most characters of one name. */
  private static final int MAX_NAME = 256;

  private static final Set<String> CONDITIONS =
      Set.of(
          "equal",
          "notEqual",
          "greaterThan",
          "greaterThanEqual",
          "lessThan",
          "lessThanEqual",
          "contains",
          "isNull",
          "isNotNull");

  /**
   * What is given, as the value of the one column that holds it all; empty if nothing is.
   *
   * @param own the names that are not the caller's to set
   * @param operators whether operators count
   */
  public static Map<Column, @Nullable Object> given(
      JsonObject data, Set<String> own, boolean operators) {
    var values = new JsonObject();
    var operations = new JsonArray();
    for (var name : data.fieldNames()) {
      if (own.contains(name)) continue;
      var raw = data.getValue(name);
      var operator = operators && raw instanceof String text ? Operator.parse(text) : null;
      if (operator == null) values.put(name, raw);
      else operations.add(operation(name, operator));
    }
    if (size(values) > Values.MAX_ROW) {
      throw invalid("it holds at most " + Values.MAX_ROW + " characters");
    }
    var given = new HashMap<Column, @Nullable Object>();
    if (operators && values.isEmpty() && operations.isEmpty()) return given;
    var text = values.encode();
    given.put(Column.DOCUMENT, operators ? new Patch(text, operations.encode()) : text);
    return given;
  }

  /** The values of a new row: a document that is only put there is that document. */
  public static Map<Column, @Nullable Object> completed(Map<Column, @Nullable Object> given) {
    var value = given.getOrDefault(Column.DOCUMENT, Patch.NOTHING);
    var whole = value instanceof Patch patch && !patch.computes() ? patch.values() : value;
    given.put(Column.DOCUMENT, whole);
    return given;
  }

  /** One thing that is done to one value. */
  public static Patch patch(String name, Operator operator) {
    return new Patch(Patch.NOTHING, JsonArray.of(operation(name, operator)).encode());
  }

  private static JsonObject operation(String name, Operator operator) {
    var path = JsonPath.of("", name);
    try {
      if (path == null) throw new Rule.Refused("names no path");
      check(operator);
    } catch (Rule.Refused refused) {
      var shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
      throw invalid(
          "the operator '" + operator.method() + "' of '" + shown + "' " + refused.reason());
    }
    return new JsonObject()
        .put("path", new JsonArray(path.names()))
        .put("method", operator.method().toString())
        .put("values", new JsonArray(operator.values()));
  }

  private static void check(Operator operator) throws Rule.Refused {
    var values = new Operands(operator.values());
    switch (operator.method()) {
      case INCREMENT, DECREMENT -> {
        if (!values.between(0, 2).values().isEmpty()) values.number(0);
        values.bound(1);
      }
      case MULTIPLY, POWER -> {
        values.between(1, 2).number(0);
        values.bound(1);
      }
      case DIVIDE -> {
        nonzero(values.between(1, 2));
        values.bound(1);
      }
      case MODULO -> nonzero(values.between(1, 1));
      case TOGGLE, DATE_SET_NOW, ARRAY_UNIQUE -> values.between(0, 0);
      case DATE_ADD_DAYS, DATE_SUB_DAYS -> values.between(1, 1).days(0);
      case STRING_CONCAT -> values.between(1, 1).text(0);
      case STRING_REPLACE -> {
        if (values.between(2, 2).text(0).isEmpty()) throw new Rule.Refused("searches for nothing");
        values.text(1);
      }
      case ARRAY_REMOVE -> values.between(1, 1);
      case ARRAY_INSERT -> {
        long place = values.between(2, 2).whole(0);
        if (place < 0 || place > Values.MAX_ELEMENTS) {
          throw new Rule.Refused("takes a place from 0 to " + Values.MAX_ELEMENTS);
        }
      }
      case ARRAY_FILTER -> {
        if (!CONDITIONS.contains(values.between(1, 2).text(0))) {
          throw new Rule.Refused("knows no such condition");
        }
      }
      case ARRAY_APPEND, ARRAY_PREPEND, ARRAY_INTERSECT, ARRAY_DIFF -> {}
    }
    if (size(new JsonArray(operator.values())) > Values.MAX_ROW) {
      throw new Rule.Refused("takes at most " + Values.MAX_ROW + " characters");
    }
  }

  private static void nonzero(Operands values) throws Rule.Refused {
    if (values.number(0).signum() == 0) throw new Rule.Refused("divides by zero");
  }

  /** How many characters a value has, about; refuses what PostgreSQL could not hold. */
  private static long size(@Nullable Object value) {
    return switch (value) {
      case String text -> plain(text).length() + 2L;
      case Double number when !Double.isFinite(number) -> throw invalid("numbers are finite");
      case JsonObject object -> {
        long sum = 2;
        for (var name : object.fieldNames()) {
          if (name.length() > MAX_NAME) {
            throw invalid("a name has at most " + MAX_NAME + " characters");
          }
          sum += plain(name).length() + 4 + size(object.getValue(name));
        }
        yield sum;
      }
      case JsonArray array -> {
        long sum = 2;
        for (int i = 0; i < array.size(); i++) sum += 1 + size(array.getValue(i));
        yield sum;
      }
      case Map<?, ?> map -> throw new IllegalStateException("a bare map " + map.size());
      case List<?> list -> throw new IllegalStateException("a bare list " + list.size());
      case null, default -> 8;
    };
  }

  private static String plain(String text) {
    if (text.indexOf('\0') >= 0) throw invalid("texts and names hold no NUL");
    return text;
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Fault.ROW_INVALID_STRUCTURE, reason);
  }

  private FreeValues() {}
}
