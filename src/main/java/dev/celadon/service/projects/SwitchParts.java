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

/** Switches services, protocols and ways to sign in, inside a project: one row each. */
final class SwitchParts {

  private record Row(Switch kind, String tail, String name, String event, String noun) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              Switch.SERVICE,
              "/services/{serviceId}",
              "updateService",
              "services.[serviceId].update",
              "service"),
          new Row(
              Switch.PROTOCOL,
              "/protocols/{protocolId}",
              "updateProtocol",
              "protocols.[protocolId].update",
              "protocol"),
          new Row(
              Switch.AUTH_METHOD,
              "/auth-methods/{methodId}",
              "updateAuthMethod",
              "authMethod.[methodId].update",
              "way to sign in"));

  static final Param<Boolean> ENABLED =
      body("enabled", Rules.bool(), "Whether it shall be on for the project's users.");

  static Stream<Action> in(Settings settings) {
    return ROWS.stream().map(row -> action(row, settings));
  }

  private static Action action(Row row, Settings settings) {
    var id = path(row.kind.idName(), Rules.oneOf(row.kind.ids()), "Which " + row.noun + ".");
    return patch(Place.PROJECT.at(row.tail))
        .named("project", row.name)
        .doc(
            "Switch a " + row.noun,
            "Switches a " + row.noun + " off or on for users and guests; keys still pass.")
        .params(id, ENABLED)
        .scopes(Scope.PROJECT_WRITE)
        .audits("project." + row.kind.plural() + "/{" + row.kind.idName() + "}")
        .emits(row.event)
        .returns(
            200,
            ProjectModels.PROJECT,
            call -> settings.turn(Place.change(call), row.kind, call.get(id), call.get(ENABLED)));
  }

  private SwitchParts() {}
}
