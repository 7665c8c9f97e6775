package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class GetAccount {

  static Action in(Users users) {
    return Endpoint.get("/v1/account")
        .named(AccountService.NAME, "get")
        .doc("Get account", "The user who calls.")
        .scopes(Scope.ACCOUNT)
        .composes(
            200, UserModels.ACCOUNT, call -> users.getAsync(call.project(), Self.of(call).id()));
  }
}
