package dev.celadon.bench;

import dev.celadon.store.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Runs the benchmark and prints its figures. {@code scripts/bench} builds and starts it. */
public final class Bench {

  private static final Duration START = Duration.ofMinutes(2);
  private static final int SUBSCRIBERS = 10_000;
  private static final String POINT_CONNECTIONS = "8";

  private final List<String> command;
  private final Path work;
  private final Path scripts;
  private final boolean quick;
  private final Set<String> parts;

  private Bench(Path root, boolean quick, Set<String> parts) throws IOException {
    this.command = List.of(root.resolve("scripts/run").toString());
    this.scripts = root.resolve("src/test/resources/bench");
    this.quick = quick;
    this.parts = parts;
    Files.createDirectories(root.resolve("target"));
    this.work = Files.createTempDirectory(root.resolve("target"), "bench-");
  }

  /**
   * Runs all parts, or those that are named.
   *
   * @param args the root of the checkout, {@code --quick}, and any of load, rows, many, starts,
   *     idle, latency, memory
   */
  public static void main(String[] args) throws IOException {
    var words = new ArrayList<>(List.of(args));
    var root = Path.of(words.removeFirst()).toAbsolutePath();
    boolean quick = words.remove("--quick");
    var parts =
        words.isEmpty()
            ? Set.of("load", "rows", "many", "starts", "idle", "latency", "memory")
            : Set.copyOf(words);
    var bench = new Bench(root, quick, parts);
    bench.run();
    System.exit(0);
  }

  private void run() throws IOException {
    System.out.printf(
        "%s, Java %s, %d processors, load %s%s%n%n",
        LocalDate.now(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Proc.load(),
        quick ? ", quick" : "");
    try (var postgres = EmbeddedPostgres.start(work.resolve("data"))) {
      var at = postgres.address();
      var uri =
          "postgresql://%s:%s@%s:%d/%s"
              .formatted(
                  at.getUser(), at.getPassword(), at.getHost(), at.getPort(), at.getDatabase());
      served(uri);
      if (parts.contains("starts")) new Starts(command, work, quick ? 3 : 5).external(flags(uri));
    }
    if (parts.contains("starts")) new Starts(command, work, quick ? 3 : 5).embedded();
    delete(work);
  }

  private List<String> flags(String uri) {
    return List.of(
        "--data",
        work.resolve("files").toString(),
        "--postgres.url",
        uri,
        "--limits.enabled",
        "false",
        "--realtime.connectionsPerAddress",
        Integer.toString(SUBSCRIBERS * 2));
  }

  private void served(String uri) throws IOException {
    if (parts.equals(Set.of("starts"))) return;
    int rows = quick ? 10_000 : 100_000;
    Fixture fixture;
    try (var node = start(uri)) {
      fixture = Fixture.make(node.port());
      fixture.table("posts");
      fixture.table("notes");
      if (parts.contains("load")) {
        fixture.rows("posts", rows);
        load(node, fixture, uri, rows);
      }
      if (parts.contains("rows")) {
        var plan =
            quick
                ? new Large.Plan(100_000, 1, 2, 10_000)
                : new Large.Plan(1_000_000, 2, 3, 100_000);
        new Large(plan, scripts, node, fixture).run(uri);
      }
      if (parts.contains("many")) {
        var plan = quick ? new Many.Plan(1_000, 100, 1, 2) : new Many.Plan(10_000, 1_000, 3, 5);
        new Many(plan, scripts, node, fixture).run();
      }
      if (parts.contains("latency")) {
        var listening = new Listening(node, fixture);
        listening.latency(100, 1_000, quick ? 5 : 20, quick ? 1 : 3);
        listening.close();
      }
    }
    if (parts.contains("memory")) {
      var more = new ArrayList<>(flags(uri));
      more.addAll(List.of(Memory.FLAGS));
      try (var node = start(more)) {
        new Memory(node, fixture.at(node.port())).run();
      }
    }
    if (!parts.contains("idle")) return;
    try (var node = start(uri)) {
      var listening = new Listening(node, fixture);
      listening.idle(SUBSCRIBERS);
      listening.close();
    }
  }

  private Node start(String uri) {
    return start(flags(uri));
  }

  private Node start(List<String> flags) {
    var node = Node.start(command, Node.freePort(), work.resolve("celadon.log"), flags);
    node.awaitMs(START);
    return node;
  }

  private void load(Node celadon, Fixture fixture, String uri, int rows) throws IOException {
    var plan = quick ? new Loading.Plan(rows, 2, 4, 6) : new Loading.Plan(rows, 3, 12, 15);
    try (var floor = floor(celadon, uri)) {
      while (!Node.healthy(floor.port())) Node.pause(10);
      new Loading(plan, scripts, celadon, floor, fixture.user()).run();
    }
  }

  /** With the flags that Celadon's JVM has, but for its archives of classes. */
  private Node floor(Node celadon, String uri) {
    var words = new ArrayList<String>();
    var theirs = List.of(Proc.words(celadon.pid()));
    words.add(theirs.getFirst());
    theirs.stream()
        .skip(1)
        .takeWhile(word -> word.startsWith("-") && !word.equals("-jar") && !word.equals("-cp"))
        .filter(word -> !word.startsWith("-XX:AOT") && !word.startsWith("-D"))
        .forEach(words::add);
    int port = Node.freePort();
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Floor.class.getName()));
    words.addAll(List.of(Integer.toString(port), POINT_CONNECTIONS, uri));
    words.addAll(List.of(Fixture.PROJECT, "posts,notes"));
    return Node.launch(words, port, work.resolve("floor.log"));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
