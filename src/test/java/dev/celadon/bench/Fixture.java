package dev.celadon.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/**
 * The product guide's example on a server of nobody yet: an owner, a project, a user with a
 * session, and tables of posts with row security.
 */
public final class Fixture {

  public static final String PROJECT = "bench";

  private static final String PASSWORD = "correct horse battery";
  private static final int BATCH = 100;

  private final int port;
  private final Api owner;
  private final Api admin;
  private final Api key;
  private final Api user;

  private Fixture(int port, Api owner, Api admin, Api key, Api user) {
    this.port = port;
    this.owner = owner;
    this.admin = admin;
    this.key = key;
    this.user = user;
  }

  /** Makes everything but tables. */
  public static Fixture make(int port) throws IOException {
    var owner = signedUp(port, "console", "owner");
    owner.post("/teams", json("teamId", "team", "name", "Team")).expect(201);
    var project = json("projectId", PROJECT, "name", "Benchmark", "teamId", "team");
    owner.post("/projects", project).expect(201);
    var admin = owner.with("x-appwrite-project", PROJECT).with("x-appwrite-mode", "admin");
    var scopes = List.of("rows.read", "rows.write", "tables.read", "tables.write");
    var made =
        owner
            .post("/projects/" + PROJECT + "/keys", json("name", "key", "scopes", scopes))
            .expect(201);
    var key = Api.guest(port, PROJECT).with("x-appwrite-key", made.json().getString("secret"));
    return new Fixture(port, owner, admin, key, signedUp(port, PROJECT, "reader"));
  }

  private static Api signedUp(int port, String project, String id) throws IOException {
    var guest = Api.guest(port, project);
    var email = id + "@example.org";
    guest.post("/account", json("userId", id, "email", email, "password", PASSWORD)).expect(201);
    var session = guest.post("/account/sessions/email", json("email", email, "password", PASSWORD));
    return guest.with("x-appwrite-session", session.expect(201).cookie("a_session_" + project));
  }

  /** The same on another port, where the server was started again. */
  Fixture at(int port) {
    return new Fixture(port, owner.at(port), admin.at(port), key.at(port), user.at(port));
  }

  public int port() {
    return port;
  }

  /** A signed-in user of the project. */
  public Api user() {
    return user;
  }

  /** A server's key that reads and writes rows. */
  public Api key() {
    return key;
  }

  /** Who made the project and may make others. */
  Api owner() {
    return owner;
  }

  /** An administrator of the project. */
  public Api admin() {
    return admin;
  }

  /** A table of posts that users may add to; each row says itself who reads it. */
  public void table(String id) throws IOException {
    var path = "/tablesdb/default/tables";
    admin
        .post(
            path,
            json(
                "tableId",
                id,
                "name",
                id,
                "rowSecurity",
                true,
                "permissions",
                List.of("create(\"users\")")))
        .expect(201);
    column(path, id, "varchar", json("key", "title", "size", 128, "required", true));
    column(path, id, "text", json("key", "content", "required", false));
    column(path, id, "varchar", json("key", "authorId", "size", 36, "required", true));
    column(path, id, "integer", json("key", "likes", "required", false));
  }

  private void column(String path, String id, String kind, JsonObject column) throws IOException {
    admin.post(path + "/" + id + "/columns/" + kind, column).expect(202);
  }

  /** Stores {@code count} rows {@code r000000}, … that signed-in users may read. */
  public void rows(String table, int count) throws IOException {
    for (int from = 0; from < count; from += BATCH) {
      var rows = new JsonArray();
      for (int i = from; i < Math.min(count, from + BATCH); i++) rows.add(row(i));
      key.post(path(table), new JsonObject().put("rows", rows)).expect(201);
    }
  }

  private static JsonObject row(int number) {
    return post("Post " + number)
        .put("$id", "r%06d".formatted(number))
        .put("$permissions", JsonArray.of("read(\"users\")", "update(\"user:reader\")"));
  }

  /** The values of a row of some 300 bytes. */
  public static JsonObject post(String title) {
    return json(
        "title",
        title,
        "content",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit. ".repeat(4),
        "authorId",
        "reader",
        "likes",
        7);
  }

  /** Where the rows of a table are. */
  public static String path(String table) {
    return "/tablesdb/default/tables/" + table + "/rows";
  }

  /** A JSON object of names and values in turn. */
  public static JsonObject json(Object... pairs) {
    var json = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) json.put((String) pairs[i], pairs[i + 1]);
    return json;
  }
}
