package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Page;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Session;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.UserModels;

final class ListSessions {

  static Action in(Sessions sessions) {
    return Endpoint.get("/v1/account/sessions")
        .named(AccountService.NAME, "listSessions")
        .doc("List sessions", "Where the user who calls is signed in.")
        .scopes(Scope.ACCOUNT)
        .returns(200, UserModels.SESSIONS, call -> list(sessions, call));
  }

  private static Page<Session> list(Sessions sessions, Call call) {
    var self = Self.of(call);
    var all = sessions.list(call.project(), self.id());
    return new Page<>(all.size(), all).map(session -> session.seenFrom(self.session()));
  }
}
