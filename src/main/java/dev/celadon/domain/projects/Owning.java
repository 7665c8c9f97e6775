package dev.celadon.domain.projects;

import dev.celadon.api.Actor;
import dev.celadon.api.Call;
import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Origin;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who acts for a team that owns projects: a user of the console by a role in the team, or a key of
 * the organization itself. Other keys never get here, they cannot hold the scopes for it.
 */
public final class Owning {

  private static final String TEAM = "team:";

  /** Begins a role in a team that counts for one of its projects only: project-id-role. */
  private static final String ONE_PROJECT = "project-";

  /** The roles that may make and change projects of a team. */
  private static final List<String> BUILDERS = List.of("owner", "developer");

  private static final List<String> OWNERS = List.of("owner");

  /**
   * What somebody sees of the projects there are.
   *
   * @param teams all of whose projects
   * @param partly of whose projects only some
   * @param projects which these are
   */
  public record View(Set<String> teams, Set<String> partly, Set<String> projects) {

    /** What is seen of the projects of one team. */
    public View within(String team) {
      return new View(only(teams, team), only(partly, team), projects);
    }

    /** Whether {@code project} is seen. */
    public boolean shows(Project project) {
      return teams.contains(project.team())
          || (partly.contains(project.team()) && projects.contains(project.id()));
    }

    private static Set<String> only(Set<String> all, String one) {
      return all.contains(one) ? Set.of(one) : Set.of();
    }
  }

  /**
   * Refuses a caller who may not make, change or move projects of {@code team}.
   *
   * @throws Failure {@link Fault#TEAM_NOT_FOUND} for one who is no member, {@link
   *     Fault#USER_UNAUTHORIZED} for a member of too little standing
   */
  public static void build(Change change, String team) {
    require(change, team, BUILDERS);
  }

  /** As {@link #build}, for what only an owner of the team may do: give it away, delete it. */
  public static void own(Change change, String team) {
    require(change, team, OWNERS);
  }

  /** As {@link #own(Change, String)}, for reading what only an owner may see. */
  public static void own(Call call, String team) {
    require(call.change(), team, OWNERS);
  }

  /** The projects that a caller sees. */
  public static View view(Call call) {
    var teams = new HashSet<String>();
    var partly = new HashSet<String>();
    var projects = new HashSet<String>();
    for (var team : teams(call.actor(), call.project(), call.origin())) {
      var roles = roles(call.actor(), team);
      // A key, and a member whose only role is to be one, see all; roles for one project narrow.
      if (roles.isEmpty() || roles.stream().anyMatch(role -> !role.startsWith(ONE_PROJECT))) {
        teams.add(team);
        continue;
      }
      partly.add(team);
      for (var role : roles) {
        var end = role.lastIndexOf('-');
        if (end > ONE_PROJECT.length()) projects.add(role.substring(ONE_PROJECT.length(), end));
      }
    }
    return new View(teams, partly, projects);
  }

  /**
   * The organization that a call is about.
   *
   * @throws Failure {@link Fault#ORGANIZATION_ID_MISSING}, or {@link Fault#TEAM_NOT_FOUND} for a
   *     caller who does not belong to it
   */
  public static String team(Call call) {
    var team = call.origin().team();
    if (team.isEmpty()) throw Failure.with(Fault.ORGANIZATION_ID_MISSING);
    if (call.actor() instanceof Actor.Machine) return team;
    if (!teams(call.actor(), call.project(), call.origin()).contains(team)) {
      throw Failure.with(Fault.TEAM_NOT_FOUND, team);
    }
    return team;
  }

  /** A project's own users may be in a team of the same id: their roles count for nothing here. */
  private static List<String> teams(Actor actor, String project, Origin origin) {
    var own = origin.team();
    if (actor instanceof Actor.Key) return own.isEmpty() ? List.of() : List.of(own);
    if (actor instanceof Actor.User && !project.equals(Project.CONSOLE)) return List.of();
    return actor.roles().stream()
        .filter(role -> role.startsWith(TEAM) && role.indexOf('/') < 0)
        .map(role -> role.substring(TEAM.length()))
        .toList();
  }

  private static List<String> roles(Actor actor, String team) {
    var start = TEAM + team + "/";
    return actor.roles().stream()
        .filter(role -> role.startsWith(start))
        .map(role -> role.substring(start.length()))
        .toList();
  }

  private static void require(Change change, String team, Collection<String> roles) {
    var actor = change.actor();
    if (actor instanceof Actor.Machine) return;
    if (!teams(actor, change.project(), change.origin()).contains(team)) {
      throw Failure.with(Fault.TEAM_NOT_FOUND, team);
    }
    if (actor instanceof Actor.Key) return;
    if (roles(actor, team).stream().noneMatch(roles::contains)) {
      throw Failure.with(Fault.USER_UNAUTHORIZED);
    }
  }

  private Owning() {}
}
