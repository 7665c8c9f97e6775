package dev.celadon.domain.documents;

import dev.celadon.domain.documents.json.RowJson;
import dev.celadon.domain.documents.sql.RowSql;

/** A table and what is made of it once: its statements and its JSON. */
public record Shape(Table table, RowSql sql, RowJson json) {

  Shape(Table table, Means means) {
    this(table, new RowSql(table, means.spatial()), new RowJson(table));
  }
}
