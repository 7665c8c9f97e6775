package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;

final class UpdateStatus {

  private static final Model<User> BLOCKED =
      UserModels.ACCOUNT.signs(user -> new Model.Cookie("", null));

  static Action in(Accounts accounts) {
    return Endpoint.patch("/v1/account/status")
        .named(AccountService.NAME, "updateStatus")
        .doc(
            "Block account",
            "Blocks the user who calls and ends all sessions. Only a server can unblock the user.")
        .scopes(Scope.ACCOUNT)
        .audits("user/{userId}")
        .emits("users.[userId].update.status")
        .returns(200, BLOCKED, call -> accounts.block(call.change(), Self.of(call).id()));
  }
}
