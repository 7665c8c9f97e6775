package dev.celadon.bench;

import dev.celadon.api.Ids;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least that can be done for the same answers: a bare handler that runs the plain statement of
 * each shape on the same tables and writes the same JSON. It knows no callers, no permissions, no
 * events, no rules; the distance to it is what these cost.
 */
public final class Floor {

  private static final String[] KEYS = {"title", "content", "authorId", "likes"};
  private static final String JSON = "application/json; charset=utf-8";
  private static final int PIPELINING = 16;

  /** The statements of one table. */
  private record Statements(
      String table, String get, String list, String newest, String count, String insert) {}

  /**
   * Runs until it is killed.
   *
   * @param args port, connections in all, URI of the database, project, tables
   */
  public static void main(String[] args) {
    var options = new VertxOptions().setPreferNativeTransport(true);
    var vertx = Vertx.vertx(options);
    int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
    var server = PgConnectOptions.fromUri(args[2]);
    server.setPipeliningLimit(PIPELINING).setCachePreparedStatements(true);
    var room = new PoolOptions().setMaxSize(Integer.parseInt(args[1]) / loops);
    var tables = new HashMap<String, Statements>();
    var one = PgBuilder.client().connectingTo(server).using(vertx).build();
    for (var table : List.of(args[4].split(","))) tables.put(table, read(one, args[3], table));
    one.close().await();
    vertx
        .deployVerticle(
            () -> new Handler(Integer.parseInt(args[0]), server, room, tables),
            new DeploymentOptions().setInstances(loops))
        .await();
  }

  /** Where the rows of a table are, and its columns in the order of {@link #KEYS}. */
  record Place(String name, List<String> columns) {}

  /** Looks up what Celadon has named the table and its columns. */
  static Place place(SqlClient client, String project, String table) {
    var sql = "SELECT schema, number, columns FROM celadon.shapes WHERE project = $1 AND id = $2";
    Row row = client.preparedQuery(sql).execute(Tuple.of(project, table)).await().iterator().next();
    var numbers = new HashMap<String, Long>();
    for (var column : new JsonArray(row.getString("columns"))) {
      var json = (JsonObject) column;
      numbers.put(json.getString("key"), json.getLong("number"));
    }
    var columns = new ArrayList<String>();
    for (var key : KEYS) columns.add("c" + numbers.get(key));
    return new Place("p" + row.getLong("schema") + ".t" + row.getLong("number"), columns);
  }

  private static Statements read(SqlClient client, String project, String table) {
    var place = place(client, project, table);
    var all = String.join(", ", place.columns);
    var name = place.name;
    var shown = FloorRow.OWN + ", " + all;
    var values = new ArrayList<String>();
    for (int i = 1; i <= 5 + KEYS.length; i++) values.add("$" + i);
    values.add(1, "$2");
    return new Statements(
        table,
        "SELECT " + shown + " FROM " + name + " WHERE _id = $1",
        "SELECT " + shown + " FROM " + name + " ORDER BY _seq LIMIT 25",
        "SELECT " + shown + " FROM " + name + " ORDER BY _seq DESC LIMIT 25",
        "SELECT count(*) FROM " + name,
        "INSERT INTO %s (_id, _created, _updated, _read, _update, _delete, %s) VALUES (%s)"
                .formatted(name, all, String.join(", ", values))
            + " RETURNING _seq");
  }

  /** Serves on one event loop, through a client of its own. */
  private static final class Handler extends VerticleBase {

    private static final String[] OWNER = {"user:reader"};

    private final int port;
    private final PgConnectOptions server;
    private final PoolOptions room;
    private final Map<String, Statements> tables;
    private SqlClient client;

    Handler(int port, PgConnectOptions server, PoolOptions room, Map<String, Statements> tables) {
      this.port = port;
      this.server = server;
      this.room = room;
      this.tables = tables;
    }

    @Override
    public Future<?> start() {
      client = PgBuilder.client().with(room).connectingTo(server).using(vertx).build();
      return vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
    }

    /** Paths are those of Celadon: {@code /v1/tablesdb/default/tables/<table>/rows[/<row>]}. */
    private void handle(HttpServerRequest request) {
      var parts = request.path().split("/");
      if (parts.length < 6) {
        request.response().end("{}");
        return;
      }
      var table = tables.get(parts[5]);
      if (request.method() == HttpMethod.POST) {
        request
            .body()
            .compose(body -> insert(table, body))
            .onComplete(row -> end(request, 201, row));
      } else if (parts.length == 8) {
        get(table, parts[7]).onComplete(row -> end(request, 200, row));
      } else {
        list(table, request.query()).onComplete(rows -> end(request, 200, rows));
      }
    }

    private void end(
        HttpServerRequest request, int status, io.vertx.core.AsyncResult<String> text) {
      var response = request.response().setStatusCode(text.succeeded() ? status : 500);
      response.putHeader("Content-Type", JSON);
      response.end(text.succeeded() ? text.result() : "{}");
      if (text.failed()) text.cause().printStackTrace();
    }

    private Future<String> get(Statements table, String id) {
      return client
          .preparedQuery(table.get)
          .execute(Tuple.of(id))
          .map(rows -> new FloorRow().row(rows.iterator().next(), table.table).toString());
    }

    private Future<String> list(Statements table, String query) {
      var sql = query.contains("orderDesc") ? table.newest : table.list;
      var page = client.preparedQuery(sql).execute();
      if (query.contains("total=false")) return page.map(rows -> list(table, 0, rows));
      return page.compose(
          rows ->
              client
                  .preparedQuery(table.count)
                  .execute()
                  .map(count -> list(table, count.iterator().next().getLong(0), rows)));
    }

    private static String list(Statements table, long total, Iterable<Row> rows) {
      var out = new FloorRow().raw("{\"total\":").number(total).raw(",\"rows\":[");
      boolean first = true;
      for (var row : rows) {
        if (!first) out.raw(",");
        first = false;
        out.row(row, table.table);
      }
      return out.raw("]}").toString();
    }

    private Future<String> insert(Statements table, Buffer body) {
      var data = new JsonObject(body).getJsonObject("data");
      var now = OffsetDateTime.now(ZoneOffset.UTC);
      var id = Ids.unique();
      var likes = data.getLong("likes");
      Object[] columns = {
        data.getString("title"), data.getString("content"), data.getString("authorId"), likes
      };
      var values = Tuple.of(id, now).addArrayOfString(OWNER).addArrayOfString(OWNER);
      values.addArrayOfString(OWNER);
      for (var column : columns) values.addValue(column);
      return client
          .preparedQuery(table.insert)
          .execute(values)
          .map(
              rows -> {
                var row = Tuple.of(id, rows.iterator().next().getLong(0), now, now);
                for (int i = 0; i < 3; i++) row.addArrayOfString(OWNER);
                for (var column : columns) row.addValue(column);
                return new FloorRow().row(row, table.table).toString();
              });
    }
  }

  private Floor() {}
}
