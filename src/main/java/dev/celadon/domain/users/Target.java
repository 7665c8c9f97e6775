package dev.celadon.domain.users;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An address that messages can reach a user at.
 *
 * @param provider the messaging provider that is to be used, or null for the project's own choice
 * @param kind {@code email}, {@code sms} or {@code push}
 */
public record Target(
    String id,
    String user,
    Instant created,
    Instant updated,
    String name,
    @Nullable String provider,
    String kind,
    String identifier,
    boolean expired) {

  /** From {@code to_json} of a row, whose times carry an offset. */
  static Target of(JsonObject row) {
    return new Target(
        row.getString("id"),
        row.getString("user_id"),
        OffsetDateTime.parse(row.getString("created")).toInstant(),
        OffsetDateTime.parse(row.getString("updated")).toInstant(),
        row.getString("name"),
        row.getString("provider"),
        row.getString("kind"),
        row.getString("identifier"),
        row.getBoolean("expired"));
  }
}
