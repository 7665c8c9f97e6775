package dev.celadon.domain.documents.operators;

import dev.celadon.api.Rule;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.query.Sql;

/** What is done to points in time. A day is 24 hours, as it is in UTC. */
final class TimeOperators {

  static ColumnOperation.Expression of(Column column, Operator operator) throws Rule.Refused {
    var operands = new Operands(operator.values());
    return switch (operator.method()) {
      case DATE_ADD_DAYS -> shifted(column, operands.between(1, 1).days(0));
      case DATE_SUB_DAYS -> shifted(column, -operands.between(1, 1).days(0));
      case DATE_SET_NOW -> {
        operands.between(0, 0);
        yield (current, time) -> new Sql().arg(time, "timestamptz");
      }
      default -> throw new Rule.Refused("is for other columns");
    };
  }

  private static ColumnOperation.Expression shifted(Column column, long days) {
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
