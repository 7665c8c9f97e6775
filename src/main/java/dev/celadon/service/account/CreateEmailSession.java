package dev.celadon.service.account;

import static dev.celadon.api.RateLimit.By.Trait.IP;
import static dev.celadon.api.RateLimit.By.Trait.URL;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.Session;
import dev.celadon.domain.users.Signing;
import dev.celadon.domain.users.UserModels;

final class CreateEmailSession {

  /** Against one password tried on many accounts; ours, and far above what an office needs. */
  private static final int FROM_ONE_ADDRESS = 600;

  static final Param<String> EMAIL = Param.body("email", Rules.email(), "The user's email.");

  static Action in(Accounts accounts, Signing signing) {
    return Endpoint.post("/v1/account/sessions/email")
        .alias("/v1/account/sessions")
        .named(AccountService.NAME, "createEmailPasswordSession")
        .doc(
            "Create session",
            "Signs in with an email and a password. The session's secret is a signed token; it"
                + " comes as a cookie, and in the body for a server's key.")
        .params(EMAIL, Self.PASSWORD)
        .scopes(Scope.SESSIONS_WRITE)
        // For each address: ten calls from anywhere must not lock anybody out. Those who guess from
        // many addresses are slowed down where passwords are checked.
        .limits(
            RateLimit.perHour(10, URL, IP, RateLimit.value(EMAIL.name())),
            RateLimit.perHour(FROM_ONE_ADDRESS, URL, IP))
        .audits("user/{userId}")
        .emits("users.[userId].sessions.[sessionId].create")
        .returns(201, UserModels.NEW_SESSION, call -> create(accounts, signing, call));
  }

  private static Session create(Accounts accounts, Signing signing, Call call) {
    Self.refuseSignedIn(call);
    var session = accounts.signIn(call.change(), call.get(EMAIL), call.get(Self.PASSWORD));
    return signing.sign(call, session);
  }
}
