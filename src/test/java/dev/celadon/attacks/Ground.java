package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server with a project, a key for everything about rows, and two users of no importance. */
final class Ground {

  final TestServer server;
  final As owner;
  final As key;
  final As alice;
  final As bob;

  private Ground(TestServer server) {
    this.server = server;
    owner = server.owner();
    key =
        server.key(
            owner,
            "p1",
            "databases.read",
            "databases.write",
            "tables.read",
            "tables.write",
            "rows.read",
            "rows.write",
            "documents.read",
            "documents.write",
            "teams.read",
            "teams.write",
            "users.read",
            "users.write",
            "log.read",
            "events.read");
    alice = As.session("p1", server.signIn("p1", "alice"));
    bob = As.session("p1", server.signIn("p1", "bob"));
  }

  static Ground of(TestServer server) {
    return new Ground(server);
  }

  /** What a session's cookie carries. */
  static String secret(As as) {
    return as.headers().get("x-appwrite-session");
  }

  /** A socket of {@code as}, greeted. */
  Line listen(As as, String... channels) throws Exception {
    var query = Line.channels(as.project(), channels);
    var secret = secret(as);
    var key = as.headers().get("x-appwrite-key");
    var line =
        secret != null
            ? Line.open(server.port(), query, "Cookie: a_session_" + as.project() + "=" + secret)
            : key != null
                ? Line.open(server.port(), query, "X-Appwrite-Key: " + key)
                : Line.open(server.port(), query);
    line.next("connected");
    return line;
  }

  /**
   * A table with a text {@code s} and a whole number {@code n}, whose rows grant for themselves.
   */
  String table(String id, String... permissions) {
    expect(
        201,
        server.post(
            key,
            "/v1/tablesdb/default/tables",
            new JsonObject()
                .put("tableId", id)
                .put("name", id)
                .put("rowSecurity", true)
                .put("permissions", new JsonArray(List.of(permissions)))));
    var path = "/v1/tablesdb/default/tables/" + id;
    var text = new JsonObject().put("key", "s").put("size", 200).put("required", false);
    expect(202, server.post(key, path + "/columns/string", text));
    var number = new JsonObject().put("key", "n").put("required", false);
    expect(202, server.post(key, path + "/columns/integer", number));
    return path + "/rows";
  }

  static JsonObject row(String id, Object n, String... permissions) {
    return new JsonObject()
        .put("rowId", id)
        .put("data", new JsonObject().put("s", "text of " + id).put("n", n))
        .put("permissions", new JsonArray(List.of(permissions)));
  }

  /** Stores a row as the key. */
  void store(String rows, String id, Object n, String... permissions) {
    expect(201, server.post(key, rows, row(id, n, permissions)));
  }

  /** A list, with queries in JSON. */
  Answer list(As as, String rows, String... queries) {
    var path = new StringBuilder(rows).append("?total=true");
    for (var query : queries) {
      path.append("&queries%5B%5D=").append(URLEncoder.encode(query, StandardCharsets.UTF_8));
    }
    return server.get(as, path.toString());
  }

  /** A query in JSON. */
  static String query(String method, Object attribute, Object... values) {
    var query = new JsonObject().put("method", method);
    if (attribute != null) query.put("attribute", attribute);
    return query.put("values", new JsonArray(List.of(values))).encode();
  }
}
