package dev.celadon.domain.users;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of a project.
 *
 * @param email in canonical form; null for who has none, such as anonymous users
 * @param password the hash, or null; never rendered
 * @param passwordSet when the password was set, or null without one
 * @param active false for a blocked user
 * @param accessed when the user signed in last, or null
 */
public record User(
    String id,
    Instant created,
    Instant updated,
    String name,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String password,
    @Nullable Instant passwordSet,
    boolean active,
    List<String> labels,
    boolean emailVerified,
    boolean phoneVerified,
    boolean mfa,
    JsonObject prefs,
    @Nullable Instant accessed,
    List<Target> targets) {

  /** What {@link #of} reads, from {@code celadon.users u}. */
  static final String COLUMNS =
      """
       u.id, u.created, u.updated, u.name, u.email, u.phone, u.password, u.password_set, u.active,
       u.labels, u.email_verified, u.phone_verified, u.mfa, u.prefs, u.accessed,
       (SELECT json_agg(to_json(t) ORDER BY t.created, t.id) FROM celadon.targets t
         WHERE t.project = u.project AND t.user_id = u.id) AS targets
      """;

  static User of(Row row) {
    return new User(
        row.getString("id"),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant(),
        row.getString("name"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("password"),
        time(row, "password_set"),
        row.getBoolean("active"),
        List.of(row.getArrayOfStrings("labels")),
        row.getBoolean("email_verified"),
        row.getBoolean("phone_verified"),
        row.getBoolean("mfa"),
        row.getJsonObject("prefs"),
        time(row, "accessed"),
        targets(row.getJsonArray("targets")));
  }

  /** Whether nobody but the holder of a session can be this user. */
  public boolean anonymous() {
    return email == null && phone == null && password == null;
  }

  private static @Nullable Instant time(Row row, String column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  private static List<Target> targets(@Nullable JsonArray rows) {
    if (rows == null) return List.of();
    return rows.stream().map(row -> Target.of((JsonObject) row)).toList();
  }

  /** Without anything that a log must not hold. */
  @Override
  public String toString() {
    return "user:" + id;
  }
}
