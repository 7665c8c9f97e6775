package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Logs;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import dev.celadon.domain.users.Users;

final class ListLogs {

  static Action in(Users users, Logs logs) {
    return Endpoint.get("/v1/account/logs")
        .named(AccountService.NAME, "listLogs")
        .doc("List logs", "What the user who calls has done, the latest first.")
        .params(UserParams.QUERIES, UserParams.TOTAL)
        .scopes(Scope.ACCOUNT)
        .returns(
            200,
            UserModels.LOGS,
            call ->
                logs.list(
                    call.project(),
                    users.get(call.project(), Self.of(call).id()),
                    call.get(UserParams.QUERIES),
                    call.get(UserParams.TOTAL)));
  }
}
