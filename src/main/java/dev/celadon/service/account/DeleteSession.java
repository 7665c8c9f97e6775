package dev.celadon.service.account;

import static dev.celadon.api.RateLimit.By.Trait.IP;
import static dev.celadon.api.RateLimit.By.Trait.URL;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.UserModels;

final class DeleteSession {

  /** Whether the caller's own session ended: then its cookie goes, too. */
  private static final Model<Boolean> ENDED =
      Model.<Boolean>nothing().signs(own -> own ? new Model.Cookie("", null) : null);

  static Action in(Sessions sessions) {
    return Endpoint.delete("/v1/account/sessions/{sessionId}")
        .named(AccountService.NAME, "deleteSession")
        .doc("Delete session", "Signs the user who calls out, here or elsewhere.")
        .params(Self.SESSION)
        .scopes(Scope.ACCOUNT)
        .limits(RateLimit.perHour(100, URL, IP))
        .audits("user/{userId}")
        .emits("users.[userId].sessions.[sessionId].delete", UserModels.SESSION)
        .returns(204, ENDED, call -> delete(sessions, call));
  }

  private static boolean delete(Sessions sessions, Call call) {
    var self = Self.of(call);
    var session = Self.session(call);
    sessions.delete(call.change(), self.id(), session);
    return session.equals(self.session());
  }
}
