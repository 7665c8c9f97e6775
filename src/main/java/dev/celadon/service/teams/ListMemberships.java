package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Page;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Membership;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.UserParams;

final class ListMemberships {

  static Action in(Teams teams, Memberships memberships) {
    return Endpoint.get("/v1/teams/{teamId}/memberships")
        .named(TeamsService.NAME, "listMemberships")
        .doc("List memberships", "Who belongs to the team. Members may ask.")
        .params(TeamParams.TEAM, UserParams.QUERIES, UserParams.SEARCH, UserParams.TOTAL)
        .scopes(Scope.TEAMS_READ)
        .returns(200, TeamModels.MEMBERSHIPS, call -> list(teams, memberships, call));
  }

  private static Page<Membership> list(Teams teams, Memberships memberships, Call call) {
    var team = teams.get(call.project(), call.get(TeamParams.TEAM), call.actor());
    var wanted = UserParams.wanted(call);
    return memberships.ofTeam(call.project(), team.id(), call.actor(), wanted);
  }
}
