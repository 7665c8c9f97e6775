package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import dev.celadon.domain.users.Users;

final class ListUsers {

  static Action in(Users users) {
    return Endpoint.get("/v1/users")
        .named(UsersService.NAME, "list")
        .doc("List users", "The users of the project.")
        .params(UserParams.QUERIES, UserParams.SEARCH, UserParams.TOTAL)
        .scopes(Scope.USERS_READ)
        .returns(
            200, UserModels.USERS, call -> users.list(call.project(), UserParams.wanted(call)));
  }
}
