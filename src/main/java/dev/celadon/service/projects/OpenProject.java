package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.patch;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Projects;
import io.vertx.core.json.JsonObject;

/** Notes that an administrator looks at the project. Kept by day, so it is no event. */
final class OpenProject {

  static Action in(Projects projects) {
    return patch("/v1/projects/{projectId}/console-access")
        .named("projects", "updateConsoleAccess")
        .doc("Note a visit", "Notes that an administrator has opened the project today.")
        .params(Place.PROJECT_ID)
        .scopes(Scope.PROJECT_READ)
        .returns(
            200,
            Model.free("empty"),
            call -> {
              projects.opened(Place.project(call));
              return new JsonObject();
            });
  }

  private OpenProject() {}
}
