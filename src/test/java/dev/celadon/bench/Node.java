package dev.celadon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, started the way its users start it. */
public final class Node implements AutoCloseable {

  private static final byte[] HEALTH =
      "GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int POLL_MS = 4;
  private static final int ANSWER_MS = 5_000;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final Process process;
  private final int port;
  private final long startedNs;

  private Node(Process process, int port, long startedNs) {
    this.process = process;
    this.port = port;
    this.startedNs = startedNs;
  }

  /**
   * Starts a server and does not wait.
   *
   * @param command the program and what stands before the flags
   * @param output where it may write
   */
  public static Node start(List<String> command, int port, Path output, List<String> flags) {
    var words = new ArrayList<>(command);
    words.addAll(List.of("--port", Integer.toString(port), "--server.host", "127.0.0.1"));
    words.addAll(flags);
    return launch(words, port, output);
  }

  /** As {@link #start}, of any program. */
  static Node launch(List<String> words, int port, Path output) {
    try {
      long now = System.nanoTime();
      var process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      return new Node(process, port, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** Waits for the first 200 of the health check; the milliseconds since the start. */
  public long awaitMs(Duration most) {
    try {
      return waited(most);
    } catch (IllegalStateException e) {
      kill();
      throw e;
    }
  }

  private long waited(Duration most) {
    long deadline = startedNs + most.toNanos();
    while (System.nanoTime() < deadline) {
      if (healthy(port)) return (System.nanoTime() - startedNs) / 1_000_000;
      if (!process.isAlive()) throw new IllegalStateException("the server ended: " + process);
      pause(POLL_MS);
    }
    throw new IllegalStateException("the server did not answer within " + most);
  }

  /** Whether the health check on this machine answers 200 now. */
  public static boolean healthy(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MS);
      socket.setSoTimeout(ANSWER_MS);
      socket.getOutputStream().write(HEALTH);
      var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return line.equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  /** The Java process: the one started, or a child of the script that was. */
  public long pid() {
    return java().map(ProcessHandle::pid).orElseThrow();
  }

  private Optional<ProcessHandle> java() {
    var started = process.toHandle();
    return Stream.concat(Stream.of(started), started.descendants())
        .filter(each -> each.info().command().orElse("").endsWith("/java"))
        .findFirst();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Ends it without a chance to say anything; waits until it is gone. */
  public void kill() {
    var java = java();
    java.ifPresent(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    java.ifPresent(each -> each.onExit().join());
    process.toHandle().onExit().join();
  }

  /** Asks it to stop, and waits. */
  @Override
  public void close() {
    try {
      java().ifPresent(ProcessHandle::destroy);
      process.destroy();
      if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A port that is free at this moment. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sleeps. */
  public static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
