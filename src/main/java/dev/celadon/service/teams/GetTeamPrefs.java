package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.UserModels;

final class GetTeamPrefs {

  static Action in(Teams teams) {
    return Endpoint.get("/v1/teams/{teamId}/prefs")
        .named(TeamsService.NAME, "getPrefs")
        .doc("Get team preferences", "What the application keeps for the team.")
        .params(TeamParams.TEAM)
        .scopes(Scope.TEAMS_READ)
        .returns(
            200,
            UserModels.PREFERENCES,
            call -> teams.get(call.project(), call.get(TeamParams.TEAM), call.actor()).prefs());
  }
}
