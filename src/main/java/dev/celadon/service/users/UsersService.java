package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.users.Credentials;
import dev.celadon.domain.users.Logs;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.Signing;
import dev.celadon.domain.users.Tokens;
import dev.celadon.domain.users.Users;
import java.util.List;
import java.util.stream.Stream;

/** The service {@code users}. */
public final class UsersService implements Service {

  static final String NAME = "users";

  /** What the endpoints work with. */
  public record Parts(
      Users users,
      Credentials credentials,
      Sessions sessions,
      Memberships memberships,
      Logs logs,
      Tokens tokens) {}

  private final Parts parts;

  public UsersService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Action> actions() {
    var users = parts.users();
    var sessions = parts.sessions();
    var single =
        Stream.of(
            ListUsers.in(users),
            CreateUser.in(users, parts.credentials()),
            GetUser.in(users),
            DeleteUser.in(users, parts.memberships()),
            UpdatePassword.in(parts.credentials()),
            GetPrefs.in(users),
            UpdatePrefs.in(users),
            ListSessions.in(users, sessions),
            CreateSession.in(sessions, new Signing(parts.tokens())),
            DeleteSession.in(sessions),
            DeleteSessions.in(users, sessions),
            CreateJwt.in(parts),
            ListMemberships.in(users, parts.memberships()),
            ListLogs.in(users, parts.logs()));
    var families =
        Stream.of(UpdateUser.in(users), ImportUser.in(users, parts.credentials()))
            .flatMap(List::stream);
    return Stream.concat(single, families).toList();
  }
}
