package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import java.net.HttpCookie;
import java.util.HashMap;
import java.util.Map;

/**
 * Somebody with an account in a project.
 *
 * @param self calls with the session
 * @param sessionId the session's id
 */
record Person(String project, String id, As self, String sessionId) {

  static final String PASSWORD = "correct horse battery";

  static JsonObject body(Object... namesAndValues) {
    var body = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      body.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return body;
  }

  static String email(String id) {
    return id + "@example.org";
  }

  /** Signs up and in. */
  static Person join(TestServer server, String project, String id) {
    var sign = body("userId", id, "email", email(id), "password", PASSWORD);
    expect(201, server.post(As.guest(project), "/v1/account", sign));
    return again(server, project, id);
  }

  /** Signs in once more. */
  static Person again(TestServer server, String project, String id) {
    var session = expect(201, signIn(server, As.guest(project), email(id), PASSWORD));
    return new Person(
        project,
        id,
        As.session(project, secret(session, project)),
        session.json().getString("$id"));
  }

  static Answer signIn(TestServer server, As as, String email, String password) {
    return server.post(
        as, "/v1/account/sessions/email", body("email", email, "password", password));
  }

  /** The secret in the cookie of an answer. */
  static String secret(Answer answer, String project) {
    return answer.raw().headers().allValues("set-cookie").stream()
        .filter(header -> header.startsWith("a_session_" + project + "="))
        .map(header -> HttpCookie.parse(header).getFirst().getValue())
        .findFirst()
        .orElseThrow();
  }

  String secret() {
    return self.headers().getOrDefault("x-appwrite-session", "");
  }

  /** The same caller with one header more. */
  static As with(As as, String name, String value) {
    var headers = new HashMap<>(as.headers());
    headers.put(name, value);
    return new As(as.project(), Map.copyOf(headers));
  }
}
