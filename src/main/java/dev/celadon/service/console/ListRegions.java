package dev.celadon.service.console;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Schema.BOOLEAN;
import static dev.celadon.api.Schema.TEXT;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Projects;
import java.util.List;

/** Where projects can be: here. */
final class ListRegions {

  private static final Model<String> REGION =
      Model.of("ConsoleRegion", String.class)
          .field("$id", TEXT, id -> id, "What `region` is set to.")
          .field("name", TEXT, id -> "This installation", "What it is called.")
          .field("available", BOOLEAN, id -> true, "Whether it takes projects.")
          .field("disabled", BOOLEAN, id -> false, "Whether it takes none any more.")
          .field("default", BOOLEAN, id -> true, "Whether it is taken where none is named.")
          .field("flag", TEXT, id -> "", "A country's code; none.");
  private static final Model<Page<String>> LIST =
      Model.list("ConsoleRegionList", "regions", REGION);

  static Action in() {
    return get("/v1/console/regions")
        .named("console", "listRegions")
        .doc("List regions", "Where projects can be made: there is one region.")
        .scopes(Scope.PROJECTS_READ)
        .returns(200, LIST, call -> new Page<>(1, List.of(Projects.REGION)));
  }

  private ListRegions() {}
}
