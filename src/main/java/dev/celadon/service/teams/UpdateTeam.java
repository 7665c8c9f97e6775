package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;

final class UpdateTeam {

  static Action in(Teams teams) {
    return Endpoint.put("/v1/teams/{teamId}")
        .named(TeamsService.NAME, "updateName")
        .doc("Rename team", "Changes the team's name. Owners may.")
        .params(TeamParams.TEAM, TeamParams.NAME)
        .scopes(Scope.TEAMS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].update")
        .returns(
            200,
            TeamModels.TEAM,
            call ->
                teams.rename(call.change(), call.get(TeamParams.TEAM), call.get(TeamParams.NAME)));
  }
}
