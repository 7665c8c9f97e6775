package dev.celadon.domain.users;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of users: setting and checking them. Hashing is never done inside a transaction, so a
 * row is not held while others wait for the processor.
 */
public final class Credentials {

  private final Db point;
  private final Db transactions;
  private final Users users;
  private final Sessions sessions;
  private final Hashes hashes;
  private final AuthPolicy policy;
  private final Attempts attempts;

  /** How passwords are hashed, and how often one may try them. */
  public record Checks(Hashes hashes, Attempts attempts) {}

  public Credentials(
      Postgres postgres, Users users, Sessions sessions, Checks checks, AuthPolicy policy) {
    this.point = postgres.point();
    this.transactions = postgres.transactions();
    this.users = users;
    this.sessions = sessions;
    this.hashes = checks.hashes();
    this.attempts = checks.attempts();
    this.policy = policy;
  }

  /** The same person with the password, if there is one, hashed. */
  public NewUser hashed(String project, NewUser person) {
    var password = person.password();
    if (password == null) return person;
    PasswordRules.check(policy.of(project), person, password);
    return person.hashed(hashes.hash(password));
  }

  /**
   * The same person with a hash made elsewhere.
   *
   * @throws Failure {@link Fault#ARGUMENT_INVALID} for a hash that could never be verified
   */
  public NewUser imported(NewUser person, String hash) {
    if (!hashes.knows(hash)) {
      throw Failure.with(Fault.ARGUMENT_INVALID, "the password is not a hash of this kind");
    }
    return person.hashed(hash);
  }

  /**
   * The user whose email and password these are. An unknown email takes as long as a wrong
   * password, and is answered the same.
   *
   * @throws Failure {@link Fault#USER_INVALID_CREDENTIALS}, or {@link Fault#RATE_LIMIT_EXCEEDED}
   *     when too many tried this account
   */
  User check(Change change, String email, String password) {
    var project = change.project();
    var account = "email|" + project + "|" + Emails.canonical(email);
    return attempt(change, account, () -> find(project, email, password));
  }

  private User find(String project, String email, String password) {
    var user = users.byEmail(project, email).orElse(null);
    var hash = user == null ? null : user.password();
    if (user == null || hash == null) {
      hashes.pretend(password);
      throw Failure.with(Fault.USER_INVALID_CREDENTIALS);
    }
    verify(password, hash);
    return user;
  }

  /**
   * Makes sure that whoever acts knows the user's password.
   *
   * <p>Counted apart from sign-in: strangers who guess there do not keep out who is in already.
   *
   * @throws Failure {@link Fault#USER_INVALID_CREDENTIALS}, also when the user has none, or {@link
   *     Fault#RATE_LIMIT_EXCEEDED}
   */
  void confirm(Change change, User user, @Nullable String password) {
    var hash = user.password();
    if (hash == null || password == null) throw Failure.with(Fault.USER_INVALID_CREDENTIALS);
    attempt(change, "user|" + change.project() + "|" + user.id(), () -> verify(password, hash));
  }

  private boolean verify(String password, String hash) {
    if (!hashes.verify(password, hash)) throw Failure.with(Fault.USER_INVALID_CREDENTIALS);
    return true;
  }

  /** Only a wrong password counts: not a right one, nor what could not be found out. */
  private <T> T attempt(Change change, String account, Supplier<T> check) {
    if (change.actor().privileged()) return check.get();
    var attempt = attempts.begin(account);
    boolean wrong = false;
    try {
      return check.get();
    } catch (Failure failure) {
      wrong = failure.fault() == Fault.USER_INVALID_CREDENTIALS;
      throw failure;
    } finally {
      if (!wrong) attempt.takeBack();
    }
  }

  /** Refuses an email or phone number that stands in the user's password, if a project says so. */
  void checkPersonal(String project, UserEdit edit, String password) {
    var person = new NewUser("", edit.email(), edit.phone(), null, null, "");
    PasswordRules.checkPersonal(policy.of(project), person, password);
  }

  /** A hash for the user's new password, after all that the project wants of one. */
  String accept(String project, User user, String password) {
    var settings = policy.of(project);
    var person = new NewUser(user.id(), user.email(), user.phone(), null, null, user.name());
    PasswordRules.check(settings, person, password);
    if (settings.history() > 0) {
      PasswordRules.checkHistory(hashes, before(project, user, settings.history()), password);
    }
    return hashes.hash(password);
  }

  /** Sets a user's password on behalf of a server. */
  public User set(Change change, String id, String password) {
    return replace(change, users.get(change.project(), id), password, "");
  }

  /**
   * Sets a user's password, unless it was changed in the meantime; ends the other sessions where
   * the project wants that.
   *
   * @param session the session that stays; may be empty
   */
  User replace(Change change, User user, String password, String session) {
    var hash = accept(change.project(), user, password);
    var settings = policy.of(change.project());
    return transactions.tx(
        tx -> {
          store(tx, change.project(), user, hash, settings.history());
          if (settings.endsSessions()) sessions.end(tx, change, user.id(), session);
          return users.update(tx, change, user.id(), UserEdit.NOTHING);
        });
  }

  /** Puts the hash in the place of the one that {@code user} was read with. */
  void store(Db tx, String project, User user, String hash, int history) {
    int found =
        tx.run(
            """
            UPDATE celadon.users SET password = $3, password_set = now(),
              previous = (array_remove(ARRAY[password], NULL) || previous)[1:$5]
            WHERE project = $1 AND id = $2 AND password IS NOT DISTINCT FROM $4::text
            """,
            project,
            user.id(),
            hash,
            user.password(),
            Math.max(0, history));
    if (found == 0) throw Failure.with(Fault.USER_INVALID_CREDENTIALS);
  }

  /** Hashes an old way of hashing anew, now that the password is at hand. Best effort. */
  void refresh(String project, User user, String password) {
    var old = user.password();
    if (old == null || !hashes.stale(old)) return;
    var hash = hashes.hash(password);
    point.run(
        """
        UPDATE celadon.users SET password = $3 WHERE project = $1 AND id = $2 AND password = $4
        """,
        project,
        user.id(),
        hash,
        old);
  }

  private List<String> before(String project, User user, int history) {
    var before = new ArrayList<String>();
    if (user.password() != null) before.add(user.password());
    point
        .one(
            row -> List.of(row.getArrayOfStrings(0)),
            "SELECT previous FROM celadon.users WHERE project = $1 AND id = $2",
            project,
            user.id())
        .ifPresent(before::addAll);
    return before.subList(0, Math.min(before.size(), history));
  }
}
