package dev.celadon.service.account;

import static dev.celadon.api.RateLimit.By.Trait.IP;
import static dev.celadon.api.RateLimit.By.Trait.URL;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Session;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.Signing;
import dev.celadon.domain.users.UserModels;

final class UpdateSession {

  /** Only the caller's own session, prolonged, comes with a new cookie. */
  private static final Model<Session> EXTENDED =
      UserModels.SESSION.signs(
          session ->
              session.token().isEmpty()
                  ? null
                  : new Model.Cookie(session.token(), session.expires()));

  static Action in(Sessions sessions, Signing signing) {
    return Endpoint.patch("/v1/account/sessions/{sessionId}")
        .named(AccountService.NAME, "updateSession")
        .doc("Update session", "Lets a session of the user who calls last as long as a new one.")
        .params(Self.SESSION)
        .scopes(Scope.ACCOUNT)
        .limits(RateLimit.perHour(10, URL, IP))
        .audits("user/{userId}")
        .emits("users.[userId].sessions.[sessionId].update")
        .returns(200, EXTENDED, call -> extend(sessions, signing, call));
  }

  private static Session extend(Sessions sessions, Signing signing, Call call) {
    var self = Self.of(call);
    var session = sessions.extend(call.change(), self.id(), Self.session(call));
    return session.id().equals(self.session()) ? signing.sign(call, session) : session;
  }
}
