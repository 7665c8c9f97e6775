package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Membership;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;

final class GetMembership {

  static Action in(Teams teams, Memberships memberships) {
    return Endpoint.get("/v1/teams/{teamId}/memberships/{membershipId}")
        .named(TeamsService.NAME, "getMembership")
        .doc("Get membership", "One member of the team. Members may ask.")
        .params(TeamParams.TEAM, TeamParams.MEMBERSHIP)
        .scopes(Scope.TEAMS_READ)
        .returns(200, TeamModels.MEMBERSHIP, call -> get(teams, memberships, call));
  }

  private static Membership get(Teams teams, Memberships memberships, Call call) {
    var team = teams.get(call.project(), call.get(TeamParams.TEAM), call.actor());
    var id = call.get(TeamParams.MEMBERSHIP);
    return memberships.get(call.project(), team.id(), id, call.actor());
  }
}
