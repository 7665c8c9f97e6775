package dev.celadon.domain.documents;

import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * A named set of tables.
 *
 * @param type the vocabulary in which it was made: {@code legacy} or {@code tablesdb}; both see it
 */
public record Database(
    String id, String name, boolean enabled, String type, Instant created, Instant updated) {

  static Database of(Row row) {
    return new Database(
        row.getString("id"),
        row.getString("name"),
        row.getBoolean("enabled"),
        row.getString("type"),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }
}
