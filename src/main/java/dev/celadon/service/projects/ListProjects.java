package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Owning;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.query.Listing;

/** The projects of the caller's teams. */
final class ListProjects {

  static Action in(Projects projects) {
    return get("/v1/projects")
        .named("projects", "list")
        .doc("List projects", "The projects of all teams that the caller belongs to.")
        .params(Place.QUERIES, Place.SEARCH, Place.TOTAL)
        .scopes(Scope.PROJECTS_READ)
        .returns(
            200,
            ProjectModels.LIST,
            call ->
                projects.list(
                    Owning.view(call),
                    new Listing.Wanted(
                        call.get(Place.QUERIES), call.get(Place.SEARCH), call.get(Place.TOTAL))));
  }

  private ListProjects() {}
}
