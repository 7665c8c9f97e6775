package dev.celadon.domain.users;

import dev.celadon.api.Change;
import dev.celadon.api.Event;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import java.util.List;
import java.util.Map;

/** The sessions of users. A session ends when its row goes, at once and on every node. */
public final class Sessions {

  private static final Event DELETE = Event.of("users.[userId].sessions.[sessionId].delete");

  private final Db point;
  private final Db transactions;
  private final EventLog log;
  private final AuthPolicy policy;

  public Sessions(Postgres postgres, EventLog log, AuthPolicy policy) {
    this.point = postgres.point();
    this.transactions = postgres.transactions();
    this.log = log;
    this.policy = policy;
  }

  /**
   * How a session comes to be.
   *
   * @param provider how the user signs in, as {@link Session#provider}
   * @param providerUid who the user is to the provider
   * @param factor what the user showed
   */
  public record Start(String provider, String providerUid, String factor) {}

  /** The sessions of a user that are not over, the oldest first. */
  public List<Session> list(String project, String user) {
    return point.list(
        Session::of,
        """
        SELECT * FROM celadon.sessions
        WHERE project = $1 AND user_id = $2 AND expires > now() ORDER BY created, id
        """,
        project,
        user);
  }

  /** One session of a user, or {@link Fault#USER_SESSION_NOT_FOUND}. */
  public Session get(String project, String user, String id) {
    return point
        .one(
            Session::of,
            """
            SELECT * FROM celadon.sessions
            WHERE project = $1 AND id = $3 AND user_id = $2 AND expires > now()
            """,
            project,
            user,
            id)
        .orElseThrow(Sessions::missing);
  }

  /** Begins a session on behalf of a server. */
  public Session create(Change change, String user) {
    return transactions.tx(
        tx -> {
          int found =
              tx.run(
                  "SELECT 1 FROM celadon.users WHERE project = $1 AND id = $2 FOR NO KEY UPDATE",
                  change.project(),
                  user);
          if (found == 0) throw Users.missing(user);
          return open(tx, change, user, new Start("server", "", "server"));
        });
  }

  /**
   * Begins a session; the oldest beyond the project's limit end. The caller holds the user's row,
   * so that the limit is exact.
   */
  Session open(Db tx, Change change, String user, Start start) {
    var settings = policy.of(change.project());
    makeRoom(tx, change, user, settings.sessions());
    var session =
        tx.one(
                Session::of,
                """
                INSERT INTO celadon.sessions
                  (project, id, user_id, expires, provider, provider_uid, ip, agent, factors)
                VALUES ($1, $2, $3, now() + $4::bigint * interval '1 second', $5, $6, $7, $8, $9)
                RETURNING *
                """,
                change.project(),
                Ids.unique(),
                user,
                settings.session().toSeconds(),
                start.provider(),
                start.providerUid(),
                change.origin().ip(),
                change.origin().userAgent(),
                new String[] {start.factor()})
            .orElseThrow();
    publish(tx, change, change.event(), session);
    return session;
  }

  /** Lets a session last as long as a new one. */
  public Session extend(Change change, String user, String id) {
    long seconds = policy.of(change.project()).session().toSeconds();
    return transactions.tx(
        tx -> {
          var session =
              tx.one(
                      Session::of,
                      """
                      UPDATE celadon.sessions
                      SET expires = now() + $4::bigint * interval '1 second', updated = now()
                      WHERE project = $1 AND id = $3 AND user_id = $2 AND expires > now()
                      RETURNING *
                      """,
                      change.project(),
                      user,
                      id,
                      seconds)
                  .orElseThrow(Sessions::missing);
          publish(tx, change, change.event(), session);
          return session;
        });
  }

  /** Ends one session of a user. */
  public void delete(Change change, String user, String id) {
    transactions.tx(
        tx -> {
          var session =
              tx.one(
                      Session::of,
                      """
                      DELETE FROM celadon.sessions
                      WHERE project = $1 AND id = $3 AND user_id = $2 RETURNING *
                      """,
                      change.project(),
                      user,
                      id)
                  .orElseThrow(Sessions::missing);
          publish(tx, change, DELETE, session);
          return session;
        });
  }

  /** Ends all sessions of a user, each with an event of its own; says how many there were. */
  public int deleteAll(Change change, String user) {
    return transactions.tx(tx -> end(tx, change, user, ""));
  }

  /** {@link #deleteAll} on behalf of a server, with one event more, about the user. */
  public void clear(Change change, User user) {
    transactions.tx(
        tx -> {
          var payload = UserModels.ACCOUNT.renderJson(user);
          var ids = Map.of("userId", user.id());
          log.append(tx, change, Fact.of(ids, payload, "user:" + user.id()));
          return end(tx, change, user.id(), "");
        });
  }

  /** Ends the sessions of a user but {@code kept}, which may be empty; says how many. */
  int end(Db tx, Change change, String user, String kept) {
    var ended =
        tx.list(
            Session::of,
            """
            DELETE FROM celadon.sessions
            WHERE project = $1 AND user_id = $2 AND id <> $3 RETURNING *
            """,
            change.project(),
            user,
            kept);
    ended.forEach(session -> publish(tx, change, DELETE, session));
    return ended.size();
  }

  private void makeRoom(Db tx, Change change, String user, int limit) {
    var ended =
        tx.list(
            Session::of,
            """
            DELETE FROM celadon.sessions s
            WHERE s.project = $1 AND s.user_id = $2 AND (s.expires <= now() OR ($3 > 0 AND s.id IN
              (SELECT id FROM celadon.sessions
               WHERE project = $1 AND user_id = $2 AND expires > now()
               ORDER BY created DESC, id DESC OFFSET greatest($3 - 1, 0))))
            RETURNING *
            """,
            change.project(),
            user,
            limit);
    ended.forEach(session -> publish(tx, change, DELETE, session));
  }

  private void publish(Db tx, Change change, Event event, Session session) {
    var ids = Map.of("userId", session.user(), "sessionId", session.id());
    var payload = UserModels.SESSION.renderJson(session);
    log.append(tx, change, event, Fact.of(ids, payload, "user:" + session.user()));
  }

  static Failure missing() {
    return Failure.with(Fault.USER_SESSION_NOT_FOUND);
  }
}
