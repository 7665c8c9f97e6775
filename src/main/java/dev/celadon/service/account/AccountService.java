package dev.celadon.service.account;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.AuthPolicy;
import dev.celadon.domain.users.Logs;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.Signing;
import dev.celadon.domain.users.Tokens;
import dev.celadon.domain.users.Users;
import java.util.List;

/** The service {@code account}. */
public final class AccountService implements Service {

  static final String NAME = "account";

  /** What the endpoints work with. */
  public record Parts(
      Users users,
      Accounts accounts,
      Sessions sessions,
      Memberships memberships,
      Logs logs,
      Tokens tokens,
      AuthPolicy policy) {}

  private final Parts parts;

  public AccountService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Action> actions() {
    var signing = new Signing(parts.tokens());
    return List.of(
        CreateAccount.in(parts.accounts()),
        GetAccount.in(parts.users()),
        DeleteAccount.in(parts.accounts(), parts.memberships()),
        UpdateName.in(parts.users()),
        UpdateEmail.in(parts.accounts()),
        UpdatePhone.in(parts.accounts()),
        UpdatePassword.in(parts.accounts()),
        UpdateStatus.in(parts.accounts()),
        GetPrefs.in(parts.users()),
        UpdatePrefs.in(parts.users()),
        CreateEmailSession.in(parts.accounts(), signing),
        CreateAnonymousSession.in(parts.accounts(), signing),
        ListSessions.in(parts.sessions()),
        GetSession.in(parts.sessions()),
        UpdateSession.in(parts.sessions(), signing),
        DeleteSession.in(parts.sessions()),
        DeleteSessions.in(parts.sessions()),
        CreateJwt.in(parts),
        ListLogs.in(parts.users(), parts.logs()));
  }
}
