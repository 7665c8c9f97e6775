package dev.celadon;

import dev.celadon.api.Service;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.Privacy;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.AuthPolicy;
import dev.celadon.domain.users.Credentials;
import dev.celadon.domain.users.Logs;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.Tokens;
import dev.celadon.domain.users.Users;
import dev.celadon.event.EventLog;
import dev.celadon.service.account.AccountService;
import dev.celadon.service.teams.TeamsService;
import dev.celadon.service.users.UsersService;
import dev.celadon.store.Postgres;
import java.util.List;

/** The half of the wiring that is about people: their accounts, sessions and teams. */
final class People {

  /** What people need from elsewhere. */
  record Needs(Credentials.Checks checks, Tokens tokens, AuthPolicy policy, Privacy privacy) {}

  static List<Service> services(Postgres postgres, EventLog log, Users users, Needs needs) {
    var sessions = new Sessions(postgres, log, needs.policy());
    var credentials = new Credentials(postgres, users, sessions, needs.checks(), needs.policy());
    var accounts = new Accounts(postgres, users, sessions, credentials, needs.policy());
    var memberships = new Memberships(postgres, log, needs.privacy());
    var logs = new Logs(postgres);
    return List.of(
        new AccountService(
            new AccountService.Parts(
                users, accounts, sessions, memberships, logs, needs.tokens(), needs.policy())),
        new UsersService(
            new UsersService.Parts(
                users, credentials, sessions, memberships, logs, needs.tokens())),
        new TeamsService(
            new Teams(postgres, log), memberships, new Invitations(postgres, memberships, users)));
  }

  private People() {}
}
