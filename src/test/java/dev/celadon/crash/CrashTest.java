package dev.celadon.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.bench.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short form of the crash harness: five seeds, each with a few crashes. */
class CrashTest {

  private static final int ROUNDS = 3;
  private static final int PEACE_MS = 1_500;

  private static Path work;
  private static Victim victim;
  private static Fixture fixture;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(Path.of("target"));
    work = Files.createTempDirectory(Path.of("target"), "crash-").toAbsolutePath();
    victim = Victim.start(command(), work.resolve("data"));
    fixture = Fixture.make(victim.port());
  }

  /** The server from the class path of the tests, with the small heap that it has by default. */
  private static List<String> command() {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.celadon.App");
  }

  @AfterAll
  static void stop() {
    if (victim != null) victim.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void keepsItsPromises(long seed) throws IOException, InterruptedException {
    var plan = new Run.Plan(seed, ROUNDS, PEACE_MS);
    var verdict = new Run(victim, fixture, plan, work.resolve("ledger-" + seed)).go();
    assertTrue(verdict.good(), () -> "seed " + seed + ", see " + work + ": " + verdict);
  }
}
