package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class GetPrefs {

  static Action in(Users users) {
    return Endpoint.get("/v1/users/{userId}/prefs")
        .named(UsersService.NAME, "getPrefs")
        .doc("Get preferences", "What the application keeps for a user.")
        .params(GetUser.USER)
        .scopes(Scope.USERS_READ)
        .returns(200, UserModels.PREFERENCES, call -> GetUser.of(users, call).prefs());
  }
}
