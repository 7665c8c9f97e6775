package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Param.body;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Settings;
import dev.celadon.domain.projects.Settings.Switch;
import java.util.List;
import java.util.stream.Stream;

/** The same switches as older clients turn them, one by one or all at once. */
final class SwitchPartsByBody {

  private static final Param<Boolean> STATUS =
      body("status", Rules.bool(), "Whether it shall be on for the project's users.");
  private static final Param<String> SERVICE =
      body("service", Rules.oneOf(Switch.SERVICE.ids()), "Which service.");

  /** The protocol {@code websocket} has an older name. */
  private static final Param<String> API =
      body(
          "api",
          Rules.mapped(
              Rules.oneOf("rest", "graphql", "realtime"),
              api -> api.equals("realtime") ? "websocket" : api),
          "Which protocol.");

  private static final Param<String> METHOD =
      path("method", Rules.oneOf(Switch.AUTH_METHOD.ids()), "Which way to sign in.");

  private record One(Switch kind, String tail, String name, String event, Param<String> id) {}

  private record All(Switch kind, String tail, String name) {}

  private static final List<One> ONES =
      List.of(
          new One(
              Switch.SERVICE,
              "/service",
              "updateServiceStatus",
              "services.[serviceId].update",
              SERVICE),
          new One(Switch.PROTOCOL, "/api", "updateAPIStatus", "protocols.[protocolId].update", API),
          new One(
              Switch.AUTH_METHOD,
              "/auth/{method}",
              "updateAuthStatus",
              "authMethod.[methodId].update",
              METHOD));

  private static final List<All> ALLS =
      List.of(
          new All(Switch.SERVICE, "/service/all", "updateServiceStatusAll"),
          new All(Switch.PROTOCOL, "/api/all", "updateAPIStatusAll"));

  static Stream<Action> in(Settings settings) {
    return Stream.concat(
        ONES.stream().map(row -> one(row, settings)), ALLS.stream().map(row -> all(row, settings)));
  }

  private static Action one(One row, Settings settings) {
    return patch(Place.PROJECTS.at(row.tail))
        .named("projects", row.name)
        .doc("Switch a part of a project", "Switches it off or on for users and guests.")
        .params(Place.PROJECT_ID, row.id, STATUS)
        .scopes(Scope.PROJECT_WRITE)
        .audits("project." + row.kind.plural() + "/{" + row.kind.idName() + "}")
        .emits(row.event)
        .returns(
            200,
            ProjectModels.PROJECT,
            call ->
                settings.turn(Place.change(call), row.kind, call.get(row.id), call.get(STATUS)));
  }

  private static Action all(All row, Settings settings) {
    return patch(Place.PROJECTS.at(row.tail))
        .named("projects", row.name)
        .doc("Switch all of a kind", "Switches all of them off or on for users and guests.")
        .params(Place.PROJECT_ID, STATUS)
        .scopes(Scope.PROJECTS_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].update")
        .returns(
            200,
            ProjectModels.PROJECT,
            call -> settings.turnAll(Place.change(call), row.kind, call.get(STATUS)));
  }

  private SwitchPartsByBody() {}
}
