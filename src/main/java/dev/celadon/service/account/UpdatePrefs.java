package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.UserEdit;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import dev.celadon.domain.users.Users;
import io.vertx.core.json.JsonObject;

final class UpdatePrefs {

  static final Param<JsonObject> PREFS = UserParams.PREFS;

  static Action in(Users users) {
    return Endpoint.patch("/v1/account/prefs")
        .named(AccountService.NAME, "updatePrefs")
        .doc("Update preferences", "Replaces what the application keeps for the user who calls.")
        .params(PREFS)
        .scopes(Scope.ACCOUNT)
        .audits("user/{userId}")
        .emits("users.[userId].update.prefs")
        .returns(
            200,
            UserModels.ACCOUNT,
            call ->
                users.update(call.change(), Self.of(call).id(), UserEdit.prefs(call.get(PREFS))));
  }
}
