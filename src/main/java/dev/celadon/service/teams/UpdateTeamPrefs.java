package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import io.vertx.core.json.JsonObject;

final class UpdateTeamPrefs {

  static Action in(Teams teams) {
    return Endpoint.put("/v1/teams/{teamId}/prefs")
        .named(TeamsService.NAME, "updatePrefs")
        .doc("Update team preferences", "Replaces what the application keeps. Owners may.")
        .params(TeamParams.TEAM, UserParams.PREFS)
        .scopes(Scope.TEAMS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].update.prefs", TeamModels.TEAM)
        .returns(200, UserModels.PREFERENCES, call -> update(teams, call));
  }

  private static JsonObject update(Teams teams, Call call) {
    return teams
        .setPrefs(call.change(), call.get(TeamParams.TEAM), call.get(UserParams.PREFS))
        .prefs();
  }
}
