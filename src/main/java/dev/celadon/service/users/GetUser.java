package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class GetUser {

  static final Param<String> USER = Param.path("userId", Rules.id(), "The user's id.");

  static Action in(Users users) {
    return Endpoint.get("/v1/users/{userId}")
        .named(UsersService.NAME, "get")
        .doc("Get user", "One user of the project.")
        .params(USER)
        .scopes(Scope.USERS_READ)
        .returns(200, UserModels.USER, call -> of(users, call));
  }

  /** The user that {@link #USER} names. */
  static User of(Users users, Call call) {
    return users.get(call.project(), call.get(USER));
  }
}
