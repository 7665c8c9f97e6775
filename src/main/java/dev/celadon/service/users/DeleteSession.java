package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.UserModels;

final class DeleteSession {

  static final Param<String> SESSION = Param.path("sessionId", Rules.id(), "The session's id.");

  static Action in(Sessions sessions) {
    return Endpoint.delete("/v1/users/{userId}/sessions/{sessionId}")
        .named(UsersService.NAME, "deleteSession")
        .doc("Delete session", "Ends one session of a user.")
        .params(GetUser.USER, SESSION)
        .scopes(Scope.USERS_WRITE)
        .audits("user/{userId}")
        .emits("users.[userId].sessions.[sessionId].delete", UserModels.SESSION)
        .returns(204, Model.<String>nothing(), call -> delete(sessions, call));
  }

  private static String delete(Sessions sessions, Call call) {
    sessions.delete(call.change(), call.get(GetUser.USER), call.get(SESSION));
    return "";
  }
}
