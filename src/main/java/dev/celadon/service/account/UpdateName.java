package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.UserEdit;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class UpdateName {

  static final Param<String> NAME =
      Param.body("name", Rules.text(128), "The user's name, 1 to 128 characters.");

  static Action in(Users users) {
    return Endpoint.patch("/v1/account/name")
        .named(AccountService.NAME, "updateName")
        .doc("Update name", "Changes the name of the user who calls.")
        .params(NAME)
        .scopes(Scope.ACCOUNT)
        .audits("user/{userId}")
        .emits("users.[userId].update.name")
        .returns(
            200,
            UserModels.ACCOUNT,
            call -> users.update(call.change(), Self.of(call).id(), UserEdit.name(call.get(NAME))));
  }
}
