package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.UserModels;

final class DeleteAccount {

  private static final Model<Boolean> GONE =
      Model.<Boolean>nothing().signs(gone -> new Model.Cookie("", null));

  static Action in(Accounts accounts, Memberships memberships) {
    return Endpoint.delete("/v1/account")
        .named(AccountService.NAME, "delete")
        .doc("Delete account", "Deletes the user who calls, with all sessions and memberships.")
        .scopes(Scope.ACCOUNT)
        .audits("user/{userId}")
        .emits("users.[userId].delete", UserModels.ACCOUNT)
        .returns(
            204,
            GONE,
            call -> {
              accounts.leave(call.change(), Self.of(call).id(), memberships);
              return true;
            });
  }
}
