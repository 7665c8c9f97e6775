package dev.celadon.service.account;

import static dev.celadon.api.RateLimit.By.Trait.IP;
import static dev.celadon.api.RateLimit.By.Trait.URL;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.UserModels;

final class DeleteSessions {

  private static final Model<Integer> ENDED =
      Model.<Integer>nothing().signs(count -> new Model.Cookie("", null));

  static Action in(Sessions sessions) {
    return Endpoint.delete("/v1/account/sessions")
        .named(AccountService.NAME, "deleteSessions")
        .doc("Delete sessions", "Signs the user who calls out everywhere.")
        .scopes(Scope.ACCOUNT)
        .limits(RateLimit.perHour(100, URL, IP))
        .audits("user/{userId}")
        .emits("users.[userId].sessions.[sessionId].delete", UserModels.SESSION)
        .returns(204, ENDED, call -> sessions.deleteAll(call.change(), Self.of(call).id()));
  }
}
