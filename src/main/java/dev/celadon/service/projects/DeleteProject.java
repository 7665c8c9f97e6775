package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.delete;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Projects;

/** Deletes a project and everything in it. */
final class DeleteProject {

  static Action in(Place place, Projects projects) {
    return delete(place.at(""))
        .named(place.service(), "delete")
        .doc(
            "Delete a project",
            "Deletes a project with its users, data, files, settings and log. Nothing remains.")
        .params(place.with())
        .scopes(Scope.PROJECT_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].delete", ProjectModels.PROJECT)
        .returns(204, Model.nothing(), call -> projects.delete(Place.change(call), call.project()));
  }

  private DeleteProject() {}
}
