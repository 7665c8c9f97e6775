package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.UserModels;

final class UpdateEmail {

  static final Param<String> EMAIL = Param.body("email", Rules.email(), "The new email.");

  static Action in(Accounts accounts) {
    return Endpoint.patch("/v1/account/email")
        .named(AccountService.NAME, "updateEmail")
        .doc(
            "Update email",
            "Changes the email of the user who calls, who shows the password again. An anonymous"
                + " user becomes one that can sign in with this email and password.")
        .params(EMAIL, Self.PASSWORD)
        .scopes(Scope.ACCOUNT)
        .audits("user/{userId}")
        .emits("users.[userId].update.email")
        .returns(
            200,
            UserModels.ACCOUNT,
            call ->
                accounts.changeEmail(
                    call.change(), Self.of(call).id(), call.get(EMAIL), call.get(Self.PASSWORD)));
  }
}
