package dev.celadon.bench.peers;

import dev.celadon.bench.Proc;
import dev.celadon.store.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Installs the peers, loads them and Celadon, and prints the figures. */
public final class Peers {

  private static final List<Peer> ALL = List.of(new PocketBase());
  private static final int INSTALL_MINUTES = 20;

  private final Path root;
  private final Path cache;
  private final boolean quick;
  private final List<Peer> wanted;

  private Peers(Path root, boolean quick, List<Peer> wanted) {
    this.root = root;
    this.cache = root.resolve("target/peers");
    this.quick = quick;
    this.wanted = wanted;
  }

  /**
   * Runs the comparison with all peers, or with those that are named.
   *
   * @param args the root of the checkout, {@code --quick}, and words of peers
   */
  public static void main(String[] args) throws IOException {
    var words = new ArrayList<>(List.of(args));
    var root = Path.of(words.removeFirst()).toRealPath();
    boolean quick = words.remove("--quick");
    var wanted =
        ALL.stream().filter(peer -> words.isEmpty() || words.contains(peer.word())).toList();
    new Peers(root, quick, wanted).run();
    System.exit(0);
  }

  private void run() throws IOException {
    var homes = installed();
    var plan = quick ? plan(10_000, 1, 2, 2) : plan(100_000, 2, 5, 4);
    System.out.printf(
        "%s, Java %s, %d processors, load %s%s; %,d rows, %d x %d s a server and shape%n%n",
        LocalDate.now(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Proc.load(),
        quick ? ", quick" : "",
        plan.rows(),
        plan.turns(),
        plan.seconds());
    System.out.println("- Celadon: " + Celadon.NOTE + ".");
    homes.keySet().forEach(Peers::describe);
    System.out.println();
    var work = Files.createTempDirectory(root.resolve("target"), "peers-");
    try (var postgres = EmbeddedPostgres.start(work.resolve("data"))) {
      compare(new Site(root, work, postgres, plan.rows()), homes, plan);
    }
    delete(work);
  }

  private static void describe(Peer peer) {
    System.out.printf("- %s %s: %s.%n", peer.name(), peer.version(), peer.note());
  }

  private static Comparison.Plan plan(int rows, int turns, int seconds, int warmSeconds) {
    return new Comparison.Plan(rows, turns, seconds, warmSeconds);
  }

  private void compare(Site site, Map<Peer, Path> homes, Comparison.Plan plan) throws IOException {
    var servers = new ArrayList<Served>();
    try {
      servers.add(Celadon.serve(site));
      homes.forEach((peer, home) -> served(peer, site, home, servers));
      System.out.println();
      new Comparison(plan, site, servers).run();
    } finally {
      servers.forEach(server -> server.program().stop());
    }
  }

  private static void served(Peer peer, Site site, Path home, List<Served> servers) {
    long start = System.nanoTime();
    try {
      servers.add(peer.serve(site, home));
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      System.out.printf("%s runs and has its rows after %d s%n", peer.name(), seconds);
    } catch (IOException | RuntimeException e) {
      System.out.printf("%s is left out: %s%n", peer.name(), e.getMessage());
    }
  }

  private Map<Peer, Path> installed() throws IOException {
    Map<Peer, Path> homes = new LinkedHashMap<>();
    Files.createDirectories(cache);
    for (var peer : wanted) {
      var home = cache.resolve(peer.word() + "-" + peer.version());
      var problem = install(peer, home);
      if (problem.isEmpty()) homes.put(peer, home);
      else System.out.printf("%s %s is left out: %s%n", peer.name(), peer.version(), problem);
    }
    return homes;
  }

  /** Why not, or nothing. */
  private String install(Peer peer, Path home) throws IOException {
    var script = root.resolve("src/test/resources/bench/peers/install").toString();
    var log = cache.resolve(peer.word() + ".log");
    var process =
        new ProcessBuilder(script, peer.word(), peer.version(), home.toString())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return "not installed within " + INSTALL_MINUTES + " minutes";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    if (process.exitValue() == 0) return "";
    var said = Files.readString(log).lines().filter(line -> !line.isBlank()).toList();
    return said.isEmpty() ? "the installation failed" : said.getLast();
  }

  private static void delete(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    }
  }
}
