package dev.celadon.crash;

import dev.celadon.bench.Node;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server with its own PostgreSQL on one data directory, killed and started again. */
final class Victim implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(1);
  private static final int POLL_MS = 20;

  private final List<String> command;
  private final Path data;
  private final int port = Node.freePort();
  private Node node;

  private Victim(List<String> command, Path data) {
    this.command = command;
    this.data = data;
  }

  /** Starts it for the first time. */
  static Victim start(List<String> command, Path data) {
    var victim = new Victim(command, data);
    victim.revive();
    return victim;
  }

  int port() {
    return port;
  }

  Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  /** Starts it and waits until it is well. */
  void revive() {
    var flags = List.of("--data", data.toString(), "--limits.enabled", "false");
    node = Node.start(command, port, log(), flags);
    node.awaitMs(START);
  }

  /** Ends the server as a power cut would, and leaves PostgreSQL running. */
  void killServer() {
    node.kill();
  }

  /** Ends PostgreSQL's first process; its children see that and end. */
  void killPostgres() {
    ProcessHandle.of(Long.parseLong(postmaster().getFirst()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Waits until the server is well again without being started. */
  void recovered() {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Node.healthy(port)) {
      if (!node.alive()) throw new IllegalStateException("the server ended with its PostgreSQL");
      if (System.nanoTime() > deadline) throw new IllegalStateException("it does not recover");
      Node.pause(POLL_MS);
    }
  }

  /** How to look into the database past the server. */
  PgConnectOptions database() {
    try {
      return new PgConnectOptions()
          .setHost("127.0.0.1")
          .setPort(Integer.parseInt(postmaster().get(3)))
          .setUser("celadon")
          .setDatabase("celadon")
          .setPassword(Files.readString(data.resolve("postgres.password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> postmaster() {
    try {
      return Files.readAllLines(data.resolve("postgres/postmaster.pid")).stream()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
