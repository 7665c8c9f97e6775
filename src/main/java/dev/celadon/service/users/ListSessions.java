package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Page;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Session;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import dev.celadon.domain.users.Users;

final class ListSessions {

  static Action in(Users users, Sessions sessions) {
    return Endpoint.get("/v1/users/{userId}/sessions")
        .named(UsersService.NAME, "listSessions")
        .doc("List sessions", "Where a user is signed in.")
        .params(GetUser.USER, UserParams.TOTAL)
        .scopes(Scope.USERS_READ)
        .returns(200, UserModels.SESSIONS, call -> list(users, sessions, call));
  }

  private static Page<Session> list(Users users, Sessions sessions, Call call) {
    var all = sessions.list(call.project(), GetUser.of(users, call).id());
    return new Page<>(call.get(UserParams.TOTAL) ? all.size() : 0, all);
  }
}
