package dev.celadon.service.teams;

import static dev.celadon.api.RateLimit.By.Trait.IP;
import static dev.celadon.api.RateLimit.By.Trait.URL;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Membership;
import dev.celadon.domain.teams.TeamModels;

final class CreateMembership {

  static final Param<String> EMAIL =
      Param.body("email", Rules.email(), "The new member's email; makes a user if needed.")
          .optional();
  static final Param<String> USER =
      Param.body("userId", Rules.id(), "The new member, if a user already.").optional();
  static final Param<String> PHONE =
      Param.body("phone", Rules.phone(), "The new member's number; makes a user if needed.")
          .optional();
  static final Param<String> LINK =
      Param.body("url", Rules.text(0, 2_048), "Where an invitation's link leads.").orElse("");
  static final Param<String> NAME =
      Param.body("name", Rules.text(128), "The name of a new user.").orElse("");

  static Action in(Invitations invitations) {
    return Endpoint.post("/v1/teams/{teamId}/memberships")
        .named(TeamsService.NAME, "createMembership")
        .doc(
            "Create membership",
            "Adds a member, named by id, email or phone. A key's or an administrator's new member"
                + " is confirmed at once; owners invite by mail.")
        .params(TeamParams.TEAM, EMAIL, USER, PHONE, TeamParams.ROLES, LINK, NAME)
        .scopes(Scope.TEAMS_WRITE)
        .limits(RateLimit.perHour(10, URL, IP))
        .audits("team/{teamId}")
        .emits("teams.[teamId].memberships.[membershipId].create")
        .returns(201, TeamModels.MEMBERSHIP, call -> create(invitations, call));
  }

  private static Membership create(Invitations invitations, Call call) {
    var guest =
        new Invitations.Guest(call.find(USER), call.find(EMAIL), call.find(PHONE), call.get(NAME));
    return invitations.add(
        call.change(), call.get(TeamParams.TEAM), guest, call.get(TeamParams.ROLES));
  }
}
