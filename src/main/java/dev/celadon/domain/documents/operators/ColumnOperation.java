package dev.celadon.domain.documents.operators;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.query.Sql;
import java.time.OffsetDateTime;
import java.util.Objects;

/** An operator that fits its column, ready to be written as SQL. Equal if it does the same. */
final class ColumnOperation implements Operation {

  private final Column column;
  private final Operator operator;
  private final Expression expression;

  ColumnOperation(Column column, Operator operator, Expression expression) {
    this.column = column;
    this.operator = operator;
    this.expression = expression;
  }

  /** Makes the new value of the current one. */
  @FunctionalInterface
  interface Expression {
    Sql of(Sql current, OffsetDateTime time);
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public Sql on(Sql current, OffsetDateTime time) {
    return expression.of(current, time);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnOperation o
        && column.equals(o.column)
        && operator.equals(o.operator);
  }

  @Override
  public int hashCode() {
    return Objects.hash(column, operator);
  }
}
