package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.bench.Node;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server with a small heap and few open files, in a process of its own. */
class PressureTest {

  private static final int FILES = 400;
  private static final int CLIENTS = 40;
  private static final int ROUNDS = 3;
  private static final String PING = "GET /v1/ping HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static Path work;
  private static Node node;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(Path.of("target"));
    work = Files.createTempDirectory(Path.of("target"), "pressure-").toAbsolutePath();
    var few = "ulimit -n " + FILES + " && exec \"$0\" \"$@\"";
    var command = Outside.command("sh", "-c", few);
    node = Outside.start(work, command, "--limits.enabled", "false");
  }

  @AfterAll
  static void stop() throws IOException {
    if (node != null) node.close();
    try (var files = Files.walk(work)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Test
  @DisplayName("F45 more connections than open files: some are turned away, none harms the server")
  void fewFiles() throws IOException {
    var all = new ArrayList<Raw>();
    try {
      for (int i = 0; i < 2 * FILES; i++) all.add(new Raw(node.port()));
      var answers = new TreeMap<Integer, Integer>();
      for (var each : all) answers.merge(asked(each), 1, Integer::sum);
      assertTrue(answers.getOrDefault(200, 0) > 0, answers::toString);
      assertTrue(answers.getOrDefault(503, 0) > 0, answers::toString);
      assertTrue(answers.getOrDefault(0, 0) > 0, answers::toString);
      assertEquals(3, answers.size(), answers::toString);
      assertEquals(200, Raw.status(all.getFirst().send(health()).until("pass")));
    } catch (ConnectException full) {
      throw new AssertionError("the backlog is full", full);
    } finally {
      for (var each : all) each.close();
    }
    recovers();
    var log = Files.readString(work.resolve("log"));
    assertFalse(log.contains("PostgreSQL died"), log);
    assertTrue(log.length() < 100_000, () -> log.length() + " characters of log");
  }

  @Test
  @DisplayName("F45 connections that are gone count no more, those that were WebSockets neither")
  void goneConnections() throws IOException {
    for (int i = 0; i < 2 * FILES; i++) {
      try (var raw = new Raw(node.port())) {
        raw.send(i % 2 == 0 ? FuzzTest.UPGRADE : PING).until("\r\n\r\n");
      }
    }
    recovers();
  }

  private static int asked(Raw raw) {
    try {
      return Raw.status(raw.send(PING).until("\r\n\r\n"));
    } catch (IOException closed) {
      return 0;
    }
  }

  private static String health() {
    return PING.replace("ping", "health");
  }

  private static void recovers() {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!Node.healthy(node.port())) {
      assertTrue(node.alive(), "the server ended");
      assertTrue(System.nanoTime() < deadline, "it does not recover");
      Node.pause(50);
    }
  }

  @Test
  @DisplayName(
      "F46 a hundred and twenty bodies of 10 MB at once for 256 MB of heap: 503, and it lives on")
  void largeBodies() throws Exception {
    var text = "{\"name\":\"" + "a".repeat(10_400_000) + "\"}";
    var values =
        "{\"a\":[" + "{},".repeat(190_000) + "{}],\"b\":\"" + "é".repeat(4_900_000) + "\"}";
    var bodies = new byte[][] {text.getBytes(), values.getBytes(StandardCharsets.UTF_8)};
    var statuses = new TreeMap<Integer, Integer>();
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      var sent = new ArrayList<Future<Integer>>();
      for (int i = 0; i < CLIENTS * ROUNDS; i++) {
        var body = bodies[i % bodies.length];
        sent.add(clients.submit(() -> post(body)));
      }
      for (var each : sent) statuses.merge(each.get(), 1, Integer::sum);
    }
    assertTrue(node.alive(), "the server ended");
    assertTrue(statuses.getOrDefault(503, 0) > 0, statuses::toString);
    for (var status : statuses.keySet()) {
      assertTrue(Map.of(400, "", 503, "", 408, "", 0, "").containsKey(status), statuses::toString);
    }
    recovers();
    assertEquals(400, post("{\"small\":1}".getBytes(StandardCharsets.UTF_8)));
  }

  /** The status of the answer; 0 when the connection was cut before one could be read. */
  private static int post(byte[] body) {
    try (var raw = new Raw(node.port())) {
      raw.send(Raw.post("/v1/account", body));
      return Raw.status(raw.until("\r\n\r\n"));
    } catch (IOException cut) {
      return 0;
    }
  }
}
