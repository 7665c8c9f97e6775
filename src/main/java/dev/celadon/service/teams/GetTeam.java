package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;

final class GetTeam {

  static Action in(Teams teams) {
    return Endpoint.get("/v1/teams/{teamId}")
        .named(TeamsService.NAME, "get")
        .doc("Get team", "One team; users see those that they belong to.")
        .params(TeamParams.TEAM)
        .scopes(Scope.TEAMS_READ)
        .returns(
            200,
            TeamModels.TEAM,
            call -> teams.get(call.project(), call.get(TeamParams.TEAM), call.actor()));
  }
}
