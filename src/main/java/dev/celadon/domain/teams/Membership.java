package dev.celadon.domain.teams;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user's place in a team.
 *
 * @param joined when the user accepted, or null while the invitation is open
 * @param person what the team sees of the user
 */
public record Membership(
    String id,
    Instant created,
    Instant updated,
    String team,
    String teamName,
    List<String> roles,
    Instant invited,
    @Nullable Instant joined,
    boolean confirmed,
    Person person) {

  /** The role whose holders manage a team. */
  public static final String OWNER = "owner";

  /** What a team sees of a member; texts are empty where there is nothing. */
  public record Person(
      String id, String name, String email, String phone, boolean mfa, @Nullable Instant accessed) {

    static Person of(Row row) {
      return new Person(
          row.getString("user_id"),
          row.getString("user_name"),
          Objects.requireNonNullElse(row.getString("user_email"), ""),
          Objects.requireNonNullElse(row.getString("user_phone"), ""),
          row.getBoolean("user_mfa"),
          time(row, "user_accessed"));
    }
  }

  /** What {@link #of} reads; stands after FROM. */
  static final String JOINED =
      """
      (SELECT m.*, t.name AS team_name, u.name AS user_name, u.email AS user_email,
         u.phone AS user_phone, u.mfa AS user_mfa, u.accessed AS user_accessed
       FROM celadon.memberships m
       JOIN celadon.teams t ON t.project = m.project AND t.id = m.team
       JOIN celadon.users u ON u.project = m.project AND u.id = m.user_id) AS memberships
      """;

  static Membership of(Row row) {
    return new Membership(
        row.getString("id"),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant(),
        row.getString("team"),
        row.getString("team_name"),
        List.of(row.getArrayOfStrings("roles")),
        row.getOffsetDateTime("invited").toInstant(),
        time(row, "joined"),
        row.getBoolean("confirmed"),
        Person.of(row));
  }

  /** The same as other members of the team see it. */
  Membership seen(Privacy.Visible visible) {
    return new Membership(
        id,
        created,
        updated,
        team,
        teamName,
        roles,
        invited,
        joined,
        confirmed,
        visible.of(person));
  }

  /** Whether this member manages the team. */
  public boolean owner() {
    return confirmed && roles.contains(OWNER);
  }

  private static @Nullable Instant time(Row row, String column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
