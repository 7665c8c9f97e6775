package dev.celadon.domain.users;

import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who a caller is: asked for every request of a user, therefore one statement each. */
public final class Identities {

  private final Db point;

  public Identities(Postgres postgres) {
    this.point = postgres.point();
  }

  /** Null when the session is gone or over, or is not that user's. */
  public Future<@Nullable Identity> bySession(String project, String user, String session) {
    return found(
        point.oneAsync(
            Identities::read,
            """
            SELECT u.id, s.id, u.active, u.email_verified OR u.phone_verified, u.labels,
              (SELECT json_agg(json_build_object('team', m.team, 'id', m.id, 'roles', m.roles))
                FROM celadon.memberships m
                WHERE m.project = u.project AND m.user_id = u.id AND m.confirmed),
              u.project = 'console' AND EXISTS (
                SELECT FROM celadon.meta WHERE key = 'owner' AND value = u.id)
            FROM celadon.sessions s
            JOIN celadon.users u ON u.project = s.project AND u.id = s.user_id
            WHERE s.project = $1 AND s.id = $3 AND s.user_id = $2 AND s.expires > now()
            """,
            project,
            user,
            session));
  }

  /** Null when there is no such user. */
  public Future<@Nullable Identity> byUser(String project, String user) {
    return found(
        point.oneAsync(
            Identities::read,
            """
            SELECT u.id, '', u.active, u.email_verified OR u.phone_verified, u.labels,
              (SELECT json_agg(json_build_object('team', m.team, 'id', m.id, 'roles', m.roles))
                FROM celadon.memberships m
                WHERE m.project = u.project AND m.user_id = u.id AND m.confirmed),
              u.project = 'console' AND EXISTS (
                SELECT FROM celadon.meta WHERE key = 'owner' AND value = u.id)
            FROM celadon.users u
            WHERE u.project = $1 AND u.id = $2
            """,
            project,
            user));
  }

  private static Future<@Nullable Identity> found(Future<Optional<Identity>> answer) {
    return answer.map(identity -> identity.orElse(null));
  }

  private static Identity read(Row row) {
    return new Identity(
        row.getString(0),
        row.getString(1),
        row.getBoolean(2),
        row.getBoolean(3),
        List.of(row.getArrayOfStrings(4)),
        memberships((JsonArray) row.getValue(5)),
        row.getBoolean(6));
  }

  private static List<Identity.Membership> memberships(@Nullable JsonArray rows) {
    if (rows == null) return List.of();
    var memberships = new ArrayList<Identity.Membership>(rows.size());
    for (var row : rows) {
      var json = (JsonObject) row;
      var roles = json.getJsonArray("roles").stream().map(String.class::cast).toList();
      memberships.add(new Identity.Membership(json.getString("team"), json.getString("id"), roles));
    }
    return List.copyOf(memberships);
  }
}
