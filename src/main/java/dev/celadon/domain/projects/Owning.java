package dev.celadon.domain.projects;

import dev.celadon.api.Actor;
import dev.celadon.api.Call;
import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Origin;
import java.util.Collection;
import java.util.List;

/**
 * Who acts for a team that owns projects: a user of the console by a role in the team, or a key of
 * the organization itself. Other keys never get here, they cannot hold the scopes for it.
 */
public final class Owning {

  private static final String TEAM = "team:";

  /** The roles that may make and change projects of a team. */
  private static final List<String> BUILDERS = List.of("owner", "developer");

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
    require(change, team, List.of("owner"));
  }

  private static List<String> teams(Actor actor, Origin origin) {
    var own = origin.team();
    if (actor instanceof Actor.Key) return own.isEmpty() ? List.of() : List.of(own);
    return actor.roles().stream()
        .filter(role -> role.startsWith(TEAM) && role.indexOf('/') < 0)
        .map(role -> role.substring(TEAM.length()))
        .toList();
  }

  /** The teams that a caller sees projects of. */
  public static List<String> teams(Call call) {
    return teams(call.actor(), call.origin());
  }

  /**
   * The organization that a call is about.
   *
   * @throws Failure {@link Fault#ORGANIZATION_ID_MISSING}, or {@link Fault#TEAM_NOT_FOUND} for a
   *     caller who does not belong to it
   */
  public static String team(Call call) {
    var actor = call.actor();
    var origin = call.origin();
    if (origin.team().isEmpty()) throw Failure.with(Fault.ORGANIZATION_ID_MISSING);
    if (!(actor instanceof Actor.Machine) && !teams(actor, origin).contains(origin.team())) {
      throw Failure.with(Fault.TEAM_NOT_FOUND, origin.team());
    }
    return origin.team();
  }

  private static void require(Change change, String team, Collection<String> roles) {
    var actor = change.actor();
    if (actor instanceof Actor.Machine) return;
    if (!teams(actor, change.origin()).contains(team)) {
      throw Failure.with(Fault.TEAM_NOT_FOUND, team);
    }
    if (actor instanceof Actor.Key) return;
    if (roles.stream().noneMatch(role -> actor.roles().contains(TEAM + team + "/" + role))) {
      throw Failure.with(Fault.USER_UNAUTHORIZED);
    }
  }

  private Owning() {}
}
