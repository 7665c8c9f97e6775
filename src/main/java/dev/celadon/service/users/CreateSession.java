package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.Signing;
import dev.celadon.domain.users.UserModels;

final class CreateSession {

  static Action in(Sessions sessions, Signing signing) {
    return Endpoint.post("/v1/users/{userId}/sessions")
        .named(UsersService.NAME, "createSession")
        .doc(
            "Create session",
            "Signs a user in on behalf of a server, which gets the session's secret.")
        .params(GetUser.USER)
        .scopes(Scope.USERS_WRITE)
        .audits("user/{userId}")
        .emits("users.[userId].sessions.[sessionId].create")
        .returns(
            201,
            UserModels.SESSION,
            call -> signing.sign(call, sessions.create(call.change(), call.get(GetUser.USER))));
  }
}
