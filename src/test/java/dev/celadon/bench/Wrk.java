package dev.celadon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** One run of wrk against one server. */
public record Wrk(long requests, double seconds, double p50Ms, double p99Ms, double cpuUs) {

  private static final Pattern RESULT =
      Pattern.compile("RESULT requests=(\\d+) us=(\\d+) errors=(\\d+) p50=(\\d+) p99=(\\d+)");

  /**
   * What to send.
   *
   * @param script its name among the test resources
   * @param environment what the script reads
   */
  public record Shape(String name, Path script, Map<String, String> environment) {}

  /** Answers in a second. */
  public double perSecond() {
    return requests / seconds;
  }

  /** Loads {@code node} for some seconds; fails when an answer is not a success. */
  static Wrk run(Node node, Shape shape, Api caller, int connections, int seconds) {
    long pid = node.pid();
    return run(shape, caller.at(node.port()), connections, seconds, () -> Proc.cpuUs(pid));
  }

  /**
   * Loads the server that {@code caller} speaks to.
   *
   * @param cpuUs processor time that the server has used so far
   */
  public static Wrk run(Shape shape, Api caller, int connections, int seconds, LongSupplier cpuUs) {
    var words = new ArrayList<>(List.of("wrk", "-t2", "-c" + connections, "-d" + seconds + "s"));
    words.addAll(List.of("--timeout", "10s", "-s", shape.script.toString()));
    caller.headers().forEach((name, value) -> words.addAll(List.of("-H", name + ": " + value)));
    words.add("http://127.0.0.1:" + caller.port());
    long before = cpuUs.getAsLong();
    var said = output(words, shape.environment);
    long after = cpuUs.getAsLong();
    var found = RESULT.matcher(said);
    if (!found.find()) throw new IllegalStateException("wrk said: " + said);
    if (!found.group(3).equals("0")) throw new IllegalStateException("not all succeeded: " + said);
    long requests = Long.parseLong(found.group(1));
    return new Wrk(
        requests,
        Long.parseLong(found.group(2)) / 1e6,
        Long.parseLong(found.group(4)) / 1e3,
        Long.parseLong(found.group(5)) / 1e3,
        (double) (after - before) / requests);
  }

  private static String output(List<String> words, Map<String, String> environment) {
    try {
      var builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().putAll(environment);
      var process = builder.start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
