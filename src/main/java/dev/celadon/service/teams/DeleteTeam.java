package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;

final class DeleteTeam {

  static Action in(Teams teams) {
    return Endpoint.delete("/v1/teams/{teamId}")
        .named(TeamsService.NAME, "delete")
        .doc("Delete team", "Deletes the team with all memberships. Owners may.")
        .params(TeamParams.TEAM)
        .scopes(Scope.TEAMS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].delete", TeamModels.TEAM)
        .returns(204, Model.<String>nothing(), call -> delete(teams, call));
  }

  private static String delete(Teams teams, Call call) {
    teams.delete(call.change(), call.get(TeamParams.TEAM));
    return "";
  }
}
