package dev.celadon.service.organization;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Param.body;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Owning;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.TeamModels;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who belongs to the organization, and as what. */
final class Members {

  /** Long enough for a role in one project: {@code project-<id>-developer}. */
  private static final Pattern ROLE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,80}");

  private static final Param<String> ID = path("membershipId", Rules.id(), "The membership's id.");
  private static final Param<List<String>> ROLES =
      body("roles", Rules.list(role(), 100), "What the member is; `owner` manages all.");
  private static final Param<String> EMAIL =
      body("email", Rules.email(), "The new member's email.").optional();
  private static final Param<String> USER =
      body("userId", Rules.id(), "The new member, if a user already.").optional();
  private static final Param<String> PHONE =
      body("phone", Rules.phone(), "The new member's phone number.").optional();
  private static final Param<String> LINK =
      body("url", Rules.text(0, 2_048), "Where an invitation's link leads.").orElse("");
  private static final Param<String> NAME =
      body("name", Rules.text(128), "The name of a new user.").orElse("");

  static Stream<Action> in(Memberships memberships, Invitations invitations) {
    return Stream.of(
        list(memberships),
        create(invitations),
        one(memberships),
        update(memberships),
        delete(memberships));
  }

  private static Action list(Memberships memberships) {
    return get("/v1/organization/memberships")
        .named("organization", "listMemberships")
        .doc("List members", "Who belongs to the organization.")
        .params(OwnedProjects.QUERIES, OwnedProjects.SEARCH, OwnedProjects.TOTAL)
        .scopes(Scope.ORGANIZATION_MEMBERSHIPS_READ)
        .returns(
            200,
            TeamModels.MEMBERSHIPS,
            call ->
                memberships.ofTeam(
                    call.project(),
                    Owning.team(call),
                    call.actor(),
                    new Listing.Wanted(
                        call.get(OwnedProjects.QUERIES),
                        call.get(OwnedProjects.SEARCH),
                        call.get(OwnedProjects.TOTAL))));
  }

  private static Action create(Invitations invitations) {
    return post("/v1/organization/memberships")
        .named("organization", "createMembership")
        .doc("Add a member", "Adds somebody, named by id, email or phone number.")
        .params(EMAIL, USER, PHONE, ROLES, LINK, NAME)
        .scopes(Scope.ORGANIZATION_MEMBERSHIPS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].memberships.[membershipId].create")
        .returns(
            201,
            TeamModels.MEMBERSHIP,
            call ->
                invitations.add(
                    call.change(),
                    Owning.team(call),
                    new Invitations.Guest(
                        call.find(USER), call.find(EMAIL), call.find(PHONE), call.get(NAME)),
                    call.get(ROLES)));
  }

  private static Action one(Memberships memberships) {
    return get("/v1/organization/memberships/{membershipId}")
        .named("organization", "getMembership")
        .doc("Get a member", "One member of the organization.")
        .params(ID)
        .scopes(Scope.ORGANIZATION_MEMBERSHIPS_READ)
        .returns(
            200,
            TeamModels.MEMBERSHIP,
            call -> memberships.get(call.project(), Owning.team(call), call.get(ID), call.actor()));
  }

  private static Action update(Memberships memberships) {
    return patch("/v1/organization/memberships/{membershipId}")
        .named("organization", "updateMembership")
        .doc("Change a member's roles", "Replaces the roles. The last owner stays an owner.")
        .params(ID, ROLES)
        .scopes(Scope.ORGANIZATION_MEMBERSHIPS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].memberships.[membershipId].update")
        .returns(
            200,
            TeamModels.MEMBERSHIP,
            call ->
                memberships.setRoles(
                    call.change(), Owning.team(call), call.get(ID), call.get(ROLES)));
  }

  private static Action delete(Memberships memberships) {
    return Endpoint.delete("/v1/organization/memberships/{membershipId}")
        .named("organization", "deleteMembership")
        .doc("Remove a member", "Takes somebody out. The last owner cannot leave.")
        .params(ID)
        .scopes(Scope.ORGANIZATION_MEMBERSHIPS_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].memberships.[membershipId].delete", TeamModels.MEMBERSHIP)
        .returns(
            204,
            Model.nothing(),
            call -> {
              memberships.delete(call.change(), Owning.team(call), call.get(ID));
              return call.get(ID);
            });
  }

  private static Rule<String> role() {
    return Rules.rule(
        Schema.TEXT.with("pattern", ROLE.pattern()),
        raw -> {
          if (raw instanceof String text && ROLE.matcher(text).matches()) return text;
          throw new Rule.Refused("must be a role: letters, digits, period, hyphen, underscore");
        });
  }

  private Members() {}
}
