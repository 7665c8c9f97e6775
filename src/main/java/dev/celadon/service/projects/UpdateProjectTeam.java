package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.patch;

import dev.celadon.api.Action;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Projects;

/** Gives a project to another team. */
final class UpdateProjectTeam {

  static Action in(Projects projects) {
    return patch("/v1/projects/{projectId}/team")
        .named("projects", "updateTeam")
        .doc(
            "Move a project to another team",
            "Gives a project to another team. The caller must be an owner of both.")
        .params(Place.PROJECT_ID, CreateProject.TEAM)
        .scopes(Scope.PROJECTS_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].update")
        .returns(
            200,
            ProjectModels.PROJECT,
            call ->
                projects.move(Place.change(call), call.project(), call.get(CreateProject.TEAM)));
  }

  private UpdateProjectTeam() {}
}
