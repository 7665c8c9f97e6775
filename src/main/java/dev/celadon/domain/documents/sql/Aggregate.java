package dev.celadon.domain.documents.sql;

import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Type;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One number, or one value, made of many rows.
 *
 * @param attribute what it is made of; empty for the count of all rows
 * @param as what it is called in the answer
 */
public record Aggregate(Method method, String attribute, String as) {

  /** The most of them in one call. */
  public static final int MOST = 20;

  /** How a value is made. Rows without a value for the attribute do not take part. */
  public enum Method {
    /** How many rows, or how many of them have a value. */
    COUNT,
    /** How many different values. */
    DISTINCT,
    /** The sum of numbers, exact for whole ones. */
    SUM,
    /** The mean of numbers. */
    AVG,
    /** The least value. */
    MIN,
    /** The greatest value. */
    MAX;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Rule<String> METHOD =
      Rules.oneOf(Arrays.stream(Method.values()).map(Method::word).toList());
  private static final Rule<String> NAME = Rules.key();

  /** What there can be sums of; of free documents only the numbers take part. */
  private static final Set<Type> NUMBERS = EnumSet.of(Type.INTEGER, Type.FLOAT, Type.JSON);

  private static final Rule<String> ATTRIBUTE = Rules.text(0, AggregateSql.MAX_NAME);

  /** {@code {"method": "sum", "attribute": "price", "as": "total"}}. */
  public static Rule<Aggregate> rule() {
    return Rules.mapped(Rules.object(), Aggregate::of);
  }

  private static Aggregate of(JsonObject json) throws Rule.Refused {
    var method =
        Method.valueOf(METHOD.accept(json.getValue("method", "")).toUpperCase(Locale.ROOT));
    var attribute = ATTRIBUTE.accept(json.getValue("attribute", ""));
    if (attribute.isEmpty() && method != Method.COUNT) {
      throw new Rule.Refused("needs an attribute");
    }
    return new Aggregate(
        method, attribute, NAME.accept(json.getValue("as", named(method, attribute))));
  }

  private static String named(Method method, String attribute) {
    if (attribute.isEmpty()) return method.word();
    return method.word() + "_" + attribute.replace("$", "").replace('.', '_');
  }

  /** The expression in SQL over the rows of a table. */
  String sql(Attributes of) {
    if (attribute.isEmpty()) return "count(*)";
    var column = of(of).column();
    if (of(of).type() == Type.JSON) return ofJson(column);
    return switch (method) {
      case DISTINCT -> "count(DISTINCT " + column + ")";
      case AVG -> "avg(" + column + ")::float8";
      // PostgreSQL knows no least boolean.
      case MIN -> bool(of) ? "bool_and(" + column + ")" : "min(" + column + ")";
      case MAX -> bool(of) ? "bool_or(" + column + ")" : "max(" + column + ")";
      default -> method.word() + "(" + column + ")";
    };
  }

  /**
   * Over values of free documents only those take part that a method is made for. Of different
   * types texts are the least, then come numbers and booleans, as in an order.
   */
  private String ofJson(String value) {
    var number = only("number", value, value + "::numeric");
    var text = only("string", value, "(" + value + " #>> '{}') COLLATE \"C\"");
    var bool = only("boolean", value, value + "::boolean");
    return switch (method) {
      case COUNT -> "count(" + value + ")";
      case DISTINCT -> "count(DISTINCT " + value + ")";
      case SUM -> "sum(" + number + ")";
      case AVG -> "avg(" + number + ")::float8";
      case MIN -> first("min(" + text + ")", "min(" + number + ")", "bool_and(" + bool + ")");
      case MAX -> first("bool_or(" + bool + ")", "max(" + number + ")", "max(" + text + ")");
    };
  }

  private static String only(String type, String value, String then) {
    return "CASE WHEN jsonb_typeof(" + value + ") = '" + type + "' THEN " + then + " END";
  }

  private static String first(String... values) {
    return "coalesce(to_jsonb(" + String.join("), to_jsonb(", values) + "))";
  }

  /** The type of the result, as filters over results compare it. */
  Type type(Attributes of) {
    return switch (method) {
      case COUNT, DISTINCT -> Type.INTEGER;
      case SUM, AVG -> Type.FLOAT;
      case MIN, MAX -> of(of).type();
    };
  }

  private boolean bool(Attributes of) {
    return of(of).type() == Type.BOOLEAN;
  }

  private Attribute of(Attributes attributes) {
    var found = attributes.get(attribute);
    boolean number = NUMBERS.contains(found.type());
    if ((method == Method.SUM || method == Method.AVG) && !number) {
      throw AggregateSql.refused(method.word() + " needs numbers: " + attribute);
    }
    if (found.array() && method != Method.COUNT) {
      throw AggregateSql.refused(method.word() + " cannot be asked of the list " + attribute);
    }
    return found;
  }
}
