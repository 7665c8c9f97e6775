package dev.celadon.domain.documents.operators;

import dev.celadon.api.Rule;
import dev.celadon.api.Time;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.query.Sql;

/** What is done to texts, which may also be dates. None grows beyond its column, or a row. */
final class TextOperators {

  static ColumnOperation.Expression of(Column column, Operator operator) throws Rule.Refused {
    var operands = new Operands(operator.values());
    return switch (operator.method()) {
      case STRING_CONCAT -> concat(column, operands.between(1, 1).text(0));
      case STRING_REPLACE -> {
        var search = operands.between(2, 2).text(0);
        if (search.isEmpty()) throw new Rule.Refused("searches for nothing");
        yield replace(column, search, operands.text(1));
      }
      case DATE_ADD_DAYS -> days(column, operands.between(1, 1).days(0));
      case DATE_SUB_DAYS -> days(column, -operands.between(1, 1).days(0));
      case DATE_SET_NOW -> {
        operands.between(0, 0);
        yield (current, time) ->
            sized(column, new Sql().arg(Time.format(time.toInstant()), "text"));
      }
      default -> throw new Rule.Refused("is for other columns");
    };
  }

  private static ColumnOperation.Expression concat(Column column, String more) {
    return (current, time) -> sized(column, orEmpty(current).add(" || ").arg(more, "text"));
  }

  private static ColumnOperation.Expression replace(
      Column column, String search, String replacement) {
    return (current, time) ->
        Sql.of("celadon.replaced(")
            .add(orEmpty(current))
            .add(", ")
            .arg(search, "text")
            .add(", ")
            .arg(replacement, "text")
            .add(limits(column));
  }

  private static ColumnOperation.Expression days(Column column, long days) {
    return (current, time) ->
        Sql.of("celadon.dated(").add(current).add(", ").arg(days, "bigint").add(limits(column));
  }

  private static Sql sized(Column column, Sql value) {
    return Sql.of("celadon.sized(").add(value).add(limits(column));
  }

  /** The last arguments of a function: the most characters, and the name of the column. */
  private static Sql limits(Column column) {
    return Sql.of(", ")
        .arg(Values.mostCharacters(column), "bigint")
        .add(", ")
        .arg(column.key(), "text")
        .add(")");
  }

  private static Sql orEmpty(Sql current) {
    return Sql.of("coalesce(").add(current).add(", '')");
  }

  private TextOperators() {}
}
