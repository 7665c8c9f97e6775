package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class DeleteUser {

  static Action in(Users users, Memberships memberships) {
    return Endpoint.delete("/v1/users/{userId}")
        .named(UsersService.NAME, "delete")
        .doc("Delete user", "Deletes a user with all sessions and memberships.")
        .params(GetUser.USER)
        .scopes(Scope.USERS_WRITE)
        .audits("user/{userId}")
        .emits("users.[userId].delete", UserModels.USER)
        .returns(204, Model.<String>nothing(), call -> delete(users, memberships, call));
  }

  private static String delete(Users users, Memberships memberships, Call call) {
    users.delete(call.change(), call.get(GetUser.USER), memberships);
    return "";
  }
}
