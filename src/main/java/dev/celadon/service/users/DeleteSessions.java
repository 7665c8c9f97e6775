package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class DeleteSessions {

  static Action in(Users users, Sessions sessions) {
    return Endpoint.delete("/v1/users/{userId}/sessions")
        .named(UsersService.NAME, "deleteSessions")
        .doc("Delete sessions", "Ends all sessions of a user.")
        .params(GetUser.USER)
        .scopes(Scope.USERS_WRITE)
        .audits("user/{userId}")
        .emits("users.[userId].sessions.delete", UserModels.USER)
        .returns(204, Model.<String>nothing(), call -> delete(users, sessions, call));
  }

  private static String delete(Users users, Sessions sessions, Call call) {
    sessions.clear(call.change(), GetUser.of(users, call));
    return "";
  }
}
