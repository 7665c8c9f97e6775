package dev.celadon.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Celadon and the floor under the same load, in turns, so that both meet the same noise. */
final class Loading {

  private static final int CONNECTIONS = 64;

  private final Plan plan;
  private final Path scripts;
  private final Node celadon;
  private final Node floor;
  private final Api caller;

  /**
   * How long to measure.
   *
   * @param rows in the table that is read
   * @param turns of each server for each shape, after one that is not counted
   */
  record Plan(int rows, int turns, int seconds, int warmSeconds) {}

  Loading(Plan plan, Path scripts, Node celadon, Node floor, Api caller) {
    this.plan = plan;
    this.scripts = scripts;
    this.celadon = celadon;
    this.floor = floor;
    this.caller = caller;
  }

  /** Runs every shape and prints a table. */
  void run() throws IOException {
    var posts = "/v1" + Fixture.path("posts");
    System.out.printf(
        "%d connections, %d rows, %d x %d s a server and shape, in turns; load %s%n%n",
        CONNECTIONS, plan.rows, plan.turns, plan.seconds, Proc.load());
    head("server", "Celadon/floor");
    compare(shape("read", "get", Map.of("BENCH_PATH", posts)));
    compare(shape("list of 25", "list", Map.of("BENCH_PATH", posts + "?total=false")));
    compare(shape("list, newest first", "list", Map.of("BENCH_PATH", posts + newest())));
    var body = Fixture.json("rowId", "unique()", "data", Fixture.post("A new post")).encode();
    var notes = "/v1" + Fixture.path("notes");
    compare(shape("create", "create", Map.of("BENCH_PATH", notes, "BENCH_BODY", body)));
    System.out.println();
  }

  /** The head of a table whose lines {@link #print} prints. */
  static void head(String what, String ratio) {
    System.out.printf("| shape | %s | /s | p50 ms | p99 ms | JVM CPU us | %s |%n", what, ratio);
    System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
  }

  private static String newest() {
    var order = Fixture.json("method", "orderDesc", "attribute", "$sequence").encode();
    return "?total=false&queries[]=" + URLEncoder.encode(order, StandardCharsets.UTF_8);
  }

  private Wrk.Shape shape(String name, String script, Map<String, String> environment) {
    var all = new java.util.HashMap<>(environment);
    all.put("BENCH_ROWS", Integer.toString(plan.rows));
    return new Wrk.Shape(name, scripts.resolve(script + ".lua"), all);
  }

  private void compare(Wrk.Shape shape) {
    Wrk.run(floor, shape, caller, CONNECTIONS, plan.warmSeconds);
    Wrk.run(celadon, shape, caller, CONNECTIONS, plan.warmSeconds);
    var ours = new ArrayList<Wrk>();
    var theirs = new ArrayList<Wrk>();
    for (int turn = 0; turn < plan.turns; turn++) {
      ours.add(Wrk.run(celadon, shape, caller, CONNECTIONS, plan.seconds));
      theirs.add(Wrk.run(floor, shape, caller, CONNECTIONS, plan.seconds));
    }
    double ratio = perSecond(ours) / perSecond(theirs);
    print(shape, "Celadon", ours, "%.2f".formatted(ratio));
    print(shape, "floor", theirs, "");
  }

  /** One line of the table. */
  static void print(Wrk.Shape shape, String server, List<Wrk> runs, String ratio) {
    System.out.printf(
        "| %s | %s | %,.0f | %.1f | %.1f | %.0f | %s |%n",
        shape.name(),
        server,
        perSecond(runs),
        worst(runs, Wrk::p50Ms),
        worst(runs, Wrk::p99Ms),
        runs.stream().mapToDouble(Wrk::cpuUs).average().orElse(0),
        ratio);
  }

  /** Requests a second over all runs. */
  static double perSecond(List<Wrk> runs) {
    double seconds = runs.stream().mapToDouble(Wrk::seconds).sum();
    return runs.stream().mapToLong(Wrk::requests).sum() / seconds;
  }

  private static double worst(List<Wrk> runs, ToDoubleFunction<Wrk> figure) {
    return figure.applyAsDouble(
        runs.stream().max(Comparator.comparingDouble(figure)).orElseThrow());
  }
}
