package dev.celadon.service.account;

import static dev.celadon.api.RateLimit.By.Trait.IP;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.Session;
import dev.celadon.domain.users.Signing;
import dev.celadon.domain.users.UserModels;

final class CreateAnonymousSession {

  static Action in(Accounts accounts, Signing signing) {
    return Endpoint.post("/v1/account/sessions/anonymous")
        .named(AccountService.NAME, "createAnonymousSession")
        .doc(
            "Create anonymous session",
            "Makes a user of somebody who says nothing yet. With an email and a password, which"
                + " can be set later, the user can sign in again.")
        .scopes(Scope.SESSIONS_WRITE)
        .limits(RateLimit.perHour(50, IP))
        .audits("user/{userId}")
        .emits("users.[userId].sessions.[sessionId].create")
        .returns(201, UserModels.NEW_SESSION, call -> create(accounts, signing, call));
  }

  private static Session create(Accounts accounts, Signing signing, Call call) {
    Self.refuseSignedIn(call);
    return signing.sign(call, accounts.signInAnonymously(call.change()));
  }
}
