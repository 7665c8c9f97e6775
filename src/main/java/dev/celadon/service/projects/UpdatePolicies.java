package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Param.body;
import static dev.celadon.domain.projects.Policy.*;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Policy;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Settings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sets a policy: one endpoint each, inside a project; parameters follow from the policy. */
final class UpdatePolicies {

  private static final Model<JsonObject> STRENGTH = Model.free("PolicyPasswordStrength");

  /** The names of the methods, which do not follow from the policies' ids. */
  private static final Map<Policy, String> NAMES =
      Map.ofEntries(
          Map.entry(PASSWORD_DICTIONARY, "updatePasswordDictionaryPolicy"),
          Map.entry(PASSWORD_HISTORY, "updatePasswordHistoryPolicy"),
          Map.entry(PASSWORD_STRENGTH, "updatePasswordStrengthPolicy"),
          Map.entry(PASSWORD_PERSONAL_DATA, "updatePasswordPersonalDataPolicy"),
          Map.entry(SESSION_ALERT, "updateSessionAlertPolicy"),
          Map.entry(SESSION_DURATION, "updateSessionDurationPolicy"),
          Map.entry(SESSION_INVALIDATION, "updateSessionInvalidationPolicy"),
          Map.entry(SESSION_LIMIT, "updateSessionLimitPolicy"),
          Map.entry(USER_LIMIT, "updateUserLimitPolicy"),
          Map.entry(MEMBERSHIP_PRIVACY, "updateMembershipPrivacyPolicy"),
          Map.entry(DENY_ALIASED_EMAIL, "updateDenyAliasedEmailPolicy"),
          Map.entry(DENY_DISPOSABLE_EMAIL, "updateDenyDisposableEmailPolicy"),
          Map.entry(DENY_FREE_EMAIL, "updateDenyFreeEmailPolicy"),
          Map.entry(DENY_CORPORATE_EMAIL, "updateDenyCorporateEmailPolicy"));

  static Stream<Action> in(Settings settings) {
    return Stream.of(Policy.values()).map(policy -> action(policy, settings));
  }

  private static Action action(Policy policy, Settings settings) {
    var params = params(policy);
    var endpoint =
        patch(Place.PROJECT.at("/policies/" + policy.wire()))
            .named("project", NAMES.getOrDefault(policy, ""))
            .doc("Set the policy " + policy, policy.doc())
            .params(params)
            .scopes(Scope.PROJECT_POLICIES_WRITE, Scope.POLICIES_WRITE)
            .audits("project/{projectId}");
    return end(endpoint, policy, params, settings);
  }

  /** One of them answers with the policy, all others with the project. */
  private static Action end(
      Endpoint.Builder endpoint, Policy policy, List<Param<?>> params, Settings settings) {
    endpoint.emits("projects.[projectId].policies.[policy].update", ProjectModels.PROJECT);
    if (policy == PASSWORD_STRENGTH) {
      return endpoint.returns(
          200,
          STRENGTH,
          call ->
              policy.render(
                  settings.set(Place.change(call), policy, values(call, params)).policies()));
    }
    return endpoint.returns(
        200,
        ProjectModels.PROJECT,
        call -> settings.set(Place.change(call), policy, values(call, params)));
  }

  /** A policy of one value needs it; of several, those not given stay as they are. */
  private static List<Param<?>> params(Policy policy) {
    boolean single = policy.settings().size() == 1;
    return policy.settings().stream()
        .<Param<?>>map(
            setting -> {
              var param =
                  body(setting.name(), setting.rule(), "The setting " + setting.name() + ".");
              return single ? param : param.optional();
            })
        .toList();
  }

  private static JsonObject values(Call call, List<Param<?>> params) {
    var values = new JsonObject();
    for (var param : params) {
      if (call.find(param) instanceof Object value) values.put(param.name(), value);
    }
    return values;
  }

  private UpdatePolicies() {}
}
