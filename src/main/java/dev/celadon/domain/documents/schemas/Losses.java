package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.ColumnChecks;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.indexing.IndexBuilds;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.store.Db;
import org.jspecify.annotations.Nullable;

/** What is stored that a step would lose, or that stands against it. */
final class Losses {

  private final Db db;

  Losses(Db db) {
    this.db = db;
  }

  boolean rows(Table table) {
    return any(table.sql());
  }

  boolean values(Table table, Column column) {
    return any(table.sql() + " WHERE " + column.sql() + " IS NOT NULL");
  }

  boolean links(Table table, Table there, Relation relation) {
    return any(RelationColumns.links(table, there, relation));
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

  /** Whether its indexes are made while rows are written. */
  boolean large(Table table) {
    return IndexBuilds.slow(db, table);
  }

  private boolean any(String from) {
    return db.one(row -> 1, "SELECT 1 FROM " + from + " LIMIT 1").isPresent();
  }
}
