package dev.celadon.service.projects;

import static dev.celadon.api.Param.body;
import static dev.celadon.api.Param.path;
import static dev.celadon.api.Param.query;

import dev.celadon.api.Call;
import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.Query;
import dev.celadon.api.Rules;
import dev.celadon.domain.projects.Project;
import dev.celadon.domain.query.Listing;
import java.util.List;
import java.util.stream.Stream;

/** Where an endpoint of a project stands: inside the project, or under its id. */
enum Place {
  PROJECT("project", "/v1/project"),
  PROJECTS("projects", "/v1/projects/{projectId}");

  static final Param<String> PROJECT_ID = path("projectId", Rules.id(), "The project's id.");
  static final Param<List<Query>> QUERIES =
      query("queries", Query.rule(), "Filters, order and page, as queries.").orElse(List.of());
  static final Param<String> SEARCH =
      query("search", Rules.text(Listing.MAX_SEARCH), "A text to look for.").orElse("");
  static final Param<Boolean> TOTAL =
      query("total", Rules.bool(), "Whether to count all that match.").orElse(true);
  static final Param<String> NAME =
      body("name", Rules.text(128), "What it is called, in at most 128 characters.");

  private final String service;
  private final String root;

  Place(String service, String root) {
    this.service = service;
    this.root = root;
  }

  /** The wire name of the service. */
  String service() {
    return service;
  }

  String at(String tail) {
    return root + tail;
  }

  /** The parameters of an endpoint here: its own and, where the path has it, the project's id. */
  Param<?>[] with(Param<?>... own) {
    var id = Stream.<Param<?>>of(PROJECT_ID).filter(param -> this == PROJECTS);
    return Stream.concat(id, Stream.of(own)).toArray(Param<?>[]::new);
  }

  /**
   * The project that a call is about.
   *
   * @throws Failure {@link Fault#PROJECT_ID_MISSING} where none is named, which means the console:
   *     that has no settings, and above all no keys
   */
  static String project(Call call) {
    if (call.project().equals(Project.CONSOLE)) throw Failure.with(Fault.PROJECT_ID_MISSING);
    return call.project();
  }

  /** The change that a call makes to its project; refuses as {@link #project}. */
  static Change change(Call call) {
    project(call);
    return call.change();
  }

  static Listing.Wanted wanted(Call call) {
    return new Listing.Wanted(call.get(QUERIES), "", call.get(TOTAL));
  }
}
