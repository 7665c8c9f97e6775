package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.TeamModels;

final class UpdateMembership {

  static Action in(Memberships memberships) {
    return Endpoint.patch("/v1/teams/{teamId}/memberships/{membershipId}")
        .named(TeamsService.NAME, "updateMembership")
        .doc(
            "Update membership",
            "Replaces the roles of a member. Owners may; the last one stays an owner.")
        .params(TeamParams.TEAM, TeamParams.MEMBERSHIP, TeamParams.ROLES)
        .scopes(Scope.TEAMS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].memberships.[membershipId].update")
        .returns(
            200,
            TeamModels.MEMBERSHIP,
            call ->
                memberships.setRoles(
                    call.change(),
                    call.get(TeamParams.TEAM),
                    call.get(TeamParams.MEMBERSHIP),
                    call.get(TeamParams.ROLES)));
  }
}
