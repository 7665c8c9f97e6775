package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class GetPrefs {

  static Action in(Users users) {
    return Endpoint.get("/v1/account/prefs")
        .named(AccountService.NAME, "getPrefs")
        .doc("Get preferences", "What the application keeps for the user who calls.")
        .scopes(Scope.ACCOUNT)
        .composes(
            200,
            UserModels.PREFERENCES,
            call -> users.getAsync(call.project(), Self.of(call).id()).map(User::prefs));
  }
}
