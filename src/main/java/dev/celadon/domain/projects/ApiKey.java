package dev.celadon.domain.projects;

import dev.celadon.api.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as the gateway needs it: for whom its holder speaks, and how long.
 *
 * @param project where it counts; {@code console} for keys of organizations and accounts
 * @param team the team that owns the project or, for an organization's key, is the organization
 * @param expires null for never
 */
public record ApiKey(
    String id,
    Kind kind,
    String project,
    String team,
    Set<Scope> scopes,
    @Nullable Instant expires) {

  /** For whom a key speaks. */
  public enum Kind {
    PROJECT("standard_"),
    ACCOUNT("account_"),
    ORGANIZATION("organization_"),
    /** Of a project, stored nowhere: its secret is a signed token. */
    EPHEMERAL("ephemeral_");

    private static final Set<Scope> FOR_ORGANIZATIONS =
        Set.of(
            Scope.PROJECTS_READ,
            Scope.PROJECTS_WRITE,
            Scope.DEV_KEYS_READ,
            Scope.DEV_KEYS_WRITE,
            Scope.ORGANIZATION_KEYS_READ,
            Scope.ORGANIZATION_KEYS_WRITE,
            Scope.ORGANIZATION_INSTALLATIONS_READ,
            Scope.ORGANIZATION_INSTALLATIONS_WRITE,
            Scope.ORGANIZATION_MEMBERSHIPS_READ,
            Scope.ORGANIZATION_MEMBERSHIPS_WRITE,
            Scope.ORGANIZATION_READ,
            Scope.ORGANIZATION_WRITE,
            Scope.DOMAINS_READ,
            Scope.DOMAINS_WRITE,
            Scope.KEYS_READ,
            Scope.KEYS_WRITE);

    /** What comes with being somebody, or is held by users of the console alone. */
    private static final Set<Scope> FOR_NO_PROJECT =
        Set.of(
            Scope.ACCOUNT,
            Scope.CONSOLE,
            Scope.GLOBAL,
            Scope.GRAPHQL,
            Scope.HOME,
            Scope.PUBLIC,
            Scope.INSTALLATION_WRITE,
            Scope.PROJECTS_READ,
            Scope.PROJECTS_WRITE,
            Scope.DEV_KEYS_READ,
            Scope.DEV_KEYS_WRITE,
            Scope.ORGANIZATION_KEYS_READ,
            Scope.ORGANIZATION_KEYS_WRITE,
            Scope.ORGANIZATION_INSTALLATIONS_READ,
            Scope.ORGANIZATION_INSTALLATIONS_WRITE,
            Scope.ORGANIZATION_MEMBERSHIPS_READ,
            Scope.ORGANIZATION_MEMBERSHIPS_WRITE,
            Scope.ORGANIZATION_READ,
            Scope.ORGANIZATION_WRITE);

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    /** Whether a key of this kind may be given {@code scope}. */
    public boolean mayHold(Scope scope) {
      return switch (this) {
        case PROJECT, EPHEMERAL -> !FOR_NO_PROJECT.contains(scope);
        case ORGANIZATION -> FOR_ORGANIZATIONS.contains(scope);
        case ACCOUNT -> scope == Scope.ACCOUNT;
      };
    }

    /** What its secrets begin with. */
    public String prefix() {
      return prefix;
    }
  }
}
