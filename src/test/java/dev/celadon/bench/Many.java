package dev.celadon.bench;

import static dev.celadon.bench.Fixture.json;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What many tables and many projects do to the cost of reading one row of one of them. */
final class Many {

  private static final int CONNECTIONS = 64;
  private static final int ROWS = 1_000;
  private static final int FEW = 100;

  /** As many tables as one schema may make in one call. */
  private static final int EACH = 200;

  private static final String DATABASE = "/tablesdb/many%s";
  private static final String TABLE = DATABASE + "/tables/n%s/rows";

  private final Plan plan;
  private final Path scripts;
  private final Node node;
  private final Fixture fixture;

  /**
   * How much to make and to measure.
   *
   * @param tables to make beside the others
   * @param projects to make, with a table in each
   * @param turns of each shape at each size, after one that is not counted
   */
  record Plan(int tables, int projects, int turns, int seconds) {}

  Many(Plan plan, Path scripts, Node node, Fixture fixture) {
    this.plan = plan;
    this.scripts = scripts;
    this.node = node;
    this.fixture = fixture;
  }

  /** Makes everything step by step, measures after each, and prints a table of figures. */
  void run() throws IOException {
    fixture.table("one");
    fixture.rows("one", ROWS);
    System.out.printf(
        "%d connections, %d x %d s; load %s%n%n",
        CONNECTIONS, plan.turns, plan.seconds, Proc.load());
    Loading.head("beside", "against few");
    var few = measure("nothing", List.of());
    long begun = System.nanoTime();
    for (int n = 0; n < plan.tables; n += EACH) tables(n / EACH);
    long made = System.nanoTime();
    measure("%,d tables".formatted(plan.tables), few);
    spread();
    long again = System.nanoTime();
    for (int n = 0; n < plan.projects; n++) project("many" + n);
    double projects = (System.nanoTime() - again) / 1e9;
    measure("%,d projects, too".formatted(plan.projects), few);
    System.out.printf(
        "%ntables made in %.0f s, projects in %.0f s%n%n", (made - begun) / 1e9, projects);
  }

  private void tables(int database) throws IOException {
    var id = "many" + database;
    fixture.admin().post("/tablesdb", json("databaseId", id, "name", id)).expect(201);
    var first = database * EACH;
    var tables = IntStream.range(first, Math.min(plan.tables, first + EACH)).boxed().toList();
    var designs = tables.stream().map(n -> table("n" + n)).toList();
    var schema = json("version", 1, "tables", designs);
    fixture.admin().put(DATABASE.formatted(database) + "/schema", schema).expect(200);
    for (var n : tables) {
      var row = json("rowId", "only", "data", json("title", "The only one"));
      fixture.key().post(TABLE.formatted(database, n), row).expect(201);
    }
  }

  private static JsonObject table(String id) {
    var title = json("key", "title", "type", "varchar", "size", 128, "required", false);
    return json(
        "$id",
        id,
        "name",
        id,
        "rowSecurity",
        false,
        "$permissions",
        List.of("read(\"users\")"),
        "columns",
        List.of(title),
        "indexes",
        List.of());
  }

  private void project(String id) throws IOException {
    fixture
        .owner()
        .post("/projects", json("projectId", id, "name", id, "teamId", "team"))
        .expect(201);
    var admin = fixture.admin().with("x-appwrite-project", id);
    admin.post("/tablesdb", json("databaseId", "main", "name", "Main")).expect(201);
    var schema = json("version", 1, "tables", List.of(table("n")));
    admin.put("/tablesdb/main/schema", schema).expect(200);
  }

  private List<Double> measure(String beside, List<Double> few) {
    var posts = "/v1" + Fixture.path("one");
    var body = json("rowId", "unique()", "data", Fixture.post("A new post")).encode();
    var shapes =
        List.of(
            shape("read", "get", Map.of("BENCH_PATH", posts)),
            shape("list of 25", "list", Map.of("BENCH_PATH", posts + "?total=false")),
            shape("create", "create", Map.of("BENCH_PATH", posts, "BENCH_BODY", body)));
    var figures = new ArrayList<Double>();
    for (int i = 0; i < shapes.size(); i++) {
      var runs = runs(shapes.get(i));
      figures.add(Loading.perSecond(runs));
      var ratio = few.isEmpty() ? "" : "%.2f".formatted(few.get(i) / figures.getLast());
      Loading.print(shapes.get(i), beside, runs, ratio);
    }
    return figures;
  }

  /** Reads of one table in a hundred, and of all of them. */
  private void spread() {
    for (int tables : List.of(FEW, plan.tables)) {
      var path = "/v1" + TABLE.formatted("{d}", "{n}") + "/only";
      var numbers =
          Map.of(
              "BENCH_PATH",
              path,
              "BENCH_TABLES",
              Integer.toString(tables),
              "BENCH_EACH",
              Integer.toString(EACH));
      var shape = shape("read of any of %,d tables".formatted(tables), "spread", numbers);
      Loading.print(shape, "%,d tables".formatted(plan.tables), runs(shape), "");
    }
  }

  private List<Wrk> runs(Wrk.Shape shape) {
    var runs = new ArrayList<Wrk>();
    for (int turn = 0; turn <= plan.turns; turn++) {
      var run = Wrk.run(node, shape, fixture.user(), CONNECTIONS, plan.seconds);
      if (turn > 0) runs.add(run);
    }
    return runs;
  }

  private Wrk.Shape shape(String name, String script, Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.put("BENCH_ROWS", Integer.toString(ROWS));
    return new Wrk.Shape(name, scripts.resolve(script + ".lua"), all);
  }
}
