package dev.celadon.transfer;

import static dev.celadon.TestServer.expect;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server with tables of every kind of column, and files that go there and come from there. */
final class Files {

  static final String CSV = "text/csv";
  static final String LINES = "application/x-ndjson";

  final TestServer server;
  final As key;
  final As ann;
  final As ben;
  private final HttpClient http = HttpClient.newHttpClient();

  Files(TestServer server) {
    this.server = server;
    var owner = server.owner();
    var scopes = new ArrayList<String>();
    for (var noun : List.of("databases", "tables", "rows", "documents", "collections")) {
      scopes.addAll(List.of(noun + ".read", noun + ".write"));
    }
    key = server.key(owner, "p1", scopes.toArray(String[]::new));
    ann = As.session("p1", server.signIn("p1", "ann"));
    ben = As.session("p1", server.signIn("p1", "ben"));
  }

  static String path(String table) {
    return "/v1/tablesdb/default/tables/" + table;
  }

  /** A table whose rows grant for themselves; {@code columns} are {@code kind key size}. */
  String table(String id, List<String> permissions, String... columns) {
    var table = new JsonObject().put("tableId", id).put("name", id).put("rowSecurity", true);
    table.put("permissions", new JsonArray(permissions));
    expect(201, server.post(key, "/v1/tablesdb/default/tables", table));
    for (var column : columns) {
      var parts = column.split(" ");
      var json = new JsonObject().put("key", parts[1]).put("required", column.endsWith("!"));
      if (parts.length > 2 && !parts[2].equals("!")) {
        switch (parts[2]) {
          case "[]" -> json.put("array", true);
          case "sealed" -> json.put("encrypt", true);
          default -> json.put("size", Integer.parseInt(parts[2]));
        }
      }
      if (parts[0].equals("enum")) json.put("elements", new JsonArray(List.of("a", "b")));
      expect(202, server.post(key, path(id) + "/columns/" + parts[0], json));
    }
    return path(id);
  }

  Answer send(As as, String path, String type, byte[] body) {
    return send(as, path, type, BodyPublishers.ofByteArray(body));
  }

  Answer send(As as, String path, String type, String body) {
    return send(as, path, type, BodyPublishers.ofString(body));
  }

  Answer send(As as, String path, String type, HttpRequest.BodyPublisher body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .POST(body)
            .header("x-appwrite-project", as.project())
            .header("content-type", type);
    as.headers().forEach(request::header);
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Brings a file and waits until its rows are stored. */
  JsonObject bring(As as, String table, String type, String body, String... query) {
    var answer = send(as, table + "/imports?" + String.join("&", query), type, body);
    return expect(202, answer).json();
  }

  String take(As as, String table, String... query) {
    return expect(200, server.get(as, table + "/export?" + String.join("&", query))).text();
  }

  static String query(String method, Object... values) {
    var json = new JsonObject().put("method", method).put("values", new JsonArray(List.of(values)));
    return "queries[]=".replace("[]", "%5B%5D")
        + URLEncoder.encode(json.encode(), StandardCharsets.UTF_8);
  }

  /** The ids of all rows that {@code as} may read. */
  List<String> ids(As as, String table) {
    var rows = expect(200, server.get(as, table + "/rows?" + query("limit", 5_000))).json();
    return rows.getJsonArray("rows").stream().map(r -> ((JsonObject) r).getString("$id")).toList();
  }

  /** How many events of rows of a table there are. */
  long events(String table) {
    return count(
        "SELECT count(*) FROM celadon.events WHERE ids[2] = $1 AND event LIKE '%.rows.%.create'",
        table);
  }

  long count(String sql, Object... args) {
    return server.postgres().transactions().one(row -> row.getLong(0), sql, args).orElseThrow();
  }
}
