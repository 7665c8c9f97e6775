package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.UserEdit;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import dev.celadon.domain.users.Users;
import io.vertx.core.json.JsonObject;

final class UpdatePrefs {

  static Action in(Users users) {
    return Endpoint.patch("/v1/users/{userId}/prefs")
        .named(UsersService.NAME, "updatePrefs")
        .doc("Update preferences", "Replaces what the application keeps for a user.")
        .params(GetUser.USER, UserParams.PREFS)
        .scopes(Scope.USERS_WRITE)
        .emits("users.[userId].update.prefs", UserModels.USER)
        .returns(200, UserModels.PREFERENCES, call -> update(users, call));
  }

  private static JsonObject update(Users users, Call call) {
    var edit = UserEdit.prefs(call.get(UserParams.PREFS));
    return users.update(call.change(), call.get(GetUser.USER), edit).prefs();
  }
}
