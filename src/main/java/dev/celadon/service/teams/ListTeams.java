package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.UserParams;

final class ListTeams {

  static Action in(Teams teams) {
    return Endpoint.get("/v1/teams")
        .named(TeamsService.NAME, "list")
        .doc("List teams", "The teams that the user who calls belongs to; all of them for a key.")
        .params(UserParams.QUERIES, UserParams.SEARCH, UserParams.TOTAL)
        .scopes(Scope.TEAMS_READ)
        .returns(
            200,
            TeamModels.TEAMS,
            call -> teams.list(call.project(), call.actor(), UserParams.wanted(call)));
  }
}
