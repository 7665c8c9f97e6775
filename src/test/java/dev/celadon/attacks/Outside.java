package dev.celadon.attacks;

import dev.celadon.bench.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, from the class path of the tests. */
final class Outside {

  private static final long PATIENCE_S = 120;

  /** How a process ended: its status and what it said. */
  record End(int status, List<String> out, List<String> err) {}

  /** The command that starts it, with a small heap; {@code first} stands before everything. */
  static List<String> command(String... first) {
    var words = new ArrayList<>(List.of(first));
    words.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.celadon.App"));
    return words;
  }

  /** Runs it to its end, which must come by itself. */
  static End run(Path folder, String... flags) throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var words = command();
    words.addAll(List.of(flags));
    var process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("goes on: " + Files.readString(out) + Files.readString(err));
    }
    return new End(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }

  /** Starts it on a data directory under {@code folder} and waits until it is well. */
  static Node start(Path folder, List<String> command, String... flags) {
    var all = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(flags));
    var node = Node.start(command, Node.freePort(), folder.resolve("log"), all);
    node.awaitMs(java.time.Duration.ofSeconds(PATIENCE_S));
    return node;
  }

  private Outside() {}
}
