package dev.celadon.domain.users;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Objects;

/**
 * One thing that somebody did, read from the event log.
 *
 * @param event the name under which it was published, ids filled in
 * @param userType {@code user}, {@code admin}, {@code key} or {@code guest}
 * @param mode {@code admin} for who administers the project, otherwise {@code default}
 * @param agent the {@code User-Agent} header
 */
public record LogEntry(
    String event,
    String userId,
    String userEmail,
    String userName,
    String userType,
    String mode,
    String ip,
    Instant time,
    String agent) {

  static LogEntry of(Row row) {
    var actor = row.getString("actor").split(":", 2);
    var kind = actor[0];
    return new LogEntry(
        name(row.getString("event"), row.getArrayOfStrings("ids")),
        actor.length > 1 ? actor[1] : "",
        "",
        "",
        kind,
        kind.equals("admin") ? "admin" : "default",
        row.getString("ip"),
        row.getOffsetDateTime("time").toInstant(),
        row.getString("agent"));
  }

  /** The same with what is known of who did it. */
  LogEntry by(User user) {
    var email = Objects.requireNonNullElse(user.email(), "");
    return new LogEntry(event, userId, email, user.name(), userType, mode, ip, time, agent);
  }

  private static String name(String template, String[] ids) {
    var name = template;
    for (var id : ids) {
      int from = name.indexOf('[');
      int to = name.indexOf(']');
      if (from < 0 || to < from) break;
      name = name.substring(0, from) + id + name.substring(to + 1);
    }
    return name;
  }
}
