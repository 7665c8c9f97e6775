package dev.celadon.domain.documents.operators;

import dev.celadon.api.Rule;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.query.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic, which never leaves the bounds of the operator, of the column and of 64 bits: it
 * refuses. Whole numbers are computed exactly; what a division or a power leaves is cut off.
 */
final class NumberOperators {

  private static final BigDecimal LOWEST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Double.MAX_VALUE);

  /** What a number must not be below and above; null for no such bound. */
  private record Bounds(@Nullable BigDecimal low, @Nullable BigDecimal high) {}

  static ColumnOperation.Expression of(Column column, Operator operator) throws Rule.Refused {
    var operands = new Operands(operator.values());
    return switch (operator.method()) {
      case INCREMENT -> bounded(column, sum(column, operands, " + "), above(operands));
      case DECREMENT -> bounded(column, sum(column, operands, " - "), below(operands));
      case MULTIPLY -> {
        var factor = operands.between(1, 2).number(0);
        yield bounded(column, binary(" * ", column, factor), above(operands));
      }
      case DIVIDE -> {
        var divisor = divisor(operands.between(1, 2));
        yield bounded(column, quotient(column, divisor), below(operands));
      }
      case MODULO -> {
        var divisor = divisor(operands.between(1, 1));
        yield bounded(column, remainder(column, divisor), new Bounds(null, null));
      }
      case POWER -> {
        var exponent = operands.between(1, 2).number(0);
        yield bounded(column, power(column, exponent), above(operands));
      }
      default -> throw new Rule.Refused("is for other columns");
    };
  }

  private static Bounds above(Operands operands) throws Rule.Refused {
    return new Bounds(null, operands.bound(1));
  }

  private static Bounds below(Operands operands) throws Rule.Refused {
    return new Bounds(operands.bound(1), null);
  }

  private static ColumnOperation.Expression sum(Column column, Operands operands, String sign)
      throws Rule.Refused {
    boolean none = operands.between(0, 2).values().isEmpty();
    if (none) return binary(sign, column, BigDecimal.ONE);
    var by = whole(column) ? BigDecimal.valueOf(operands.whole(0)) : operands.number(0);
    return binary(sign, column, by);
  }

  private static BigDecimal divisor(Operands operands) throws Rule.Refused {
    var divisor = operands.number(0);
    if (divisor.signum() == 0) throw new Rule.Refused("divides by zero");
    return divisor;
  }

  private static ColumnOperation.Expression binary(String sign, Column column, BigDecimal operand)
      throws Rule.Refused {
    var checked = fitting(operand);
    return (current, time) -> operand(column, current).add(sign).add(arg(column, checked));
  }

  private static ColumnOperation.Expression quotient(Column column, BigDecimal divisor)
      throws Rule.Refused {
    if (!whole(column)) return binary(" / ", column, divisor);
    return (current, time) -> call("div", operand(column, current), arg(column, divisor));
  }

  private static ColumnOperation.Expression remainder(Column column, BigDecimal divisor)
      throws Rule.Refused {
    var checked = fitting(divisor);
    if (whole(column)) {
      return (current, time) -> call("mod", operand(column, current), arg(column, checked));
    }
    // Broken numbers by their shortest decimal form, as people read them.
    return (current, time) ->
        call("mod", operand(column, current).add("::text::numeric"), decimal(checked))
            .add("::double precision");
  }

  private static ColumnOperation.Expression power(Column column, BigDecimal exponent)
      throws Rule.Refused {
    var checked = fitting(exponent);
    if (!whole(column)) {
      return (current, time) -> call("power", operand(column, current), arg(column, checked));
    }
    return (current, time) ->
        call(
            "celadon.raised",
            operand(column, current),
            decimal(checked).add(", ").arg(column.key(), "text"));
  }

  /** The result of {@code expression}, if the column may hold it. */
  private static ColumnOperation.Expression bounded(
      Column column, ColumnOperation.Expression expression, Bounds asked) {
    var settings = column.settings();
    boolean whole = whole(column);
    var low = highest(asked.low, exact(settings.min()), whole ? LOWEST : null);
    var high = lowest(asked.high, exact(settings.max()), whole ? HIGHEST : null);
    return (current, time) -> {
      var value = expression.of(current, time);
      var sql = Sql.of("celadon.bounded(");
      if (whole) sql.add("trunc(").add(value).add(")");
      else sql.add(value);
      sql.add(", ").add(limit(whole, low)).add(", ").add(limit(whole, high));
      return sql.add(", ").arg(column.key(), "text").add(")");
    };
  }

  private static Sql limit(boolean whole, @Nullable BigDecimal limit) {
    if (whole && limit != null) return decimal(limit);
    Double value = limit == null ? null : (Double) limit.doubleValue();
    return new Sql().arg(value, "double precision");
  }

  /** The current value as a number to compute with. */
  private static Sql operand(Column column, Sql current) {
    var type = whole(column) ? "numeric" : "double precision";
    return Sql.of("coalesce(").add(current).add(", 0)::" + type);
  }

  private static Sql arg(Column column, BigDecimal value) {
    return whole(column) ? decimal(value) : new Sql().arg(value.doubleValue(), "double precision");
  }

  private static Sql decimal(BigDecimal value) {
    return new Sql().arg(value.toString(), "text").add("::numeric");
  }

  private static Sql call(String function, Sql first, Sql second) {
    return Sql.of(function + "(").add(first).add(", ").add(second).add(")");
  }

  private static BigDecimal fitting(BigDecimal operand) throws Rule.Refused {
    if (operand.abs().compareTo(LARGEST) > 0) throw new Rule.Refused("takes finite numbers");
    return operand;
  }

  private static boolean whole(Column column) {
    return column.kind().stored() == Type.INTEGER;
  }

  private static @Nullable BigDecimal exact(@Nullable Number number) {
    return number == null ? null : Values.exact(number);
  }

  private static @Nullable BigDecimal highest(@Nullable BigDecimal... bounds) {
    BigDecimal highest = null;
    for (var bound : bounds) {
      if (bound != null && (highest == null || bound.compareTo(highest) > 0)) highest = bound;
    }
    return highest;
  }

  private static @Nullable BigDecimal lowest(@Nullable BigDecimal... bounds) {
    BigDecimal lowest = null;
    for (var bound : bounds) {
      if (bound != null && (lowest == null || bound.compareTo(lowest) < 0)) lowest = bound;
    }
    return lowest;
  }

  private NumberOperators() {}
}
