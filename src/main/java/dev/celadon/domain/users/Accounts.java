package dev.celadon.domain.users;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.domain.users.AuthPolicy.Method;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What people do with their own account: sign up, sign in, change it, leave. */
public final class Accounts {

  /** The project whose users administer the installation. */
  public static final String CONSOLE = "console";

  private final Db transactions;
  private final Users users;
  private final Sessions sessions;
  private final Credentials credentials;
  private final AuthPolicy policy;

  public Accounts(
      Postgres postgres,
      Users users,
      Sessions sessions,
      Credentials credentials,
      AuthPolicy policy) {
    this.transactions = postgres.transactions();
    this.users = users;
    this.sessions = sessions;
    this.credentials = credentials;
    this.policy = policy;
  }

  /**
   * Makes a stranger a user. The first one of the console owns the installation; after that the
   * console is closed unless its policy says otherwise.
   */
  public User signUp(Change change, NewUser person) {
    require(change, Method.EMAIL_PASSWORD);
    // Before the hash is made, for a closed console shall cost a stranger's call nothing.
    if (closed(change)) throw Failure.with(Fault.USER_EMAIL_NOT_WHITELISTED);
    acceptEmail(change.project(), person.email());
    var hashed = credentials.hashed(change.project(), person);
    return transactions.tx(
        tx -> {
          admit(tx, change, hashed.id());
          return users.create(tx, change, hashed);
        });
  }

  /**
   * Begins a session for whoever knows the password.
   *
   * @throws Failure {@link Fault#USER_INVALID_CREDENTIALS}, or {@link Fault#USER_BLOCKED}
   */
  public Session signIn(Change change, String email, String password) {
    require(change, Method.EMAIL_PASSWORD);
    var user = credentials.check(change, email, password);
    if (!user.active()) throw Failure.with(Fault.USER_BLOCKED);
    credentials.refresh(change.project(), user, password);
    var start = new Sessions.Start("email", Emails.canonical(email), "password");
    return transactions.tx(
        tx -> {
          enter(tx, change.project(), user);
          return sessions.open(tx, change, user.id(), start);
        });
  }

  /** Makes a user of somebody who says nothing, and begins a session. */
  public Session signInAnonymously(Change change) {
    if (change.project().equals(CONSOLE)) {
      throw Failure.with(Fault.USER_ANONYMOUS_CONSOLE_PROHIBITED);
    }
    require(change, Method.ANONYMOUS);
    var person = NewUser.anonymous(Ids.unique());
    return transactions.tx(
        tx -> {
          admit(tx, change, person.id());
          enter(tx, change.project(), users.create(tx, change, person));
          return sessions.open(
              tx, change, person.id(), new Sessions.Start("anonymous", "", "anonymous"));
        });
  }

  /**
   * Gives a user another email. Who has no password yet, such as an anonymous user, gets this one.
   *
   * @throws Failure {@link Fault#USER_EMAIL_ALREADY_EXISTS}; users are never merged. Also when the
   *     project wants no such addresses
   */
  public User changeEmail(Change change, String id, String email, String password) {
    var edit = UserEdit.email(email);
    acceptEmail(change.project(), edit.email());
    return change(change, id, edit, password);
  }

  /** {@link #changeEmail} for the phone number. */
  public User changePhone(Change change, String id, String phone, String password) {
    return change(change, id, UserEdit.phone(phone), password);
  }

  /**
   * Gives a user another password.
   *
   * @param old the one until now; not needed by who has none
   * @param session the caller's own, which stays
   */
  public User changePassword(
      Change change, String id, String session, String password, @Nullable String old) {
    var user = users.get(change.project(), id);
    if (user.password() != null) credentials.confirm(change, user, old);
    return credentials.replace(change, user, password, session);
  }

  /** Blocks the user at his own wish: only a server can undo it. All sessions end. */
  public User block(Change change, String id) {
    return transactions.tx(
        tx -> {
          var user = users.update(tx, change, id, UserEdit.active(false));
          sessions.end(tx, change, id, "");
          return user;
        });
  }

  /** Deletes the user; the owner of the installation stays while there are others. */
  public void leave(Change change, String id, Users.Departure departure) {
    users.delete(
        change,
        id,
        (tx, made, user) -> {
          if (made.project().equals(CONSOLE)) Owners.release(tx, user);
          departure.leave(tx, made, user);
        });
  }

  private User change(Change change, String id, UserEdit edit, String password) {
    var user = users.get(change.project(), id);
    if (user.password() != null) {
      credentials.confirm(change, user, password);
      credentials.checkPersonal(change.project(), edit, password);
      return users.update(change, id, edit);
    }
    credentials.checkPersonal(change.project(), edit, password);
    var hash = credentials.accept(change.project(), user, password);
    return transactions.tx(
        tx -> {
          credentials.store(tx, change.project(), user, hash, 0);
          return users.update(tx, change, id, edit);
        });
  }

  private void acceptEmail(String project, @Nullable String email) {
    if (email == null) return;
    for (var rule : policy.of(project).emails()) rule.check(email);
  }

  /** Lets one more user in, or refuses. */
  private void admit(Db tx, Change change, String id) {
    var project = change.project();
    var settings = policy.of(project);
    if (project.equals(CONSOLE)) {
      Owners.claim(tx, id, settings.signUp());
    } else if (!settings.signUp()) {
      throw Failure.with(Fault.USER_UNAUTHORIZED);
    }
    if (settings.users() > 0) count(tx, project, settings.users());
  }

  /** Refuses to exceed the limit; sign-ups of a project that has one wait for each other. */
  private static void count(Db tx, String project, long limit) {
    tx.run("SELECT pg_advisory_xact_lock(hashtextextended('users ' || $1::text, 0))", project);
    long users =
        tx.one(
                row -> row.getLong(0),
                "SELECT count(*) FROM celadon.users WHERE project = $1",
                project)
            .orElseThrow();
    if (users >= limit) throw Failure.with(Fault.USER_COUNT_EXCEEDED);
  }

  private boolean closed(Change change) {
    return change.project().equals(CONSOLE)
        && !policy.of(CONSOLE).signUp()
        && Owners.find(transactions).isPresent();
  }

  /**
   * Notes the visit, and holds the user's row so that the limit of sessions is exact. Fails when
   * the user was blocked or got another password since the caller's was checked.
   */
  private static void enter(Db tx, String project, User user) {
    var set = user.passwordSet();
    int found =
        tx.run(
            """
            UPDATE celadon.users SET accessed = now()
            WHERE project = $1 AND id = $2 AND active AND password_set IS NOT DISTINCT FROM $3
            """,
            project,
            user.id(),
            set == null ? null : set.atOffset(ZoneOffset.UTC));
    if (found == 0) throw Failure.with(Fault.USER_INVALID_CREDENTIALS);
  }

  private void require(Change change, Method method) {
    if (!policy.of(change.project()).methods().contains(method)) {
      throw Failure.with(Fault.USER_AUTH_METHOD_UNSUPPORTED);
    }
  }
}
