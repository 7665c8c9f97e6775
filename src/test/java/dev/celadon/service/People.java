package dev.celadon.service;

import dev.celadon.api.Action;
import dev.celadon.api.Actor;
import dev.celadon.api.AsyncHandler;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Grants;
import dev.celadon.api.Handler;
import dev.celadon.api.Model;
import dev.celadon.api.Origin;
import dev.celadon.api.Service;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.Privacy;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.Attempts;
import dev.celadon.domain.users.AuthPolicy;
import dev.celadon.domain.users.Credentials;
import dev.celadon.domain.users.Identities;
import dev.celadon.domain.users.Identity;
import dev.celadon.domain.users.Logs;
import dev.celadon.domain.users.Sessions;
import dev.celadon.domain.users.Tokens;
import dev.celadon.domain.users.Users;
import dev.celadon.event.EventLog;
import dev.celadon.security.Argon2;
import dev.celadon.security.Passwords;
import dev.celadon.service.account.AccountService;
import dev.celadon.service.teams.TeamsService;
import dev.celadon.service.users.UsersService;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The services about people on a database of their own, called as the gateway calls them:
 * parameters are checked, the handler runs on a virtual thread, the model renders the answer.
 */
public final class People implements AutoCloseable {

  public static final Origin PHONE_CLIENT =
      new Origin(
          "203.0.113.9",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
              + " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
          "r",
          0,
          "");

  public static final Actor GUEST = new Actor.Guest(Grants.GUEST);
  public static final Actor KEY = new Actor.Key("k1", Set.of(dev.celadon.api.Scope.values()));

  /** What a project has decided; tests put another one here. */
  public volatile AuthPolicy.Settings settings = AuthPolicy.Settings.DEFAULT;

  public volatile Privacy.Visible visible = Privacy.Visible.ALL;

  public final Postgres postgres = TestPostgres.fresh();
  public final Passwords passwords = new Passwords(new Argon2.Cost(7_168, 5, 1), 2, 64);
  public final Users users;
  public final Memberships memberships;
  public final Identities identities = new Identities(postgres);
  private final List<Action> actions;

  /** The answer of a call: the body, and the cookie if one was set or ended. */
  public record Answer(JsonObject body, Model.@Nullable Cookie cookie) {}

  public People() {
    var log = new EventLog();
    AuthPolicy policy = project -> project.equals("console") ? settings.closed() : settings;
    users = new Users(postgres, log);
    memberships = new Memberships(postgres, log, project -> visible);
    var sessions = new Sessions(postgres, log, policy);
    var credentials =
        new Credentials(
            postgres,
            users,
            sessions,
            new Credentials.Checks(passwords, Attempts.UNCOUNTED),
            policy);
    var accounts = new Accounts(postgres, users, sessions, credentials, policy);
    var logs = new Logs(postgres);
    var tokens = new PlainTokens();
    var teams = new Teams(postgres, log);
    var invitations = new Invitations(postgres, memberships, users);
    List<Service> services =
        List.of(
            new AccountService(
                new AccountService.Parts(
                    users, accounts, sessions, memberships, logs, tokens, policy)),
            new UsersService(
                new UsersService.Parts(users, credentials, sessions, memberships, logs, tokens)),
            new TeamsService(teams, memberships, invitations));
    actions = services.stream().flatMap(service -> service.actions().stream()).toList();
  }

  /** Gives the connections back: the server of the tests has few. */
  @Override
  public void close() {
    passwords.close();
    wait(postgres.close());
  }

  public static JsonObject body(Object... namesAndValues) {
    var body = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      body.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return body;
  }

  public JsonObject call(String id, Actor actor, Object... namesAndValues) {
    return ask("p", id, actor, body(namesAndValues)).body();
  }

  /** Calls {@code id}, such as {@code account.create}, for {@code actor} in {@code project}. */
  public Answer ask(String project, String id, Actor actor, JsonObject params) {
    var action =
        actions.stream().filter(a -> a.endpoint().id().equals(id)).findFirst().orElseThrow();
    var endpoint = action.endpoint();
    var values = new HashMap<String, Object>();
    for (var param : endpoint.params()) {
      var value = param.read(params.getValue(param.name()));
      if (value != null) values.put(param.name(), value);
    }
    var call = new Call(endpoint, project, actor, PHONE_CLIENT, values);
    Object answer = waiting(() -> run(action, call));
    return new Answer(endpoint.model().renderJson(answer), endpoint.model().cookie(answer));
  }

  /** The type of the failure of a call that must fail. */
  public Fault refused(String id, Actor actor, Object... namesAndValues) {
    try {
      call(id, actor, namesAndValues);
    } catch (Failure failure) {
      return failure.fault();
    }
    throw new AssertionError(id + " was not refused");
  }

  /** Signs up and in; the actor that requests with that session would get. */
  public Actor.User join(String id) {
    call("account.create", GUEST, "userId", id, "email", id + "@x.test", "password", "12345678");
    return signIn(id);
  }

  public Actor.User signIn(String id) {
    var session =
        call(
            "account.createEmailPasswordSession",
            GUEST,
            "email",
            id + "@x.test",
            "password",
            "12345678");
    return user(id, session.getString("$id"));
  }

  /** Why {@code id} may not sign in with this password. */
  public Fault refusedSignIn(String id, String password) {
    var email = id + "@x.test";
    var sign = "account.createEmailPasswordSession";
    return refused(sign, GUEST, "email", email, "password", password);
  }

  public static Actor.User user(String id, String session) {
    return new Actor.User(id, session, Set.of("any", "users", "user:" + id), Grants.USER);
  }

  public @Nullable Identity identity(Actor.User user) {
    return wait(identities.bySession("p", user.id(), user.session()));
  }

  /** The names of all events so far, with their ids. */
  public List<String> events() {
    return waiting(
        () ->
            postgres
                .transactions()
                .list(
                    row -> row.getString(0) + " " + row.getString(1),
                    """
                    SELECT event, array_to_string(ids, ',') FROM celadon.events ORDER BY id
                    """));
  }

  public long count(String sql) {
    return waiting(() -> postgres.transactions().one(row -> row.getLong(0), sql).orElseThrow());
  }

  public String dump(String table) {
    return waiting(
        () ->
            postgres
                .transactions()
                .list(row -> row.getString(0), "SELECT to_json(t)::text FROM " + table + " t")
                .toString());
  }

  /** All of {@code work} at once, each on a thread of its own; what came of each. */
  public static <T> List<Object> parallel(int times, Callable<T> work) {
    var tasks =
        Stream.generate(
                () ->
                    new FutureTask<Object>(
                        () -> {
                          try {
                            return work.call();
                          } catch (Failure failure) {
                            return failure.fault();
                          }
                        }))
            .limit(times)
            .toList();
    tasks.forEach(task -> Thread.ofVirtual().start(task));
    return tasks.stream().map(People::get).toList();
  }

  public static JsonArray texts(String... texts) {
    return new JsonArray(List.of(texts));
  }

  public static <T> T waiting(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return get(task);
  }

  private static <T> T get(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private static <T> T wait(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static Object run(Action action, Call call) throws Exception {
    return switch (action.work()) {
      case Handler<?> handler -> handler.handle(call);
      case AsyncHandler<?> handler -> handler.handle(call).await();
    };
  }

  /** Tokens that can be read by eye. */
  private static final class PlainTokens implements Tokens {
    @Override
    public String session(String project, String user, String session, Instant expires) {
      return "secret." + project + "." + user + "." + session;
    }

    @Override
    public String jwt(String project, String user, String session, Duration length) {
      return "jwt." + project + "." + user + "." + session + "." + length.toSeconds();
    }
  }
}
