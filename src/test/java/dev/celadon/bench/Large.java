package dev.celadon.bench;

import static dev.celadon.bench.Fixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lists over a large table against the same lists over a small one, in turns; then what writes and
 * sums. Signed-in users may read half of the rows, guests a hundred in either table.
 */
final class Large {

  private static final int SMALL = 10_000;
  private static final int FEW = 100;
  private static final int CONNECTIONS = 64;
  private static final int CONTENDING = 32;
  private static final int COUNTING = 4;
  private static final int BULK = 100;
  private static final int PATIENCE = 600;

  private final Plan plan;
  private final Path scripts;
  private final Node node;
  private final Fixture fixture;
  private final Api guest;

  /**
   * How much to measure.
   *
   * @param rows in the large table
   * @param turns of each table for each list, after one that is not counted
   * @param inserts rows to insert one by one
   */
  record Plan(int rows, int turns, int seconds, int inserts) {}

  Large(Plan plan, Path scripts, Node node, Fixture fixture) {
    this.plan = plan;
    this.scripts = scripts;
    this.node = node;
    this.fixture = fixture;
    this.guest = Api.guest(node.port(), Fixture.PROJECT);
  }

  /** Makes and fills the tables, measures, and prints two tables of figures. */
  void run(String uri) throws IOException {
    long begun = System.nanoTime();
    fill(uri);
    System.out.printf(
        "tables of %,d and %,d rows filled in %.0f s; lists %d x %d s a table, in turns; load"
            + " %s%n%n",
        SMALL, plan.rows, (System.nanoTime() - begun) / 1e9, plan.turns, plan.seconds, Proc.load());
    Loading.head("rows", "time against " + SMALL);
    lists();
    System.out.println();
    Loading.head("connections", "");
    writes();
    System.out.println();
  }

  private void fill(String uri) throws IOException {
    var vertx = Vertx.vertx();
    var server = PgConnectOptions.fromUri(uri);
    var client = PgBuilder.client().connectingTo(server).using(vertx).build();
    for (var table : List.of("small", "large")) {
      fixture.table(table);
      index(table, "both", "authorId", "likes");
      index(table, "likes", "likes");
      fill(client, table, count(table));
    }
    client.close().await();
    vertx.close().await();
  }

  private int count(String table) {
    return table.equals("small") ? SMALL : plan.rows;
  }

  private void index(String table, String key, String... columns) throws IOException {
    var index = json("key", key, "type", "key", "columns", List.of(columns));
    fixture.admin().post("/tablesdb/default/tables/" + table + "/indexes", index).expect(202);
  }

  private static void fill(SqlClient client, String table, int rows) {
    var place = Floor.place(client, Fixture.PROJECT, table);
    var sql =
        """
        INSERT INTO %s (_id, _created, _updated, _read, _update, _delete, %s)
        SELECT 'r' || lpad(n::text, 6, '0'), now(), now(),
          CASE WHEN n %% %d = 0 THEN '{guests}'::text[]
            WHEN n / 20 %% 2 = 0 THEN '{users}' ELSE '{team:other}' END,
          '{}', '{}', 'Post ' || n, repeat('Lorem ipsum dolor sit amet. ', 8),
          'author' || n %% 20, n %% 5000
        FROM generate_series(0, %d) n\
        """
            .formatted(place.name(), String.join(", ", place.columns()), rows / FEW, rows - 1);
    client.query(sql).execute().await();
    client.query("VACUUM ANALYZE " + place.name()).execute().await();
  }

  private void lists() {
    var user = fixture.user();
    var author = query("equal", "authorId", "author7");
    var likes = query("between", "likes", 0, 1000);
    var order = json("method", "orderDesc", "attribute", "likes");
    list("list of 25, half readable", user);
    list("two filters", user, author, likes);
    list("two filters, ordered", user, author, likes, order);
    list("ordered by an indexed column", user, order);
    list("cursor deep in the table", user, deep());
    list("cursor deep in an order", user, order, deep());
    list("few readable", guest);
    list("few readable, ordered", guest, order);
    list("few readable, one filter", guest, likes);
    compare("counted (total=true)", user, COUNTING, "");
  }

  /** A cursor whose row is near the end of either table. */
  private static JsonObject deep() {
    return json("method", "cursorAfter", "values", List.of(""));
  }

  private static JsonObject query(String method, String attribute, Object... values) {
    return json("method", method, "attribute", attribute, "values", List.of(values));
  }

  private void list(String name, Api caller, JsonObject... queries) {
    var text = new StringBuilder("&total=false");
    for (var query : queries) {
      var encoded = URLEncoder.encode(query.encode(), UTF_8);
      text.append("&queries[]=").append(encoded);
    }
    compare(name, caller, CONNECTIONS, text.toString());
  }

  private void compare(String name, Api caller, int connections, String more) {
    var runs = Map.of("small", new ArrayList<Wrk>(), "large", new ArrayList<Wrk>());
    for (int turn = 0; turn <= plan.turns; turn++) {
      for (var table : List.of("small", "large")) {
        var run = Wrk.run(node, page(name, table, more), caller, connections, plan.seconds);
        if (turn > 0) runs.get(table).add(run);
      }
    }
    double ratio = Loading.perSecond(runs.get("small")) / Loading.perSecond(runs.get("large"));
    for (var table : List.of("small", "large")) {
      var shown = table.equals("large") ? "%.2f".formatted(ratio) : "";
      Loading.print(page(name, table, more), "%,d".formatted(count(table)), runs.get(table), shown);
    }
  }

  private Wrk.Shape page(String name, String table, String more) {
    var row = URLEncoder.encode("[\"r%06d\"]".formatted(count(table) / 10 * 9 + 7), UTF_8);
    var queries = more.replace(URLEncoder.encode("[\"\"]", UTF_8), row);
    return shape(name, "list", table, Map.of("BENCH_PATH", "?" + queries));
  }

  private Wrk.Shape shape(String name, String script, String table, Map<String, String> more) {
    var all = new HashMap<>(more);
    all.put("BENCH_ROWS", Integer.toString(count(table)));
    all.merge("BENCH_PATH", "/v1" + Fixture.path(table), (path, rows) -> rows + path);
    return new Wrk.Shape(name, scripts.resolve(script + ".lua"), all);
  }

  private void writes() {
    inserts();
    var one = Fixture.post("A new post").put("$id", "unique()");
    var rows = Stream.generate(() -> one).limit(BULK).toList();
    send("bulk insert of " + BULK, COUNTING, "POST", "", json("rows", rows));
    var change = json("data", json("title", "Changed"));
    var body = Map.of("BENCH_METHOD", "PATCH", "BENCH_BODY", change.encode());
    print(shape("update, any row", "get", "large", body), CONNECTIONS);
    send("increment, one row", CONTENDING, "PATCH", "/r000007/likes/increment", json("value", 1));
    var sum = json("method", "sum", "attribute", "likes", "as", "sum");
    var groups = json("aggregates", List.of(sum), "groupBy", List.of("authorId"));
    var environment = Map.of("BENCH_PATH", "/aggregate", "BENCH_BODY", groups.encode());
    var name = "sum of %,d rows by author".formatted(SMALL);
    print(shape(name, "create", "small", environment), COUNTING);
  }

  /** So many of them, however long it takes. */
  private void inserts() {
    var row = json("rowId", "unique()", "data", Fixture.post("A new post"));
    var environment =
        Map.of("BENCH_BODY", row.encode(), "BENCH_REQUESTS", Integer.toString(plan.inserts));
    var shape = shape("%,d inserts".formatted(plan.inserts), "create", "large", environment);
    var run = Wrk.run(node, shape, fixture.key(), CONNECTIONS, PATIENCE);
    Loading.print(shape, Integer.toString(CONNECTIONS), List.of(run), "");
  }

  private void send(String name, int connections, String method, String path, JsonObject body) {
    var environment = Map.of("BENCH_METHOD", method, "BENCH_BODY", body.encode());
    var all = new HashMap<>(environment);
    if (!path.isEmpty()) all.put("BENCH_PATH", path);
    print(shape(name, "create", "large", all), connections);
  }

  /** Measured once, after a turn that is not counted, with the project's key. */
  private void print(Wrk.Shape shape, int connections) {
    Wrk.run(node, shape, fixture.key(), connections, plan.seconds);
    var run = Wrk.run(node, shape, fixture.key(), connections, plan.seconds * plan.turns);
    Loading.print(shape, Integer.toString(connections), List.of(run), "");
  }
}
