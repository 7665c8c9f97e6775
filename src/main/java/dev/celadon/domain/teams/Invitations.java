package dev.celadon.domain.teams;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.domain.users.NewUser;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.Users;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings people into teams who may not even be users yet. */
public final class Invitations {

  private final Db transactions;
  private final Memberships memberships;
  private final Users users;

  public Invitations(Postgres postgres, Memberships memberships, Users users) {
    this.transactions = postgres.transactions();
    this.memberships = memberships;
    this.users = users;
  }

  /** Who is to come, named by one of id, email and phone; the name is for new users. */
  public record Guest(
      @Nullable String user, @Nullable String email, @Nullable String phone, String name) {}

  /**
   * Adds somebody to a team, confirmed at once, if a server or an administrator asks. Whoever else
   * asks would have to send a mail, and there is no mail server.
   *
   * @throws Failure {@link Fault#SMTP_DISABLED} to owners
   */
  public Membership add(Change change, String team, Guest guest, List<String> roles) {
    if (guest.user() == null && guest.email() == null && guest.phone() == null) {
      throw Failure.with(Fault.ARGUMENT_INVALID, "one of userId, email and phone is needed");
    }
    return transactions.tx(
        tx -> {
          Teams.hold(tx, change, team);
          if (!change.actor().privileged()) throw Failure.with(Fault.SMTP_DISABLED);
          var user = find(change.project(), guest).orElseGet(() -> create(tx, change, guest));
          return memberships.add(tx, change, team, user.id(), roles);
        });
  }

  private Optional<User> find(String project, Guest guest) {
    if (guest.user() != null) return Optional.of(users.get(project, guest.user()));
    if (guest.email() != null) return users.byEmail(project, guest.email());
    return users.byPhone(project, guest.phone() == null ? "" : guest.phone());
  }

  private User create(Db tx, Change change, Guest guest) {
    var person = new NewUser(Ids.unique(), guest.email(), guest.phone(), null, null, guest.name());
    return users.create(tx, change, person);
  }
}
