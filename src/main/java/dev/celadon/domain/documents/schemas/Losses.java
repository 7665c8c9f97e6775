package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.ColumnChecks;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.store.Db;
import org.jspecify.annotations.Nullable;

/** What is stored that a step would lose, or that stands against it. */
final class Losses {

  private final Db db;
  private final boolean holding;

  /**
   * @param holding whether to keep others from writing what was looked at, up to the end of the
   *     transaction: then it is true when the step is done, too
   */
  Losses(Db db, boolean holding) {
    this.db = db;
    this.holding = holding;
  }

  boolean rows(Table table) {
    return any(table.sql(), table.sql());
  }

  boolean values(Table table, Column column) {
    return any(table.sql(), table.sql() + " WHERE " + column.sql() + " IS NOT NULL");
  }

  boolean links(Table table, Table there, Relation relation) {
    return any(
        RelationColumns.keeper(table, there, relation),
        RelationColumns.links(table, there, relation));
  }

  /** What is stored in {@code column} that {@code next} would not allow; null for nothing. */
  @Nullable Refusal contradiction(Table table, Column column, Columns.Draft next) {
    try {
      ColumnChecks.requireFit(db, table, column, next);
      return null;
    } catch (Refusal refusal) {
      return refusal;
    }
  }

  /** Looks once more behind a lock, unless it is known by then that there is something. */
  private boolean any(String table, String from) {
    boolean found = any(from);
    if (found || !holding) return found;
    db.script("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    return any(from);
  }

  private boolean any(String from) {
    return db.one(row -> 1, "SELECT 1 FROM " + from + " LIMIT 1").isPresent();
  }
}
