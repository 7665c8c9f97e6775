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
import dev.celadon.domain.users.NewUser;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;

final class CreateAccount {

  static final Param<String> USER =
      Param.body("userId", Rules.newId(), "The new user's id, or `unique()`.");
  static final Param<String> EMAIL = Param.body("email", Rules.email(), "The user's email.");
  static final Param<String> NAME =
      Param.body("name", Rules.text(128), "The user's name.").orElse("");

  static Action in(Accounts accounts) {
    return Endpoint.post("/v1/account")
        .named(AccountService.NAME, "create")
        .doc(
            "Create account",
            "Signs up a user with an email and a password. In the project `console` the first"
                + " one becomes the owner of the installation.")
        .params(USER, EMAIL, Self.PASSWORD, NAME)
        .scopes(Scope.SESSIONS_WRITE)
        .limits(RateLimit.perHour(10, URL, IP))
        .audits("user/{userId}")
        .emits("users.[userId].create")
        .returns(201, UserModels.ACCOUNT, call -> create(accounts, call));
  }

  private static User create(Accounts accounts, Call call) {
    var person =
        NewUser.signingUp(call.get(USER), call.get(EMAIL), call.get(Self.PASSWORD), call.get(NAME));
    return accounts.signUp(call.change(), person);
  }
}
