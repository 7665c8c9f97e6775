package dev.celadon.domain.projects;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of the installation.
 *
 * @param team the team of the console project that owns it
 * @param policies what differs from the defaults of {@link Policy}, by policy
 * @param details texts that describe it: {@code description}, {@code url}, {@code legalName} …
 * @param accessed the day on which an administrator last opened it
 */
public record Project(
    String id,
    String team,
    String name,
    String region,
    boolean active,
    boolean audit,
    List<String> labels,
    Set<String> servicesOff,
    Set<String> protocolsOff,
    Set<String> authOff,
    JsonObject policies,
    JsonObject details,
    List<Platform> platforms,
    @Nullable Instant accessed,
    Instant created,
    Instant updated) {

  /** The platform's own project. It is in no list, and cannot be changed or deleted. */
  public static final String CONSOLE = "console";

  /** What {@link #of} reads, of the table {@code celadon.projects} named {@code p}. */
  static final String COLUMNS =
      """
      p.id, p.team, p.name, p.region, p.active, p.audit, p.labels, p.services_off,
      p.protocols_off, p.auth_off, p.policies, p.details, p.accessed, p.created, p.updated,
      coalesce(
        (SELECT json_agg(f ORDER BY f.created, f.id) FROM celadon.platforms f
         WHERE f.project = p.id), '[]') AS platforms
      """;

  static Project of(Row row) {
    var accessed = row.getOffsetDateTime("accessed");
    return new Project(
        row.getString("id"),
        row.getString("team"),
        row.getString("name"),
        row.getString("region"),
        row.getBoolean("active"),
        row.getBoolean("audit"),
        List.of(row.getArrayOfStrings("labels")),
        Set.of(row.getArrayOfStrings("services_off")),
        Set.of(row.getArrayOfStrings("protocols_off")),
        Set.of(row.getArrayOfStrings("auth_off")),
        row.getJsonObject("policies"),
        row.getJsonObject("details"),
        platforms(row.getJsonArray("platforms")),
        accessed == null ? null : accessed.toInstant(),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }

  private static List<Platform> platforms(JsonArray rows) {
    return rows.stream().map(row -> Platform.of((JsonObject) row)).toList();
  }

  public AuthSettings auth() {
    return AuthSettings.of(policies, authOff);
  }

  /** One of {@link #details}, or empty. */
  public String detail(String name) {
    return details.getString(name, "");
  }
}
