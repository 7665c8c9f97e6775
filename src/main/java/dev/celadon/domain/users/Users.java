package dev.celadon.domain.users;

import dev.celadon.api.Change;
import dev.celadon.api.Event;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.api.Page;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users of a project, as a server administers them. */
public final class Users {

  private static final Event CREATE = Event.of("users.[userId].create");

  private static final Listing<User> LISTING =
      new Listing<>(
          "(SELECT u.project," + User.COLUMNS + " FROM celadon.users u) AS users",
          Attributes.of(
              Attribute.text("$id", "id"),
              Attribute.time("$createdAt", "created"),
              Attribute.time("$updatedAt", "updated"),
              Attribute.time("registration", "created"),
              Attribute.text("name", "name"),
              Attribute.text("email", "email"),
              Attribute.text("phone", "phone"),
              Attribute.bool("status", "active"),
              Attribute.time("passwordUpdate", "password_set"),
              Attribute.bool("emailVerification", "email_verified"),
              Attribute.bool("phoneVerification", "phone_verified"),
              Attribute.bool("mfa", "mfa"),
              Attribute.text("labels", "labels").list(),
              Attribute.time("accessedAt", "accessed")),
          List.of("id", "name", "email", "phone"),
          User::of);

  private final Db point;
  private final Db list;
  private final Db transactions;
  private final EventLog log;

  public Users(Postgres postgres, EventLog log) {
    this.point = postgres.point();
    this.list = postgres.list();
    this.transactions = postgres.transactions();
    this.log = log;
  }

  /** What else must happen when a user goes, in the transaction of it. */
  @FunctionalInterface
  public interface Departure {
    void leave(Db tx, Change change, String user);
  }

  /** The user, or {@link Fault#USER_NOT_FOUND}. */
  public User get(String project, String id) {
    return find(point, project, id).orElseThrow(() -> missing(id));
  }

  /** {@link #get} for an event loop. */
  public Future<User> getAsync(String project, String id) {
    return point
        .oneAsync(
            User::of,
            "SELECT" + User.COLUMNS + "FROM celadon.users u WHERE u.project = $1 AND u.id = $2",
            project,
            id)
        .map(user -> user.orElseThrow(() -> missing(id)));
  }

  /** The users of a project that fit. */
  public Page<User> list(String project, Listing.Wanted wanted) {
    return LISTING.page(list, project, wanted);
  }

  /** The user with that email, however it is written. */
  public Optional<User> byEmail(String project, String email) {
    return point.one(
        User::of,
        "SELECT" + User.COLUMNS + "FROM celadon.users u WHERE u.project = $1 AND u.email = $2",
        project,
        Emails.canonical(email));
  }

  /** The user with that phone number. */
  public Optional<User> byPhone(String project, String phone) {
    return point.one(
        User::of,
        "SELECT" + User.COLUMNS + "FROM celadon.users u WHERE u.project = $1 AND u.phone = $2",
        project,
        phone);
  }

  /** Creates a user whose password, if any, is hashed already. */
  public User create(Change change, NewUser person) {
    return transactions.tx(tx -> create(tx, change, person));
  }

  /**
   * Creates a user within a transaction that does more.
   *
   * @throws Failure {@link Fault#USER_ALREADY_EXISTS} when id, email or phone is taken
   */
  public User create(Db tx, Change change, NewUser person) {
    if (person.password() != null) throw new IllegalArgumentException("a password must be hashed");
    try {
      tx.run(
          """
          INSERT INTO celadon.users (project, id, name, email, phone, password, password_set)
          VALUES ($1, $2, $3, $4, $5, $6::text, CASE WHEN $6::text IS NULL THEN NULL ELSE now() END)
          """,
          change.project(),
          person.id(),
          person.name(),
          person.email(),
          person.phone(),
          person.hash());
    } catch (Db.Conflict conflict) {
      throw Failure.with(Fault.USER_ALREADY_EXISTS);
    }
    reach(tx, change.project(), person.id(), "email", person.email());
    reach(tx, change.project(), person.id(), "sms", person.phone());
    var user = find(tx, change.project(), person.id()).orElseThrow();
    publish(tx, change, CREATE, user);
    return user;
  }

  /**
   * Changes one thing of a user.
   *
   * @throws Failure when there is no such user, or another one has the email or phone
   */
  public User update(Change change, String id, UserEdit edit) {
    return transactions.tx(tx -> update(tx, change, id, edit));
  }

  /** {@link #update(Change, String, UserEdit)} within a transaction that does more. */
  User update(Db tx, Change change, String id, UserEdit edit) {
    try {
      int found =
          tx.run(
              """
              UPDATE celadon.users SET updated = now(), name = coalesce($3, name),
                email = coalesce($4, email), phone = coalesce($5, phone),
                labels = coalesce($6, labels), active = coalesce($7, active),
                email_verified = coalesce($8, email_verified),
                phone_verified = coalesce($9, phone_verified), prefs = coalesce($10, prefs)
              WHERE project = $1 AND id = $2
              """,
              change.project(),
              id,
              edit.name(),
              edit.email(),
              edit.phone(),
              edit.labels() == null ? null : edit.labels().toArray(String[]::new),
              edit.active(),
              edit.emailVerified(),
              edit.phoneVerified(),
              edit.prefs());
      if (found == 0) throw missing(id);
    } catch (Db.Conflict conflict) {
      throw Failure.with(taken(conflict));
    }
    if (edit.email() != null) reach(tx, change.project(), id, "email", edit.email());
    if (edit.phone() != null) reach(tx, change.project(), id, "sms", edit.phone());
    var user = find(tx, change.project(), id).orElseThrow();
    publish(tx, change, change.event(), user);
    return user;
  }

  /** Deletes a user with sessions and targets; {@code departure} does what else there is to do. */
  public void delete(Change change, String id, Departure departure) {
    transactions.tx(
        tx -> {
          var user = lock(tx, change.project(), id);
          departure.leave(tx, change, id);
          publish(tx, change, change.event(), user);
          return tx.run(
              "DELETE FROM celadon.users WHERE project = $1 AND id = $2", change.project(), id);
        });
  }

  /** Removes everybody of a project that goes. */
  public static void erase(Db tx, String project) {
    tx.run("DELETE FROM celadon.sessions WHERE project = $1", project);
    tx.run("DELETE FROM celadon.targets WHERE project = $1", project);
    tx.run("DELETE FROM celadon.users WHERE project = $1", project);
  }

  /** The user, held against changes until the transaction ends. */
  User lock(Db tx, String project, String id) {
    int found =
        tx.run(
            "SELECT 1 FROM celadon.users WHERE project = $1 AND id = $2 FOR UPDATE", project, id);
    if (found == 0) throw missing(id);
    return find(tx, project, id).orElseThrow(() -> missing(id));
  }

  void publish(Db tx, Change change, Event event, User user) {
    var ids = Map.of("userId", user.id());
    var payload = UserModels.ACCOUNT.renderJson(user);
    log.append(tx, change, event, Fact.of(ids, payload, "user:" + user.id()));
  }

  /** There is no such user. */
  public static Failure missing(String id) {
    return Failure.with(Fault.USER_NOT_FOUND, id);
  }

  private static Optional<User> find(Db db, String project, String id) {
    return db.one(
        User::of,
        "SELECT" + User.COLUMNS + "FROM celadon.users u WHERE u.project = $1 AND u.id = $2",
        project,
        id);
  }

  /** Keeps the target that stands for a user's email or phone number equal to it. */
  private static void reach(
      Db tx, String project, String user, String kind, @Nullable String identifier) {
    if (identifier == null) return;
    tx.run(
        """
        DELETE FROM celadon.targets
        WHERE project = $1 AND user_id = $2 AND kind = $3 AND provider IS NULL AND identifier <> $4
        """,
        project,
        user,
        kind,
        identifier);
    tx.run(
        """
        INSERT INTO celadon.targets (project, id, user_id, kind, identifier)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
        """,
        project,
        Ids.unique(),
        user,
        kind,
        identifier);
  }

  private static Fault taken(Db.Conflict conflict) {
    return switch (conflict.constraint()) {
      case "users_email" -> Fault.USER_EMAIL_ALREADY_EXISTS;
      case "users_phone" -> Fault.USER_PHONE_ALREADY_EXISTS;
      default -> Fault.USER_ALREADY_EXISTS;
    };
  }
}
