package dev.celadon.crash;

import dev.celadon.bench.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The crash harness as a program. {@code scripts/crash} builds and starts it. */
public final class Crash {

  private static final int PEACE_MS = 2_500;

  /**
   * Runs and exits with 1 when a promise was broken.
   *
   * @param args the root of the checkout, seeds, rounds a seed, the first seed or 0 for any
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var root = Path.of(args[0]).toAbsolutePath();
    int seeds = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    long first = Long.parseLong(args[3]);
    if (first == 0) first = ThreadLocalRandom.current().nextLong(1, 1_000_000);
    Files.createDirectories(root.resolve("target"));
    var work = Files.createTempDirectory(root.resolve("target"), "crash-");
    var command = List.of(root.resolve("scripts/run").toString());
    boolean good = true;
    try (var victim = Victim.start(command, work.resolve("data"))) {
      var fixture = Fixture.make(victim.port());
      for (long seed = first; seed < first + seeds; seed++) {
        System.out.printf("seed %d, %d rounds%n", seed, rounds);
        var plan = new Run.Plan(seed, rounds, PEACE_MS);
        var verdict = new Run(victim, fixture, plan, work.resolve("ledger-" + seed)).go();
        System.out.println(verdict);
        good &= verdict.good();
      }
    }
    System.out.println(good ? "Every promise was kept." : "A promise was BROKEN; see " + work);
    System.exit(good ? 0 : 1);
  }

  private Crash() {}
}
