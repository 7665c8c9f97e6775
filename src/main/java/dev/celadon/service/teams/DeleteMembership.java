package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.TeamModels;

final class DeleteMembership {

  static Action in(Memberships memberships) {
    return Endpoint.delete("/v1/teams/{teamId}/memberships/{membershipId}")
        .named(TeamsService.NAME, "deleteMembership")
        .doc(
            "Delete membership",
            "Takes a member out of the team. Members may leave, owners may send others away; the"
                + " last owner stays.")
        .params(TeamParams.TEAM, TeamParams.MEMBERSHIP)
        .scopes(Scope.TEAMS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].memberships.[membershipId].delete", TeamModels.MEMBERSHIP)
        .returns(204, Model.<String>nothing(), call -> delete(memberships, call));
  }

  private static String delete(Memberships memberships, Call call) {
    memberships.delete(call.change(), call.get(TeamParams.TEAM), call.get(TeamParams.MEMBERSHIP));
    return "";
  }
}
