package dev.celadon.domain.documents;

import dev.celadon.domain.documents.indexing.PostGis;
import dev.celadon.domain.query.Spatial;
import dev.celadon.store.Db;

/**
 * What this installation stores rows and answers queries with, beside PostgreSQL itself.
 *
 * @param spatial what geometry can be asked for
 */
record Means(Spatial spatial) {

  /** What the database behind {@code db} offers. Waits. */
  static Means of(Db db) {
    return new Means(PostGis.open(db));
  }
}
