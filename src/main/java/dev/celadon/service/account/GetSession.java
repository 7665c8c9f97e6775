package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Session;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.UserModels;

final class GetSession {

  static Action in(Sessions sessions) {
    return Endpoint.get("/v1/account/sessions/{sessionId}")
        .named(AccountService.NAME, "getSession")
        .doc("Get session", "One session of the user who calls.")
        .params(Self.SESSION)
        .scopes(Scope.ACCOUNT)
        .returns(200, UserModels.SESSION, call -> get(sessions, call));
  }

  private static Session get(Sessions sessions, Call call) {
    var self = Self.of(call);
    return sessions.get(call.project(), self.id(), Self.session(call)).seenFrom(self.session());
  }
}
