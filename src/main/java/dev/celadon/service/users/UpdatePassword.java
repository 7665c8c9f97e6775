package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Credentials;
import dev.celadon.domain.users.UserModels;

final class UpdatePassword {

  static final Param<String> PASSWORD =
      Param.body("password", Rules.password(), "The new password, 8 to 256 characters.");

  static Action in(Credentials credentials) {
    return Endpoint.patch("/v1/users/{userId}/password")
        .named(UsersService.NAME, "updatePassword")
        .doc(
            "Update password",
            "Sets a user's password. Where the project wants it, the user's sessions end.")
        .params(GetUser.USER, PASSWORD)
        .scopes(Scope.USERS_WRITE)
        .audits("user/{userId}")
        .emits("users.[userId].update.password")
        .returns(
            200,
            UserModels.USER,
            call -> credentials.set(call.change(), call.get(GetUser.USER), call.get(PASSWORD)));
  }
}
