package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.patch;

import dev.celadon.api.Action;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Projects;

/** Renames and describes a project. */
final class UpdateProject {

  static Action in(Projects projects) {
    return patch("/v1/projects/{projectId}")
        .named("projects", "update")
        .doc("Update a project", "Renames a project and changes those texts that are given.")
        .params(Details.and(Place.PROJECT_ID, Place.NAME))
        .scopes(Scope.PROJECTS_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].update")
        .returns(
            200,
            ProjectModels.PROJECT,
            call ->
                projects.update(
                    Place.change(call), call.project(), call.get(Place.NAME), Details.of(call)));
  }

  private UpdateProject() {}
}
