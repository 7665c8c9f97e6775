package dev.celadon.bench.peers;

import static dev.celadon.bench.Fixture.json;

import dev.celadon.bench.Api;
import dev.celadon.bench.Node;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** PocketBase, with SQLite in its own process. */
final class PocketBase implements Peer {

  private static final String ID = "r%014d";
  private static final String EMAIL = "reader@example.org";
  private static final String PASSWORD = "correct horse battery";
  private static final String SIGNED_IN = "@request.auth.id != \"\"";

  @Override
  public String word() {
    return "pocketbase";
  }

  @Override
  public String name() {
    return "PocketBase";
  }

  @Override
  public String version() {
    return "0.36.8";
  }

  @Override
  public String note() {
    return "SQLite inside, in WAL mode with synchronous=FULL (NORMAL is its own choice, by which a"
        + " power failure may lose what was acknowledged), built with its Go driver; rules of the"
        + " collection ask for a signed-in user, rows have no rules of their own; lists with"
        + " skipTotal; bulk insert through its batches, which are one transaction; no log of"
        + " requests";
  }

  @Override
  public Served serve(Site site, Path home) throws IOException {
    var work = site.directory(word());
    var program = home.resolve(word()).toString();
    var data = "--dir=" + work.resolve("data");
    Program.run(
        List.of(program, "superuser", "upsert", "owner@example.org", PASSWORD, data),
        Map.of(),
        work);
    int port = Node.freePort();
    var serving =
        Program.start(List.of(program, "serve", "--http=127.0.0.1:" + port, data), Map.of(), work);
    serving.await(port, "/api/health");
    var guest = Api.elsewhere(port, "/api");
    var owner = signedIn(guest, "_superusers", "owner@example.org");
    settle(owner);
    owner
        .post(
            "/collections/users/records",
            json("email", EMAIL, "password", PASSWORD, "passwordConfirm", PASSWORD))
        .expect(200);
    collection(owner, "posts");
    collection(owner, "notes");
    Posts.fill(
        site.rows(), "id", ID, rows -> owner.post("/batch", batch("posts", rows)).expect(200));
    var user = signedIn(guest, "users", EMAIL);
    return new Served(name(), serving, false, asks(user, site.rows()));
  }

  private static Api signedIn(Api guest, String collection, String email) throws IOException {
    var path = "/collections/" + collection + "/auth-with-password";
    var answer = guest.post(path, json("identity", email, "password", PASSWORD)).expect(200);
    return guest.with("authorization", answer.json().getString("token"));
  }

  private static void settle(Api owner) throws IOException {
    var batch = json("enabled", true, "maxRequests", 1_000, "timeout", 30, "maxBodySize", 0);
    var logs = json("maxDays", 0, "minLevel", 8, "logIP", false, "logAuthId", false);
    owner.patch("/settings", json("batch", batch, "logs", logs)).expect(200);
  }

  private static void collection(Api owner, String name) throws IOException {
    var fields =
        List.of(
            json("name", "title", "type", "text", "required", true, "max", 128),
            json("name", "content", "type", "text"),
            json("name", "authorId", "type", "text", "required", true, "max", 36),
            json("name", "likes", "type", "number", "onlyInt", true),
            json("name", "created", "type", "autodate", "onCreate", true),
            json("name", "updated", "type", "autodate", "onCreate", true, "onUpdate", true));
    var made = json("name", name, "type", "base", "fields", fields);
    for (var rule : List.of("listRule", "viewRule", "createRule", "updateRule")) {
      made.put(rule, SIGNED_IN);
    }
    if (name.equals("posts")) {
      made.put("indexes", JsonArray.of("CREATE INDEX byAuthor ON posts (authorId)"));
    }
    owner.post("/collections", made).expect(200);
  }

  private static JsonObject batch(String collection, List<JsonObject> rows) {
    var url = "/api/collections/" + collection + "/records";
    var requests =
        rows.stream().map(row -> json("method", "POST", "url", url, "body", row)).toList();
    return json("requests", requests);
  }

  private static Map<Deed, Ask> asks(Api user, int rows) {
    var posts = "/api/collections/posts/records";
    var notes = "/api/collections/notes/records";
    var page = posts + "?perPage=25&skipTotal=true";
    var filter = "authorId = '%s' && likes >= %d".formatted(Posts.AUTHOR, Posts.LIKES);
    var read = Ask.read(user, posts, ID, rows);
    return Map.of(
        Deed.READ, read,
        Deed.LIST, Ask.list(user, page),
        Deed.FILTERED, Ask.list(user, page + "&filter=" + Ask.escaped(filter)),
        Deed.CREATE, Ask.post(user, notes, Posts.fresh().encode()),
        Deed.UPDATE, read.changing("PATCH", Posts.touched()),
        Deed.BULK, Ask.post(user, "/api/batch", batch("notes", Posts.bulk()).encode()));
  }
}
