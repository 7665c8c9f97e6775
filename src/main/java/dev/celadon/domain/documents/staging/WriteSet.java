package dev.celadon.domain.documents.staging;

import dev.celadon.store.Db;
import java.util.Set;

/**
 * What a transaction of PostgreSQL has done to rows so far, read from the events that it appended:
 * which rows, in which versions they are now, and what was done to them. Done again to the same
 * rows the same operations give the same set; to rows that somebody else has changed since, made or
 * taken away, they give another one.
 *
 * @param rows how many changes of rows there are
 * @param digest of all of them
 * @param touched the rows that stood before, as {@code database/table/row}
 */
record WriteSet(long rows, String digest, Set<String> touched) {

  /** Of a transaction that has done nothing. */
  static final WriteSet NONE = new WriteSet(0, "", Set.of());

  /**
   * Of the transaction under way. A row's version starts again when it is deleted and made anew, so
   * its sequence stands beside it, unless the row was made by this transaction itself: then it has
   * another sequence each time.
   */
  static WriteSet of(Db tx, String project) {
    return tx.one(
            row -> new WriteSet(row.getLong(0), row.getString(1), Set.of(row.getArrayOfStrings(2))),
            """
            SELECT count(*),
              coalesce(md5(string_agg(concat_ws('/', event, resource, version, sequence), E'\\n'
                ORDER BY resource COLLATE "C", version, event)), ''),
              coalesce(array_agg(DISTINCT resource) FILTER (WHERE sequence IS NOT NULL), '{}')
            FROM (
              SELECT event, array_to_string(ids, '/') AS resource, version,
                CASE WHEN NOT bool_or(version = 1) OVER (PARTITION BY ids ORDER BY id)
                  THEN payload ->> '$sequence' END AS sequence
              FROM celadon.events
              WHERE project = $1 AND xid = pg_current_xact_id() AND time >= transaction_timestamp()
            ) x
            """,
            project)
        .orElse(NONE);
  }
}
