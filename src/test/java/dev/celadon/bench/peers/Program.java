package dev.celadon.bench.peers;

import dev.celadon.bench.Node;
import dev.celadon.bench.Proc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A process and all that it has started. */
record Program(ProcessHandle root) {

  private static final Duration START = Duration.ofMinutes(3);
  private static final int POLL_MS = 100;
  private static final int STOP_SECONDS = 20;

  /** Starts it in a directory; what it says goes to a file there. */
  static Program start(List<String> words, Map<String, String> environment, Path directory) {
    try {
      return new Program(builder(words, environment, directory).start().toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  static void run(List<String> words, Map<String, String> environment, Path directory)
      throws IOException {
    var process = builder(words, environment, directory).start();
    int status = process.onExit().join().exitValue();
    if (status != 0) throw new IOException(words + " ended with " + status);
  }

  private static ProcessBuilder builder(
      List<String> words, Map<String, String> environment, Path directory) {
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()));
  }

  /** Waits until a path answers 200; gives up when the process ends or after some minutes. */
  void await(int port, String path) throws IOException {
    var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (!root.isAlive()) throw new IOException("it ended while it started");
      if (answers(http, request)) return;
      Node.pause(POLL_MS);
    }
    throw new IOException("it did not answer within " + START);
  }

  private static boolean answers(HttpClient http, HttpRequest request) {
    try {
      var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      return answer.join().statusCode() == 200;
    } catch (CompletionException e) {
      return false;
    }
  }

  /** Processor time of all processes that live, microseconds. */
  long cpuUs() {
    return sum(Proc::cpuUs);
  }

  /** Resident memory of all, KiB; what they share is counted with each. */
  long rssKiB() {
    return sum(Proc::rssKiB);
  }

  private long sum(ToLongFunction<Long> figure) {
    return Stream.concat(Stream.of(root), root.descendants())
        .mapToLong(
            each -> {
              try {
                return figure.applyAsLong(each.pid());
              } catch (UncheckedIOException e) {
                return 0; // it has ended meanwhile
              }
            })
        .sum();
  }

  /** Ends it, with force if it does not end by itself. */
  void stop() {
    var all = Stream.concat(root.descendants(), Stream.of(root)).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      root.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
