package dev.celadon.domain.documents.operators;

import dev.celadon.api.Fault;
import dev.celadon.api.Rule;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Kind;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.query.Type;
import dev.celadon.store.Db;
import io.vertx.sqlclient.DatabaseException;
import org.jspecify.annotations.Nullable;

/**
 * Which operators fit which columns. What a row does not hold counts as 0, false, an empty text or
 * an empty list; a date that is not there stays away.
 */
public final class Operators {

  /** The SQL state of a number beyond its bounds. */
  private static final String BOUNDS = "CE001";

  /**
   * What {@code raw} does to {@code column}; null where it is a value like any other.
   *
   * @throws Refusal if it is an operator for other columns, or has values that do not fit
   */
  public static @Nullable Operation of(Column column, @Nullable Object raw) {
    if (!(raw instanceof String text)) return null;
    var operator = Operator.parse(text);
    if (operator == null) return null;
    if (fits(column, operator.method())) return of(column, operator);
    // What is no operator for a text is a text.
    if (column.kind().stored() == Type.TEXT && !column.array()) return null;
    throw refused(column, operator, "does not fit this column");
  }

  /**
   * What {@code operator} does to {@code column}, which it must fit.
   *
   * @throws Refusal if its values do not fit
   */
  public static Operation of(Column column, Operator operator) {
    try {
      return new ColumnOperation(column, operator, expression(column, operator));
    } catch (Rule.Refused refused) {
      throw refused(column, operator, refused.reason());
    }
  }

  private static ColumnOperation.Expression expression(Column column, Operator operator)
      throws Rule.Refused {
    if (column.encrypted()) throw new Rule.Refused("cannot be done to what is encrypted");
    if (column.array()) return ListOperators.of(column, operator);
    return switch (column.kind().stored()) {
      case INTEGER, FLOAT -> NumberOperators.of(column, operator);
      case TEXT -> TextOperators.of(column, operator);
      case TIME -> TimeOperators.of(column, operator);
      case BOOLEAN -> {
        new Operands(operator.values()).between(0, 0);
        yield (current, time) -> Sql.of("NOT coalesce(").add(current).add(", FALSE)");
      }
      case POINT, LINE, POLYGON, SEALED, JSON -> throw new Rule.Refused("is for other columns");
    };
  }

  /** Whether such a column can be operated on so. */
  public static boolean fits(Column column, Operator.Method method) {
    return switch (method) {
      case INCREMENT, DECREMENT, MULTIPLY, DIVIDE, MODULO, POWER ->
          !column.array() && column.kind().ranged();
      case TOGGLE -> !column.array() && column.kind() == Kind.BOOLEAN;
      case DATE_ADD_DAYS, DATE_SUB_DAYS, DATE_SET_NOW ->
          !column.array() && (column.kind() == Kind.DATETIME || plainText(column));
      case STRING_CONCAT -> column.array() || plainText(column);
      case STRING_REPLACE -> !column.array() && plainText(column);
      case ARRAY_APPEND,
          ARRAY_PREPEND,
          ARRAY_INSERT,
          ARRAY_REMOVE,
          ARRAY_UNIQUE,
          ARRAY_INTERSECT,
          ARRAY_DIFF,
          ARRAY_FILTER ->
          column.array();
    };
  }

  /** Text of any form: what is done to an email or a URL could end as none. */
  private static boolean plainText(Column column) {
    return column.kind().stored() == Type.TEXT && column.kind().format() == null;
  }

  /** What a function of ours refused while it operated. */
  public static Refusal refusal(Db.Raised raised) {
    return BOUNDS.equals(raised.state())
        ? new Refusal(Fault.COLUMN_BOUNDS_EXCEEDED, raised.getMessage())
        : new Refusal(Fault.ROW_INVALID_STRUCTURE, raised.getMessage());
  }

  /** What PostgreSQL itself found no result for, or null where that is not what went wrong. */
  public static @Nullable Refusal refusal(DatabaseException e) {
    return switch (String.valueOf(e.getSqlState())) {
      case "22003", "22008" -> new Refusal(Fault.COLUMN_BOUNDS_EXCEEDED, "its column");
      // A division by zero, a logarithm and a power that are no number.
      case "22012", "2201E", "2201F" ->
          new Refusal(Fault.ROW_INVALID_STRUCTURE, "an operator has no result for what is stored");
      default -> null;
    };
  }

  private static Refusal refused(Column column, Operator operator, String reason) {
    return new Refusal(
        Fault.ROW_INVALID_STRUCTURE,
        "the operator '" + operator.method() + "' of '" + column.key() + "' " + reason);
  }

  private Operators() {}
}
