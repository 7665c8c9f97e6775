package dev.celadon;

import dev.celadon.config.Config;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A real server for tests: on a port of its own, over a fresh database of the shared PostgreSQL,
 * with an installation owner signed in, a team and a project {@code p1}. Made lazily, once for each
 * test class: {@code static final TestServer SERVER = TestServer.start();}.
 */
public final class TestServer {

  private static final String PASSWORD = "correct horse battery";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Server server;
  private final Postgres postgres;

  private TestServer(Server server, Postgres postgres) {
    this.server = server;
    this.postgres = postgres;
  }

  /** A server without rate limits. */
  public static TestServer start() {
    return start(config -> TestConfig.with(config, false));
  }

  /** A server as {@code change} configures it; the port is always the system's choice. */
  public static TestServer start(UnaryOperator<Config> change) {
    return start(change, Clock.systemUTC());
  }

  /** The same with rate limits that go by {@code limits}. */
  public static TestServer start(UnaryOperator<Config> change, Clock limits) {
    var postgres = TestPostgres.fresh();
    var vertx = Vertx.vertx();
    return new TestServer(
        Server.of(vertx, change.apply(TestConfig.base()), postgres, limits).start(), postgres);
  }

  public Server server() {
    return server;
  }

  public Postgres postgres() {
    return postgres;
  }

  public int port() {
    return server.port();
  }

  /** What a caller sends: the project and headers that say who he is. */
  public record As(String project, Map<String, String> headers) {
    public static As guest(String project) {
      return new As(project, Map.of());
    }

    public static As key(String project, String secret) {
      return new As(project, Map.of("x-appwrite-key", secret));
    }

    public static As session(String project, String secret) {
      return new As(project, Map.of("x-appwrite-session", secret));
    }

    /** A console user as administrator of a project. */
    public static As admin(String project, String secret) {
      return new As(project, Map.of("x-appwrite-session", secret, "x-appwrite-mode", "admin"));
    }
  }

  /** An answer. {@code text} is the raw body, {@code json} the same as an object if it is one. */
  public record Answer(int status, String text, HttpResponse<String> raw) {
    public JsonObject json() {
      return new JsonObject(text);
    }

    /** The error's type; fails if this is no error of the wire's form. */
    public String type() {
      return json().getString("type");
    }

    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  public Answer get(As as, String path) {
    return call(as, "GET", path, null);
  }

  public Answer post(As as, String path, JsonObject body) {
    return call(as, "POST", path, body.encode());
  }

  public Answer put(As as, String path, JsonObject body) {
    return call(as, "PUT", path, body.encode());
  }

  public Answer patch(As as, String path, JsonObject body) {
    return call(as, "PATCH", path, body.encode());
  }

  public Answer delete(As as, String path) {
    return call(as, "DELETE", path, null);
  }

  /** Any call; {@code body} is sent as it is, null for none. */
  public Answer call(As as, String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("x-appwrite-project", as.project());
    if (body != null) request.header("content-type", "application/json");
    as.headers().forEach(request::header);
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Signs up and in; the answer is the session's secret, taken from its cookie. */
  public String signIn(String project, String userId) {
    var as = As.guest(project);
    var email = userId + "@example.org";
    expect(
        201,
        post(
            as,
            "/v1/account",
            new JsonObject().put("userId", userId).put("email", email).put("password", PASSWORD)));
    var session =
        expect(
            201,
            post(
                as,
                "/v1/account/sessions/email",
                new JsonObject().put("email", email).put("password", PASSWORD)));
    return cookie(session, project);
  }

  private static String cookie(Answer answer, String project) {
    var name = "a_session_" + project + "=";
    return answer.raw().headers().allValues("set-cookie").stream()
        .filter(header -> header.startsWith(name))
        .map(header -> header.substring(name.length()).split(";")[0])
        .findFirst()
        .orElseThrow();
  }

  /** The installation's owner, with team {@code t1} and project {@code p1}. */
  public As owner() {
    var secret = signIn("console", "owner");
    var console = As.session("console", secret);
    expect(
        201, post(console, "/v1/teams", new JsonObject().put("teamId", "t1").put("name", "Team")));
    project(console, "p1");
    return console;
  }

  /** Makes a project of team {@code t1}. */
  public void project(As console, String id) {
    expect(
        201,
        post(
            console,
            "/v1/projects",
            new JsonObject().put("projectId", id).put("name", id).put("teamId", "t1")));
  }

  /** A key of the project with these scopes. */
  public As key(As console, String project, String... scopes) {
    List<String> all = new ArrayList<>(List.of(scopes));
    var key =
        expect(
            201,
            post(
                console,
                "/v1/projects/" + project + "/keys",
                new JsonObject().put("name", "key").put("scopes", all)));
    return As.key(project, key.json().getString("secret"));
  }

  /** The answer, if it has this status. */
  public static Answer expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError(
          "expected " + status + ", got " + answer.status() + ": " + answer.text());
    }
    return answer;
  }
}
