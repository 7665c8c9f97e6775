package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Page;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.LogEntry;
import dev.celadon.domain.users.Logs;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import dev.celadon.domain.users.Users;

final class ListLogs {

  static Action in(Users users, Logs logs) {
    return Endpoint.get("/v1/users/{userId}/logs")
        .named(UsersService.NAME, "listLogs")
        .doc("List logs", "What a user has done, the latest first.")
        .params(GetUser.USER, UserParams.QUERIES, UserParams.TOTAL)
        .scopes(Scope.USERS_READ)
        .returns(200, UserModels.LOGS, call -> list(users, logs, call));
  }

  private static Page<LogEntry> list(Users users, Logs logs, Call call) {
    var user = GetUser.of(users, call);
    return logs.list(
        call.project(), user, call.get(UserParams.QUERIES), call.get(UserParams.TOTAL));
  }
}
