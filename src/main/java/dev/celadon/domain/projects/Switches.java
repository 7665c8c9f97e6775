package dev.celadon.domain.projects;

import java.util.List;

/** The names of what a project can switch, as the wire has them. */
public final class Switches {

  /** Services, in lower case as they are stored and compared. */
  public static final List<String> SERVICES =
      List.of(
          "account",
          "avatars",
          "databases",
          "tablesdb",
          "documentsdb",
          "vectorsdb",
          "locale",
          "health",
          "project",
          "storage",
          "teams",
          "users",
          "vcs",
          "sites",
          "functions",
          "proxy",
          "graphql",
          "migrations",
          "messaging",
          "advisor",
          "oauth2");

  public static final List<String> PROTOCOLS = List.of("rest", "graphql", "websocket");

  public static final List<String> AUTH_METHODS =
      List.of("email-password", "magic-url", "email-otp", "anonymous", "invites", "jwt", "phone");

  private Switches() {}
}
