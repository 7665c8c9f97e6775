package dev.celadon.service.organization;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Param.body;
import static dev.celadon.api.Param.path;
import static dev.celadon.api.Param.query;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Query;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Owning;
import dev.celadon.domain.projects.Project;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.query.Listing;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** The projects of the organization. */
final class OwnedProjects {

  static final Param<List<Query>> QUERIES =
      query("queries", Query.rule(), "Filters, order and page, as queries.").orElse(List.of());
  static final Param<String> SEARCH =
      query("search", Rules.text(Listing.MAX_SEARCH), "A text to look for.").orElse("");
  static final Param<Boolean> TOTAL =
      query("total", Rules.bool(), "Whether to count all that match.").orElse(true);

  private static final Param<String> ID = path("projectId", Rules.id(), "The project's id.");
  private static final Param<String> NEW =
      body("projectId", Projects.newId(), "The id: a-z, 0-9 and hyphen; or `unique()`.");
  private static final Param<String> REGION =
      body("region", Rules.text(36), "Where to make it.").orElse(Projects.REGION);

  static Stream<Action> in(Projects projects) {
    return Stream.of(
        list(projects), create(projects), one(projects), update(projects), delete(projects));
  }

  private static Action list(Projects projects) {
    return get("/v1/organization/projects")
        .named("organization", "listProjects")
        .doc("List projects", "The projects that the organization owns.")
        .params(QUERIES, SEARCH, TOTAL)
        .scopes(Scope.PROJECTS_READ)
        .returns(
            200,
            ProjectModels.LIST,
            call ->
                projects.list(
                    Owning.view(call).within(Owning.team(call)),
                    new Listing.Wanted(call.get(QUERIES), call.get(SEARCH), call.get(TOTAL))));
  }

  private static Action create(Projects projects) {
    return post("/v1/organization/projects")
        .named("organization", "createProject")
        .doc("Create a project", "Makes a project that the organization owns.")
        .params(NEW, Organizations.NAME, REGION)
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
                        call.get(NEW),
                        Owning.team(call),
                        call.get(Organizations.NAME),
                        call.get(REGION),
                        new JsonObject())));
  }

  private static Action one(Projects projects) {
    return get("/v1/organization/projects/{projectId}")
        .named("organization", "getProject")
        .doc("Get a project", "A project that the organization owns.")
        .params(ID)
        .scopes(Scope.PROJECTS_READ)
        .returns(200, ProjectModels.PROJECT, call -> owned(call, projects));
  }

  private static Action update(Projects projects) {
    return patch("/v1/organization/projects/{projectId}")
        .named("organization", "updateProject")
        .doc("Rename a project", "Changes the name of a project that the organization owns.")
        .params(ID, Organizations.NAME)
        .scopes(Scope.PROJECTS_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].update")
        .returns(
            200,
            ProjectModels.PROJECT,
            call -> {
              var project = owned(call, projects);
              Owning.build(call.change(), project.team());
              return projects.update(
                  call.change(), project.id(), call.get(Organizations.NAME), new JsonObject());
            });
  }

  private static Action delete(Projects projects) {
    return Endpoint.delete("/v1/organization/projects/{projectId}")
        .named("organization", "deleteProject")
        .doc("Delete a project", "Deletes a project with everything in it. Nothing remains.")
        .params(ID)
        .scopes(Scope.PROJECTS_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].delete", ProjectModels.PROJECT)
        .returns(
            204,
            Model.nothing(),
            call -> {
              var project = owned(call, projects);
              Owning.own(call.change(), project.team());
              return projects.delete(call.change(), project.id());
            });
  }

  /** The project, if the organization owns it and the caller may see it. */
  private static Project owned(Call call, Projects projects) {
    var view = Owning.view(call).within(Owning.team(call));
    var project = projects.get(call.get(ID));
    if (!view.shows(project)) throw Failure.with(Fault.PROJECT_NOT_FOUND, project.id());
    return project;
  }

  private OwnedProjects() {}
}
