package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.UserModels;

final class UpdatePhone {

  static final Param<String> PHONE =
      Param.body("phone", Rules.phone(), "The new number, such as +14155550123.");

  static Action in(Accounts accounts) {
    return Endpoint.patch("/v1/account/phone")
        .named(AccountService.NAME, "updatePhone")
        .doc(
            "Update phone",
            "Changes the phone number of the user who calls, who shows the password again.")
        .params(PHONE, Self.PASSWORD)
        .scopes(Scope.ACCOUNT)
        .audits("user/{userId}")
        .emits("users.[userId].update.phone")
        .returns(
            200,
            UserModels.ACCOUNT,
            call ->
                accounts.changePhone(
                    call.change(), Self.of(call).id(), call.get(PHONE), call.get(Self.PASSWORD)));
  }
}
