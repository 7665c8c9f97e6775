package dev.celadon.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long the way from the command to the first 200 is. */
final class Starts {

  private static final Duration MOST = Duration.ofMinutes(2);
  private static final int IDLE_MS = 10_000;

  private final List<String> command;
  private final Path work;
  private final int times;

  Starts(List<String> command, Path work, int times) {
    this.command = command;
    this.work = work;
    this.times = times;
  }

  /** With a PostgreSQL of its own: on empty data, then warm; then its memory when idle. */
  void embedded() {
    var flags = List.of("--data", work.resolve("starts").toString());
    System.out.printf("first start on empty data: %,d ms%n", once(flags));
    var warm = new ArrayList<Long>();
    for (int i = 0; i < times; i++) warm.add(once(flags));
    print("warm restart, embedded PostgreSQL", warm);
    try (var node = start(flags)) {
      node.awaitMs(MOST);
      Node.pause(IDLE_MS);
      System.out.printf("JVM resident, idle: %,d MB%n", Proc.rssKiB(node.pid()) / 1024);
    }
  }

  /** With a PostgreSQL that runs already. */
  void external(List<String> flags) {
    once(flags);
    var warm = new ArrayList<Long>();
    for (int i = 0; i < times; i++) warm.add(once(flags));
    print("restart, external PostgreSQL", warm);
  }

  private long once(List<String> flags) {
    try (var node = start(flags)) {
      return node.awaitMs(MOST);
    }
  }

  private Node start(List<String> flags) {
    return Node.start(command, Node.freePort(), work.resolve("starts.log"), flags);
  }

  private static void print(String what, List<Long> times) {
    times.sort(null);
    System.out.printf(
        "%s: %,d ms (median of %d; %,d to %,d)%n",
        what, times.get(times.size() / 2), times.size(), times.getFirst(), times.getLast());
  }
}
