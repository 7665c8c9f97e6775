package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Credentials;
import dev.celadon.domain.users.NewUser;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;

final class CreateUser {

  static final Param<String> USER =
      Param.body("userId", Rules.newId(), "The new user's id, or `unique()`.");
  static final Param<String> EMAIL =
      Param.body("email", Rules.email(), "The user's email.").optional();
  static final Param<String> PHONE =
      Param.body("phone", Rules.phone(), "The user's phone number.").optional();
  static final Param<String> PASSWORD =
      Param.body("password", Rules.password(), "The user's password, if any.").optional();
  static final Param<String> NAME =
      Param.body("name", Rules.text(128), "The user's name.").orElse("");

  static Action in(Users users, Credentials credentials) {
    return Endpoint.post("/v1/users")
        .named(UsersService.NAME, "create")
        .doc("Create user", "Creates a user on behalf of a server.")
        .params(USER, EMAIL, PHONE, PASSWORD, NAME)
        .scopes(Scope.USERS_WRITE)
        .audits("user/{userId}")
        .emits("users.[userId].create")
        .returns(201, UserModels.USER, call -> create(users, credentials, call));
  }

  private static User create(Users users, Credentials credentials, Call call) {
    var person =
        new NewUser(
            call.get(USER),
            call.find(EMAIL),
            call.find(PHONE),
            call.find(PASSWORD),
            null,
            call.get(NAME));
    return users.create(call.change(), credentials.hashed(call.project(), person));
  }
}
