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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static Row row(String tail, String name, Policy policy, String param, String setting) {
    return new Row(tail, name, policy, Map.of(param, setting));
  }

  static Stream<Action> in(Settings settings) {
    return ROWS.stream().map(row -> action(row, settings));
  }

  private static Action action(Row row, Settings settings) {
    var params = new LinkedHashMap<Param<?>, String>();
    for (var value : row.values.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
      params.put(param(row.policy, value.getKey(), value.getValue()), value.getValue());
    }
    return patch(Place.PROJECTS.at("/auth/" + row.tail))
        .named("projects", row.name)
        .doc("Set the policy " + row.policy, row.policy.doc())
        .params(Place.PROJECTS.with(params.keySet().toArray(Param<?>[]::new)))
        .scopes(Scope.PROJECTS_WRITE, Scope.PROJECT_POLICIES_WRITE, Scope.POLICIES_WRITE)
        .audits("project/{projectId}")
        .emits("projects.[projectId].policies.[policy].update")
        .returns(
            200,
            ProjectModels.PROJECT,
            call -> {
              var values = new JsonObject();
              params.forEach((param, setting) -> values.put(setting, (Object) call.get(param)));
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
