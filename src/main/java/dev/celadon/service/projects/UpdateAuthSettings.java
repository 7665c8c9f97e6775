package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Param.body;
import static dev.celadon.domain.projects.Policy.*;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Policy;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Settings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Policies as older clients set them: one row each, with their names for the values. */
final class UpdateAuthSettings {

  /**
   * @param values the setting of the policy for each parameter
   */
  private record Row(String tail, String name, Policy policy, Map<String, String> values) {}

  private static final List<Row> ROWS =
      List.of(
          row("duration", "updateAuthDuration", SESSION_DURATION, "duration", "duration"),
          row("limit", "updateAuthLimit", USER_LIMIT, "limit", "total"),
          row("max-sessions", "updateAuthSessionsLimit", SESSION_LIMIT, "limit", "total"),
          row(
              "password-dictionary",
              "updateAuthPasswordDictionary",
              PASSWORD_DICTIONARY,
              "enabled",
              "enabled"),
          row("password-history", "updateAuthPasswordHistory", PASSWORD_HISTORY, "limit", "total"),
          row(
              "personal-data",
              "updatePersonalDataCheck",
              PASSWORD_PERSONAL_DATA,
              "enabled",
              "enabled"),
          row("session-alerts", "updateSessionAlerts", SESSION_ALERT, "alerts", "enabled"),
          row(
              "session-invalidation",
              "updateSessionInvalidation",
              SESSION_INVALIDATION,
              "enabled",
              "enabled"),
          new Row(
              "memberships-privacy",
              "updateMembershipsPrivacy",
              MEMBERSHIP_PRIVACY,
              Map.of("userName", "userName", "userEmail", "userEmail", "mfa", "userMFA")));

  /** A parameter, and the setting that it gives. */
  private record Given(Param<?> param, String setting) {}

  private static Row row(String tail, String name, Policy policy, String param, String setting) {
    return new Row(tail, name, policy, Map.of(param, setting));
  }

  static Stream<Action> in(Settings settings) {
    return ROWS.stream().map(row -> action(row, settings));
  }

  private static Action action(Row row, Settings settings) {
    var params =
        new TreeMap<>(row.values)
            .entrySet().stream()
                .map(
                    value ->
                        new Given(
                            param(row.policy, value.getKey(), value.getValue()), value.getValue()))
                .toList();
    return patch(Place.PROJECTS.at("/auth/" + row.tail))
        .named("projects", row.name)
        .doc("Set the policy " + row.policy, row.policy.doc())
        .params(Place.PROJECTS.with(params.stream().map(Given::param).toArray(Param<?>[]::new)))
        .scopes(Scope.PROJECTS_WRITE, Scope.PROJECT_POLICIES_WRITE, Scope.POLICIES_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].policies.[policy].update")
        .returns(
            200,
            ProjectModels.PROJECT,
            call -> {
              var values = new JsonObject();
              for (var each : params) values.put(each.setting, (Object) call.get(each.param));
              return settings.set(Place.change(call), row.policy, values);
            });
  }

  private static Param<?> param(Policy policy, String name, String setting) {
    var rule =
        policy.settings().stream().filter(s -> s.name().equals(setting)).findFirst().orElseThrow();
    return body(name, rule.rule(), "The setting " + setting + " of the policy " + policy + ".");
  }

  private UpdateAuthSettings() {}
}
