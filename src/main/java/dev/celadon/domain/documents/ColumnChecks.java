package dev.celadon.domain.documents;

import dev.celadon.api.Fault;
import dev.celadon.api.Numbers;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.query.Type;
import dev.celadon.store.Db;
import org.jspecify.annotations.Nullable;

/** Whether what is stored in a column would still be right under new settings. */
public final class ColumnChecks {

  /** Refuses what {@code column} shall be where a stored value contradicts it. */
  public static void requireFit(Db tx, Table table, Column column, Columns.Draft next) {
    var now = next.settings();
    var then = column.settings();
    long most = next.kind().most(now);
    if (now.required() && !then.required() && holdsNull(tx, table, column)) {
      throw Column.invalid("rows hold nothing in '" + column.key() + "'");
    }
    if (most < column.kind().most(then)) {
      // Of what is encrypted only its bytes are known, of which there are as many or more.
      var length = column.encrypted() ? Seals.bytes("v") : "char_length(v)";
      var longer = Sql.of(length + " > ").arg(most, "bigint");
      if (any(tx, table, column, longer)) {
        throw new Refusal(Fault.COLUMN_INVALID_RESIZE, column.key());
      }
    }
    if (next.kind() == Kind.ENUM && !now.elements().containsAll(then.elements())) {
      var kept = now.elements().toArray(String[]::new);
      refuse(tx, table, column, Sql.of("v <> ALL(").arg(kept, "text[]").add(")"));
    }
    if (tighter(now.min(), then.min(), 1))
      refuse(tx, table, column, bound(column, " < ", now.min()));
    if (tighter(now.max(), then.max(), -1))
      refuse(tx, table, column, bound(column, " > ", now.max()));
  }

  private static boolean tighter(@Nullable Number now, @Nullable Number then, int sign) {
    if (now == null) return false;
    return then == null || Integer.signum(Values.compare(now, then)) == sign;
  }

  private static Sql bound(Column column, String operator, @Nullable Number bound) {
    boolean whole = column.kind().stored() == Type.INTEGER;
    var value = whole || bound == null ? Numbers.whole(bound) : (Number) bound.doubleValue();
    return Sql.of("v" + operator).arg(value, column.kind().stored().sql());
  }

  private static void refuse(Db tx, Table table, Column column, Sql contradiction) {
    if (any(tx, table, column, contradiction)) {
      throw Column.invalid("rows hold values that '" + column.key() + "' would no longer allow");
    }
  }

  private static boolean holdsNull(Db tx, Table table, Column column) {
    var sql = "SELECT 1 FROM " + table.sql() + " WHERE " + column.sql() + " IS NULL LIMIT 1";
    return tx.one(row -> 1, sql).isPresent();
  }

  private static boolean any(Db tx, Table table, Column column, Sql condition) {
    var values = column.array() ? "unnest(" + column.sql() + ")" : "(SELECT " + column.sql() + ")";
    var sql = Sql.of("SELECT 1 FROM " + table.sql() + ", LATERAL " + values + " AS x(v) WHERE ");
    sql.add(condition).add(" LIMIT 1");
    return tx.one(row -> 1, sql.text(), sql.args()).isPresent();
  }

  private ColumnChecks() {}
}
