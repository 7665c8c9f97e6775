package dev.celadon.security;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Grants;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Access;
import dev.celadon.domain.users.Identity;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What users of the console may do: in it, and in the projects that their teams own. */
final class Administrators {

  private static final Set<Scope> CONSOLE = console();

  /** Every scope that concerns organizations and the list of projects. */
  private static Set<Scope> console() {
    var scopes = EnumSet.copyOf(Grants.USER);
    Stream.of(Scope.values())
        .filter(s -> s.wire().startsWith("organization.") || s.wire().startsWith("projects."))
        .forEach(scopes::add);
    return scopes;
  }

  /**
   * The scopes of a user within the console itself.
   *
   * @param owner whether the user owns the installation
   */
  static Set<Scope> scopes(boolean owner) {
    if (!owner) return CONSOLE;
    var scopes = EnumSet.copyOf(CONSOLE);
    scopes.add(Scope.INSTALLATION_WRITE);
    return scopes;
  }

  /**
   * The user as an administrator of a project.
   *
   * @throws Failure {@link Fault#PROJECT_NOT_FOUND} if the user's teams do not own it: the same as
   *     for a project that does not exist
   */
  static Actor of(Identity identity, Access access) {
    var granted = new HashSet<String>();
    for (var membership : identity.memberships()) {
      if (membership.team().equals(access.team()))
        granted.addAll(inProject(membership.roles(), access));
    }
    if (granted.isEmpty()) throw Failure.with(Fault.PROJECT_NOT_FOUND, access.project());
    return new Actor.Admin(
        identity.user(), identity.session(), UserRoles.of(identity), scopes(granted));
  }

  /** Roles in the team, and those given for this project alone: {@code project-<id>-<role>}. */
  private static List<String> inProject(List<String> roles, Access access) {
    var own = "project-" + access.project() + "-";
    return roles.stream()
        .filter(role -> !role.startsWith("project-") || role.startsWith(own))
        .map(role -> role.startsWith(own) ? role.substring(own.length()) : role)
        // What is left is the name of a role and has no hyphen; or else the role is one for another
        // project, whose id begins like this one's.
        .filter(role -> roles.contains(role) || role.indexOf('-') < 0)
        .toList();
  }

  private static Set<Scope> scopes(Set<String> roles) {
    var scopes = EnumSet.copyOf(Grants.ADMIN);
    if (roles.contains("owner")) {
      scopes.addAll(Grants.OWNER);
    } else if (!roles.contains("developer")) {
      scopes.removeIf(scope -> scope.wire().endsWith(".write"));
    }
    return scopes;
  }

  private Administrators() {}
}
