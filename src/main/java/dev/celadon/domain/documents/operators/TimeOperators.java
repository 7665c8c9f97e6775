package dev.celadon.domain.documents.operators;

import dev.celadon.api.Rule;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.query.Sql;

/** What is done to points in time. A day is 24 hours, as it is in UTC. */
final class TimeOperators {

  /** From the year 1 to the year 9999. */
  private static final long MOST_DAYS = 3_652_059;

  static Operation.Expression of(Column column, Operator operator) throws Rule.Refused {
    var operands = new Operands(operator.values());
    return switch (operator.method()) {
      case DATE_ADD_DAYS -> shifted(column, days(operands.between(1, 1)));
      case DATE_SUB_DAYS -> shifted(column, -days(operands.between(1, 1)));
      case DATE_SET_NOW -> {
        operands.between(0, 0);
        yield (current, time) -> new Sql().arg(time, "timestamptz");
      }
      default -> throw new Rule.Refused("is for other columns");
    };
  }

  /** A number of days that can lead from one date to another. */
  static long days(Operands operands) throws Rule.Refused {
    long days = operands.whole(0);
    if (Math.abs(days) <= MOST_DAYS) return days;
    throw new Rule.Refused("takes at most " + MOST_DAYS + " days");
  }

  private static Operation.Expression shifted(Column column, long days) {
    return (current, time) ->
        Sql.of("celadon.dated(")
            .add(current)
            .add(" + ")
            .arg(days, "bigint")
            .add(" * interval '24 hours', ")
            .arg(column.key(), "text")
            .add(")");
  }

  private TimeOperators() {}
}
