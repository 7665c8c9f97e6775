package dev.celadon.domain.teams;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * A team.
 *
 * @param total how many confirmed members it has
 */
public record Team(
    String id, Instant created, Instant updated, String name, int total, JsonObject prefs) {

  static Team of(Row row) {
    return new Team(
        row.getString("id"),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant(),
        row.getString("name"),
        row.getInteger("total"),
        row.getJsonObject("prefs"));
  }
}
