package dev.celadon.domain.documents.operators;

import dev.celadon.api.Rule;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.query.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is done to lists. What stays of a list keeps its order. */
final class ListOperators {

  /** The most bytes of a list: a row of the most characters, each of four bytes. */
  private static final int MOST_BYTES = 4 * Values.MAX_ROW;

  /** The conditions of arrayFilter that compare an element. */
  private static final Map<String, String> COMPARISONS =
      Map.of(
          "equal", " = ",
          "notEqual", " <> ",
          "greaterThan", " > ",
          "greaterThanEqual", " >= ",
          "lessThan", " < ",
          "lessThanEqual", " <= ");

  static ColumnOperation.Expression of(Column column, Operator operator) throws Rule.Refused {
    var values = new Operands(operator.values());
    return switch (operator.method()) {
      case ARRAY_APPEND -> append(column, list(column, operator.values()));
      case STRING_CONCAT -> append(column, list(column, values.between(1, 1).values()));
      case ARRAY_PREPEND -> {
        var more = list(column, operator.values());
        yield (current, time) -> few(column, Sql.of("").add(more).add(" || ").add(some(current)));
      }
      case ARRAY_INSERT -> insert(column, values.between(2, 2));
      case ARRAY_REMOVE -> {
        var gone = one(column, values.between(1, 1).some(0));
        yield (current, time) ->
            Sql.of("array_remove(").add(some(current)).add(", ").add(gone).add(")");
      }
      case ARRAY_UNIQUE -> {
        values.between(0, 0);
        yield (current, time) ->
            Sql.of("ARRAY(SELECT u.v FROM unnest(")
                .add(some(current))
                .add(") WITH ORDINALITY u(v, n) GROUP BY u.v ORDER BY min(u.n))");
      }
      case ARRAY_INTERSECT -> kept(among(" = ANY(", list(column, operator.values())));
      case ARRAY_DIFF -> kept(among(" <> ALL(", list(column, operator.values())));
      case ARRAY_FILTER -> kept(condition(column, values.between(1, 2)));
      default -> throw new Rule.Refused("is for other columns");
    };
  }

  private static ColumnOperation.Expression append(Column column, Sql more) {
    return (current, time) -> few(column, some(current).add(" || ").add(more));
  }

  private static ColumnOperation.Expression insert(Column column, Operands values)
      throws Rule.Refused {
    long place = values.whole(0);
    if (place < 0 || place > Values.MAX_ELEMENTS) {
      throw new Rule.Refused("takes a place from 0 to " + Values.MAX_ELEMENTS);
    }
    var item = one(column, values.some(1));
    return (current, time) ->
        few(
            column,
            Sql.of("celadon.inserted(")
                .add(some(current))
                .add(", ")
                .arg((int) place, "int")
                .add(", ")
                .add(item)
                .add(", ")
                .arg(column.key(), "text")
                .add(")"));
  }

  private static ColumnOperation.Expression kept(Sql condition) {
    return (current, time) ->
        Sql.of("ARRAY(SELECT u.v FROM unnest(")
            .add(some(current))
            .add(") WITH ORDINALITY u(v, n) WHERE ")
            .add(condition)
            .add(" ORDER BY u.n)");
  }

  private static Sql among(String operator, Sql list) {
    return Sql.of("u.v" + operator).add(list).add(")");
  }

  private static Sql condition(Column column, Operands values) throws Rule.Refused {
    var type = column.kind().stored();
    var condition = values.text(0);
    switch (condition) {
      // No list holds null.
      case "isNull" -> {
        return Sql.of("FALSE");
      }
      case "isNotNull" -> {
        return Sql.of("TRUE");
      }
      case "contains" -> {
        if (type != Type.TEXT) throw new Rule.Refused("contains is for texts");
        return Sql.of("position(").arg(values.text(1), "text").add(" IN u.v) > 0");
      }
      default -> {}
    }
    var comparison = COMPARISONS.get(condition);
    if (comparison == null) throw new Rule.Refused("knows no such condition");
    if (condition.contains("Than") && !type.ordered()) throw new Rule.Refused("needs an order");
    var value = type.accept(values.some(1));
    if (value == null) throw new Rule.Refused("compares with a value of another type");
    return Sql.of("u.v" + comparison).arg(value, type.sql());
  }

  /** The elements of a list, each as the column wants it. */
  private static Sql list(Column column, List<?> raw) throws Rule.Refused {
    if (raw.size() > Values.MAX_ELEMENTS) {
      throw new Rule.Refused("takes at most " + Values.MAX_ELEMENTS + " values");
    }
    var values = new ArrayList<Object>(raw.size());
    for (var item : raw) {
      if (item == null) throw new Rule.Refused("takes no null");
      values.add(Values.element(column, item));
    }
    var type = column.kind().stored();
    return new Sql().arg(type.array(values), type.sql() + "[]");
  }

  private static Sql one(Column column, Object raw) throws Rule.Refused {
    return new Sql().arg(Values.element(column, raw), column.kind().stored().sql());
  }

  private static Sql few(Column column, Sql list) {
    return Sql.of("celadon.few(")
        .add(list)
        .add(", " + Values.MAX_ELEMENTS + ", " + MOST_BYTES + ", ")
        .arg(column.key(), "text")
        .add(")");
  }

  private static Sql some(Sql current) {
    return Sql.of("coalesce(").add(current).add(", '{}')");
  }

  private ListOperators() {}
}
