package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Param.body;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Projects;

/** Makes a project for a team. */
final class CreateProject {

  static final Param<String> PROJECT =
      body("projectId", Projects.newId(), "The id: a-z, 0-9 and hyphen; or `unique()`.");
  static final Param<String> TEAM =
      body("teamId", Rules.id(), "The team that shall own the project.");
  static final Param<String> REGION =
      body("region", Rules.text(36), "Where to make it.").orElse(Projects.REGION);

  static Action in(Projects projects) {
    return post("/v1/projects")
        .named("projects", "create")
        .doc(
            "Create a project",
            "Makes a project that belongs to a team of the console, with a database in it.")
        .params(Details.and(PROJECT, Place.NAME, TEAM, REGION))
        .scopes(Scope.PROJECTS_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].create")
        .returns(
            201,
            ProjectModels.PROJECT,
            call ->
                projects.create(
                    call.change(),
                    new Projects.Draft(
                        call.get(PROJECT),
                        call.get(TEAM),
                        call.get(Place.NAME),
                        call.get(REGION),
                        Details.of(call))));
  }

  private CreateProject() {}
}
