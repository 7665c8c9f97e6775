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
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;

final class UpdatePassword {

  static final Param<String> PASSWORD =
      Param.body("password", Rules.password(), "The new password, 8 to 256 characters.");
  static final Param<String> OLD =
      Param.body("oldPassword", Rules.password(), "The password until now, if there is one.")
          .optional();

  static Action in(Accounts accounts) {
    return Endpoint.patch("/v1/account/password")
        .named(AccountService.NAME, "updatePassword")
        .doc(
            "Update password",
            "Changes the password of the user who calls. Where the project wants it, the other"
                + " sessions of the user end.")
        .params(PASSWORD, OLD)
        .scopes(Scope.ACCOUNT)
        .limits(RateLimit.perHour(10, URL, IP))
        .audits("user/{userId}")
        .emits("users.[userId].update.password")
        .returns(200, UserModels.ACCOUNT, call -> update(accounts, call));
  }

  private static User update(Accounts accounts, Call call) {
    var self = Self.of(call);
    return accounts.changePassword(
        call.change(), self.id(), self.session(), call.get(PASSWORD), call.find(OLD));
  }
}
