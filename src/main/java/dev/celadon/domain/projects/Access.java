package dev.celadon.domain.projects;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;

/**
 * What must be known of a project before a call to it is let in.
 *
 * @param team the team of the console project that owns it; empty for the console itself
 * @param active whether the project may be used at all
 * @param servicesOff services switched off for its users, in lower case: {@code tablesdb}
 * @param protocolsOff {@code rest}, {@code graphql} or {@code websocket}
 * @param hosts host names of its web platforms; {@code *} stands for one label or more
 * @param audit whether its changes can be read back as activities
 */
public record Access(
    String project,
    String team,
    boolean active,
    Set<String> servicesOff,
    Set<String> protocolsOff,
    List<String> hosts,
    boolean audit,
    AuthSettings auth) {

  /** The platform's own project: it has no settings of its own, so it needs no database. */
  static final Access CONSOLE =
      new Access(
          Project.CONSOLE, "", true, Set.of(), Set.of(), List.of(), true, AuthSettings.DEFAULTS);

  static Access of(Row row) {
    return new Access(
        row.getString("id"),
        row.getString("team"),
        row.getBoolean("active"),
        Set.of(row.getArrayOfStrings("services_off")),
        Set.of(row.getArrayOfStrings("protocols_off")),
        List.of(row.getArrayOfStrings("hosts")),
        row.getBoolean("audit"),
        AuthSettings.of(row.getJsonObject("policies"), Set.of(row.getArrayOfStrings("auth_off"))));
  }
}
