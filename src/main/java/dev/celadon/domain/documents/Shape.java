package dev.celadon.domain.documents;

import dev.celadon.api.Actor;
import dev.celadon.domain.documents.guards.Views;
import dev.celadon.domain.documents.indexing.PostGis;
import dev.celadon.domain.documents.json.RowJson;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.documents.sql.RowSql;
import dev.celadon.domain.projects.Vault;
import dev.celadon.domain.query.Spatial;
import dev.celadon.store.Db;
import java.util.Set;

/**
 * A table and what is made of it once: its statements and its JSON.
 *
 * @param table as those see it for whom this is
 * @param views what it is to others, and what all of it is
 */
public record Shape(Table table, RowSql sql, RowJson json, Views views) {

  /**
   * What this installation stores rows and answers queries with, beside PostgreSQL itself.
   *
   * @param seals encrypts what is to be stored encrypted
   * @param postGis knows what geometry can be asked for
   */
  record Means(Seals seals, PostGis postGis) {

    static Means of(Db db, Vault vault) {
      return new Means(new Seals(vault), new PostGis(db));
    }

    /** What geometry can be asked for. */
    Spatial spatial() {
      return postGis.spatial();
    }
  }

  Shape(Table table, Means means) {
    this(
        table,
        new RowSql(table, table, means.spatial(), means.seals()),
        new RowJson(table, means.seals(), Set.of()),
        new Views(table, means.spatial(), means.seals()));
  }

  /** The same without the columns that are hidden from {@code actor}. */
  public Shape seenBy(Actor actor) {
    return views.of(this, actor);
  }

  /** The table with all that is in it, whoever sees it. */
  Table whole() {
    return views.whole();
  }

  /** A row as it stands in the log, as those for whom this is see it. */
  String opened(String payload) {
    return json.opened(payload);
  }
}
