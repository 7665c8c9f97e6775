package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Projects;

/** One project. */
final class GetProject {

  static Action in(Place place, Projects projects) {
    return get(place.at(""))
        .named(place.service(), "get")
        .doc("Get a project", "The project with its settings.")
        .params(place.with())
        .scopes(Scope.PROJECT_READ)
        .returns(200, ProjectModels.PROJECT, call -> projects.get(Place.project(call)));
  }

  private GetProject() {}
}
