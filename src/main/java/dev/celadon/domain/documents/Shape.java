package dev.celadon.domain.documents;

import dev.celadon.domain.documents.indexing.PostGis;
import dev.celadon.domain.documents.json.RowJson;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.documents.sql.RowSql;
import dev.celadon.domain.projects.Vault;
import dev.celadon.domain.query.Spatial;
import dev.celadon.store.Db;

/** A table and what is made of it once: its statements and its JSON. */
public record Shape(Table table, RowSql sql, RowJson json) {

  /**
   * What this installation stores rows and answers queries with, beside PostgreSQL itself.
   *
   * @param seals encrypts what is to be stored encrypted
   * @param spatial what geometry can be asked for
   */
  record Means(Seals seals, Spatial spatial) {

    /** What the database behind {@code db} offers. Waits. */
    static Means of(Db db, Vault vault) {
      return new Means(new Seals(vault), PostGis.open(db));
    }
  }

  Shape(Table table, Means means) {
    this(
        table,
        new RowSql(table, means.spatial(), means.seals()),
        new RowJson(table, means.seals()));
  }

  /** A row as it stands in the log, as those who may read it see it. */
  String opened(String payload) {
    return json.opened(payload);
  }
}
