package dev.celadon.domain.documents.sql;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.documents.free.Patch;
import dev.celadon.domain.documents.operators.Operation;
import dev.celadon.domain.query.Sql;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements that store new rows of one table, or change those that exist. */
public final class UpsertSql {

  private final RowSql rowSql;
  private final Table table;

  UpsertSql(RowSql rowSql, Table table) {
    this.rowSql = rowSql;
    this.table = table;
  }

  /**
   * New rows; of those that exist, {@code given} is changed instead. What {@code given} operates on
   * is the same in all rows.
   */
  public Sql of(List<NewRow> rows, Map<Column, @Nullable Object> given, Conflict conflict) {
    var time = rows.getFirst().time();
    var sql = operates(given) ? operated(rows) : rowSql.insert(rows);
    sql.add(" ON CONFLICT (_id) DO UPDATE SET _updated = EXCLUDED._updated");
    sql.add(", _version = t._version + 1");
    for (var column : given.keySet()) {
      sql.add(", " + column.sql() + " = ");
      var current = Sql.of("t." + column.sql());
      if (given.get(column) instanceof Operation operation && operation.computes()) {
        sql.add(operation.on(current, time));
      } else if (given.get(column) instanceof Patch) {
        sql.add(Patch.joined(current, Sql.of("EXCLUDED." + column.sql())));
      } else {
        sql.add("EXCLUDED." + column.sql());
      }
    }
    if (conflict.permissions) {
      sql.add(", _read = EXCLUDED._read, _update = EXCLUDED._update, _delete = EXCLUDED._delete");
    }
    return sql.add(" WHERE ").add(conflict.allowed);
  }

  /**
   * What an upsert does to a row that exists.
   *
   * @param permissions whether it replaces what the row grants
   * @param allowed whether it may change the row
   */
  public record Conflict(boolean permissions, Sql allowed) {}

  /** Whether anything is computed from what a row holds already. */
  public static boolean operates(Map<Column, @Nullable Object> values) {
    for (var value : values.values()) {
      if (value instanceof Operation operation && operation.computes()) return true;
    }
    return false;
  }

  /**
   * As {@link RowSql#insert}, but operators work on the defaults of new rows. They are left out for
   * a row that exists, which they might refuse for what it does not hold; should it be deleted in
   * the same moment, version 0 tells that the row is not whole.
   */
  private Sql operated(List<NewRow> rows) {
    var sql = Sql.of("INSERT INTO " + table.sql());
    sql.add(" AS t (_id, _created, _updated, _read, _update, _delete, _version");
    for (var column : table.columns()) sql.add(", " + column.sql());
    sql.add(") VALUES ");
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      RowSql.own(sql.add(i == 0 ? "(" : ", ("), row);
      var exists = rowSql.exists(row.id(), Sql.of("TRUE"));
      sql.add(", CASE WHEN EXISTS (").add(exists).add(") THEN 0 ELSE 1 END");
      for (var column : table.columns()) {
        if (row.values().get(column) instanceof Operation operation) {
          var fallback = new Sql().arg(Values.fallback(column), RowSql.type(column));
          sql.add(", CASE WHEN EXISTS (").add(exists).add(") THEN NULL ELSE ");
          sql.add(operation.on(fallback, row.time())).add(" END");
        } else {
          sql.add(", ").arg(rowSql.stored(column, row.values().get(column)), RowSql.type(column));
        }
      }
      sql.add(")");
    }
    return sql;
  }
}
