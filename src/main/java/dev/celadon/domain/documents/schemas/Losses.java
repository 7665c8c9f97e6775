package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.ColumnChecks;
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
    hold(table.sql());
    return any(table.sql());
  }

  boolean values(Table table, Column column) {
    hold(table.sql());
    return any(table.sql() + " WHERE " + column.sql() + " IS NOT NULL");
  }

  boolean links(Table table, Table there, Relation relation) {
    hold(RelationColumns.keeper(table, there, relation));
    return any(RelationColumns.links(table, there, relation));
  }

  /** What is stored in {@code column} that {@code settings} would not allow; null for nothing. */
  @Nullable Refusal contradiction(Table table, Column column, Column.Settings settings) {
    try {
      ColumnChecks.requireFit(db, table, column, settings);
      return null;
    } catch (Refusal refusal) {
      return refusal;
    }
  }

  private void hold(String table) {
    if (holding) db.script("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
  }

  private boolean any(String from) {
    return db.one(row -> 1, "SELECT 1 FROM " + from + " LIMIT 1").isPresent();
  }
}
