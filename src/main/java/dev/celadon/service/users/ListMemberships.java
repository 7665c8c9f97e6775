package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Page;
import dev.celadon.api.Scope;
import dev.celadon.domain.teams.Membership;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.TeamModels;
import dev.celadon.domain.users.UserParams;
import dev.celadon.domain.users.Users;

final class ListMemberships {

  static Action in(Users users, Memberships memberships) {
    return Endpoint.get("/v1/users/{userId}/memberships")
        .named(UsersService.NAME, "listMemberships")
        .doc("List memberships", "The teams that a user belongs to.")
        .params(GetUser.USER, UserParams.QUERIES, UserParams.SEARCH, UserParams.TOTAL)
        .scopes(Scope.USERS_READ)
        .returns(200, TeamModels.MEMBERSHIPS, call -> list(users, memberships, call));
  }

  private static Page<Membership> list(Users users, Memberships memberships, Call call) {
    var user = GetUser.of(users, call);
    return memberships.ofUser(call.project(), user.id(), UserParams.wanted(call));
  }
}
