package dev.celadon.service.organization;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.put;
import static dev.celadon.api.Param.body;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Owning;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.teams.Team;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.teams.Teams;

/** Gets, renames and deletes the organization itself. */
final class Organizations {

  static final Param<String> NAME =
      body("name", Rules.text(128), "What it is called, in at most 128 characters.");

  static Action read(Teams teams, Projects projects) {
    return get("/v1/organization")
        .named("organization", "get")
        .doc("Get the organization", "The organization that the caller acts for.")
        .scopes(Scope.ORGANIZATION_READ)
        .returns(
            200,
            Organization.MODEL,
            call -> whole(teams.get(call.project(), Owning.team(call), call.actor()), projects));
  }

  static Action rename(Teams teams, Projects projects) {
    return put("/v1/organization")
        .named("organization", "update")
        .doc("Rename the organization", "Changes the name of the organization.")
        .params(NAME)
        .scopes(Scope.ORGANIZATION_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].update", TeamModels.TEAM)
        .returns(
            200,
            Organization.MODEL,
            call ->
                whole(teams.rename(call.change(), Owning.team(call), call.get(NAME)), projects));
  }

  static Action delete(Teams teams) {
    return Endpoint.delete("/v1/organization")
        .named("organization", "delete")
        .doc(
            "Delete the organization",
            "Deletes the organization with its memberships, once it owns no project any more.")
        .scopes(Scope.ORGANIZATION_WRITE)
        .audits("team/{teamId}")
        .emits("teams.[teamId].delete", TeamModels.TEAM)
        .returns(
            204,
            Model.nothing(),
            call -> {
              var team = Owning.team(call);
              teams.delete(call.change(), team);
              return team;
            });
  }

  private static Organization whole(Team team, Projects projects) {
    return new Organization(team, projects.ids(team.id()));
  }

  private Organizations() {}
}
