package dev.celadon.bench.peers;

import static dev.celadon.bench.Fixture.json;

import dev.celadon.bench.Fixture;
import dev.celadon.bench.Node;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** This project's server, started the way its users start it. */
final class Celadon {

  private static final Duration START = Duration.ofMinutes(2);
  private static final String ID = "r%06d";

  static final String NOTE =
      "limits of requests off; a table with row security, users may create, each row says itself"
          + " who reads and updates it; an event is stored with each change; lists without a"
          + " total; bulk insert by a server's key, all or nothing";

  static Served serve(Site site) throws IOException {
    var work = site.directory("celadon");
    var flags =
        List.of(
            "--data", work.resolve("files").toString(),
            "--postgres.url", site.uri(site.postgres().address().getDatabase()),
            "--limits.enabled", "false");
    var run = List.of(site.root().resolve("scripts/run").toString());
    var node = Node.start(run, Node.freePort(), work.resolve("log"), flags);
    node.awaitMs(START);
    var fixture = Fixture.make(node.port());
    fixture.table("posts");
    fixture.table("notes");
    var index = json("key", "byAuthor", "type", "key", "columns", List.of("authorId"));
    fixture.admin().post("/tablesdb/default/tables/posts/indexes", index).expect(202);
    Posts.fill(
        site.rows(),
        "$id",
        ID,
        rows -> {
          for (var row : rows) row.put("$permissions", permissions());
          fixture.key().post(Fixture.path("posts"), json("rows", rows)).expect(201);
        });
    var program = new Program(ProcessHandle.of(node.pid()).orElseThrow());
    return new Served("Celadon", program, true, asks(fixture, site.rows()));
  }

  private static JsonArray permissions() {
    return JsonArray.of("read(\"users\")", "update(\"user:reader\")");
  }

  private static Map<Deed, Ask> asks(Fixture fixture, int rows) {
    var posts = "/v1" + Fixture.path("posts");
    var notes = "/v1" + Fixture.path("notes");
    var read = Ask.read(fixture.user(), posts, ID, rows);
    var filters =
        query(json("method", "equal", "attribute", "authorId", "values", List.of(Posts.AUTHOR)))
            + query(
                json(
                    "method",
                    "greaterThanEqual",
                    "attribute",
                    "likes",
                    "values",
                    List.of(Posts.LIKES)));
    var fresh = json("rowId", "unique()", "data", Posts.fresh()).encode();
    var bulk = new JsonArray();
    Posts.bulk().forEach(row -> bulk.add(row.put("$id", "unique()")));
    return Map.of(
        Deed.READ, read,
        Deed.LIST, Ask.list(fixture.user(), posts + "?total=false"),
        Deed.FILTERED, Ask.list(fixture.user(), posts + "?total=false" + filters),
        Deed.CREATE, Ask.post(fixture.user(), notes, fresh),
        Deed.UPDATE, read.changing("PATCH", json("data", Posts.touched())),
        Deed.BULK, Ask.post(fixture.key(), notes, json("rows", bulk).encode()));
  }

  private static String query(JsonObject query) {
    return "&queries[]=" + Ask.escaped(query.encode());
  }

  private Celadon() {}
}
