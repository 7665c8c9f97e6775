package dev.celadon.domain.activities;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Objects;

/**
 * One change, as the audit shows it.
 *
 * @param event the name under which it was published, with ids
 * @param resource what was changed, as a path of kinds and ids: {@code team/5f1}
 * @param actor {@code user}, {@code admin}, {@code key}, {@code guest} or {@code machine}
 * @param email of the user who did it, as it is now; or empty
 * @param agent the {@code User-Agent} header
 */
public record Activity(
    long id,
    String project,
    String event,
    String resource,
    String actor,
    String actorId,
    String name,
    String email,
    String ip,
    String agent,
    Instant time) {

  static Activity of(Row row) {
    var actor = row.getString("actor");
    int colon = actor.indexOf(':');
    return new Activity(
        row.getLong("id"),
        row.getString("project"),
        name(row.getString("event"), row.getArrayOfStrings("ids")),
        row.getString("audit"),
        colon < 0 ? actor : actor.substring(0, colon),
        colon < 0 ? "" : actor.substring(colon + 1),
        Objects.requireNonNullElse(row.getString("user_name"), ""),
        Objects.requireNonNullElse(row.getString("user_email"), ""),
        row.getString("ip"),
        row.getString("agent"),
        row.getOffsetDateTime("time").toInstant());
  }

  /** The template with its ids; a template that wants more ids than there are keeps its places. */
  private static String name(String template, String[] ids) {
    var name = new StringBuilder();
    int next = 0;
    for (var part : template.split("\\.")) {
      boolean filled = part.startsWith("[") && next < ids.length;
      name.append(name.isEmpty() ? "" : ".").append(filled ? ids[next++] : part);
    }
    return name.toString();
  }

  /** The kind of what was changed: {@code team} of {@code team/5f1}. */
  public String resourceType() {
    int slash = resource.lastIndexOf('/');
    if (slash < 0) return resource;
    return resource.substring(resource.lastIndexOf('/', slash - 1) + 1, slash);
  }

  public String resourceId() {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** What contains it: {@code database/main} of {@code database/main/table/posts}; or empty. */
  public String resourceParent() {
    int slash = resource.lastIndexOf('/');
    int before = slash < 0 ? -1 : resource.lastIndexOf('/', slash - 1);
    return before < 0 ? "" : resource.substring(0, before);
  }

  public String mode() {
    return actor.equals("admin") ? "admin" : "default";
  }
}
