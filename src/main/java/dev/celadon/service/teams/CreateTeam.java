package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Membership;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;
import java.util.List;

final class CreateTeam {

  static final Param<String> TEAM =
      Param.body("teamId", Rules.newId(), "The new team's id, or `unique()`.");
  static final Param<List<String>> ROLES = TeamParams.ROLES.orElse(List.of(Membership.OWNER));

  static Action in(Teams teams) {
    return Endpoint.post("/v1/teams")
        .named(TeamsService.NAME, "create")
        .doc(
            "Create team",
            "Creates a team. The user who calls is its first member; a key's team has none.")
        .params(TEAM, TeamParams.NAME, ROLES)
        .scopes(Scope.TEAMS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].create")
        .returns(
            201,
            TeamModels.TEAM,
            call ->
                teams.create(
                    call.change(), call.get(TEAM), call.get(TeamParams.NAME), call.get(ROLES)));
  }
}
