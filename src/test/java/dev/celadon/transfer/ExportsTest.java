package dev.celadon.transfer;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that go: what the caller may read of a table, once, however slowly he takes it. */
class ExportsTest {

  private static final Files FILES =
      new Files(
          TestServer.start(
              config -> {
                var s = TestConfig.idle(config.server(), 6);
                return TestConfig.with(TestConfig.with(config, s), false);
              }));

  private static String filled(String id, int rows, int width) {
    var table = FILES.table(id, List.of(), "mediumtext s", "integer n");
    var file =
        IntStream.range(0, rows)
            .mapToObj(i -> "r" + i + ",\"" + "x".repeat(width) + "\"," + i)
            .collect(Collectors.joining("\n", "$id,s,n\n", "\n"));
    var one = FILES.bring(FILES.key, table, Files.CSV, file, "importId=" + id);
    assertEquals(rows, one.getLong("stored"), one::encode);
    return table;
  }

  private static List<String> ids(String file) {
    return file.lines().map(line -> new JsonObject(line).getString("$id")).toList();
  }

  private static String filter(String method, String attribute, Object... values) {
    var json = new JsonObject().put("method", method).put("attribute", attribute);
    json.put("values", new JsonArray(List.of(values)));
    return "queries%5B%5D=" + URLEncoder.encode(json.encode(), StandardCharsets.UTF_8);
  }

  @Test
  void manyPagesAreOneFile() {
    var table = filled("many", 5_000, 100);
    var expected = IntStream.range(0, 5_000).mapToObj(i -> "r" + i).toList();
    assertEquals(expected, ids(FILES.take(FILES.key, table)));
    assertEquals(
        expected.subList(1_235, 5_000),
        ids(FILES.take(FILES.key, table, Files.query("cursorAfter", "r1234"))));
    assertEquals(
        expected.subList(0, 2_345), ids(FILES.take(FILES.key, table, Files.query("limit", 2_345))));
    assertEquals(
        expected.subList(4_990, 4_995),
        ids(
            FILES.take(
                FILES.key,
                table,
                filter("greaterThanEqual", "n", 10),
                filter("lessThan", "n", 4_995),
                Files.query("cursorAfter", "r4989"))));
    assertEquals(List.of(), ids(FILES.take(FILES.key, table, Files.query("limit", 0))));
    assertEquals(List.of(), ids(FILES.take(FILES.key, table, filter("equal", "n", -1))));
  }

  @Test
  void longRowsMakeShortPages() {
    var table = filled("wide", 12, 700_000);
    var file = FILES.take(FILES.key, table, "format=csv");
    assertTrue(file.length() > 12 * 700_000);
    assertEquals(13, file.lines().count());
  }

  @Test
  void whatOneMayNotReadIsNotThere() {
    var table = FILES.table("mine", List.of("create(\"users\")"), "text s");
    FILES.bring(FILES.ann, table, Files.CSV, "$id,s\na1,x\na2,x\n");
    FILES.bring(FILES.ben, table, Files.CSV, "$id,s\nb1,x\n");
    FILES.bring(FILES.key, table, Files.CSV, "$id,s\nk1,x\n");
    assertEquals(List.of("a1", "a2"), ids(FILES.take(FILES.ann, table)));
    assertEquals(List.of("b1"), ids(FILES.take(FILES.ben, table)));
    assertEquals(List.of(), ids(FILES.take(As.guest("p1"), table)));
    assertEquals(List.of("a1", "a2", "b1", "k1"), ids(FILES.take(FILES.key, table)));
    assertEquals(
        "general_cursor_not_found", refusal(FILES.ann, table, Files.query("cursorAfter", "b1")));
    assertEquals(
        "general_cursor_not_found", refusal(FILES.ann, table, Files.query("cursorAfter", "none")));
    var closed = FILES.table("closed", List.of(), "text s");
    expect(
        200,
        FILES.server.put(
            FILES.key, closed, new JsonObject().put("name", "c").put("rowSecurity", false)));
    assertEquals("user_unauthorized", refusal(FILES.ann, closed));
    assertEquals("table_not_found", refusal(FILES.ann, Files.path("none")));
  }

  private static String refusal(As as, String table, String... query) {
    return FILES.server.get(as, table + "/export?" + String.join("&", query)).type();
  }

  @Test
  void whatHasNoPlaceInAFileIsRefused() {
    var table = filled("bad", 1, 1);
    for (var query :
        List.of(
            Files.query("orderDesc"),
            Files.query("orderRandom"),
            Files.query("offset", 1),
            Files.query("cursorBefore", "r0"),
            Files.query("select", "s"),
            Files.query("cursorAfter"),
            Files.query("limit", -1),
            Files.query("limit", "x"),
            filter("equal", "none", 1),
            Files.query("limit", 1) + "&" + Files.query("limit", 2),
            "columns%5B%5D=none")) {
      assertEquals("general_query_invalid", refusal(FILES.key, table, query), query);
    }
    assertEquals("general_argument_invalid", refusal(FILES.key, table, "format=xml"));
    assertEquals("general_argument_invalid", refusal(FILES.key, table, "format=csv&delimiter=%22"));
    assertEquals("general_argument_invalid", refusal(FILES.key, table, "delimiter=ab"));
  }

  @Test
  void hiddenColumnsAreNot() {
    var table = FILES.table("hidden", List.of("read(\"users\")"), "text s", "text h");
    FILES.bring(FILES.key, table, Files.CSV, "$id,s,h\nr,x,secret\n");
    var permissions = new JsonArray(List.of("read(\"user:ann\")"));
    expect(
        200,
        FILES.server.patch(
            FILES.key,
            table + "/columns/text/h",
            new JsonObject()
                .put("required", false)
                .put("permissions", permissions)
                .putNull("default")));
    assertTrue(FILES.take(FILES.ann, table, "format=csv").contains("secret"));
    var seen = FILES.take(FILES.ben, table, "format=csv");
    assertFalse(seen.contains("secret") || seen.contains(",h"), seen);
    var hidden = FILES.server.get(FILES.ben, table + "/export?columns%5B%5D=h");
    var missing = FILES.server.get(FILES.ben, table + "/export?columns%5B%5D=g");
    assertEquals(missing.text(), hidden.text().replace("'h'", "'g'"));
    assertEquals(
        "general_query_invalid", refusal(FILES.ben, table, filter("equal", "h", "secret")));
  }

  private static Socket asking(String path) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(8_192);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress("127.0.0.1", FILES.server.port()));
    var head =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nX-Appwrite-Project: p1\r\nX-Appwrite-Key: %s\r\n\r\n"
            .formatted(path, FILES.key.headers().get("x-appwrite-key"));
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void whoDoesNotTakeItIsCutAndHoldsNothing() throws Exception {
    var table = filled("slow", 20, 1_000_000);
    try (var socket = asking(table + "/export")) {
      // Reads nothing for longer than the server waits, which is six seconds.
      Thread.sleep(300);
      var held =
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
              + " AND state LIKE 'idle in transaction%'";
      assertEquals(0, FILES.count(held), "no connection waits for the client");
      Thread.sleep(9_500);
      var heard = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(heard);
      } catch (IOException reset) {
        // Which is how a slow one is told.
      }
      assertTrue(heard.size() < 19_000_000, "cut after " + heard.size());
      assertFalse(heard.toString(StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n"), "no end");
    }
    // Who takes it slowly, but does, gets all of it.
    try (var socket = asking(table + "/export")) {
      var heard = new ByteArrayOutputStream();
      var bytes = new byte[1 << 20];
      while (!heard.toString(StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n")) {
        int n = socket.getInputStream().read(bytes);
        assertTrue(n > 0, "cut after " + heard.size());
        heard.write(bytes, 0, n);
        if (heard.size() % 7 == 0) Thread.sleep(20);
      }
      assertTrue(heard.size() > 20_000_000);
    }
  }

  @Test
  void whatIsMadeMeanwhileIsLeftOutAndWhatIsThereIsThereOnce() throws Exception {
    var table = filled("moving", 3_000, 1_000);
    try (var socket = asking(table + "/export?columns%5B%5D=$id")) {
      var input = socket.getInputStream();
      int first = input.read();
      assertEquals('H', first);
      FILES.bring(FILES.key, table, Files.CSV, "$id,s,n\nlate,x,1\n");
      expect(204, FILES.server.delete(FILES.key, table + "/rows/r2999"));
      var heard = new ByteArrayOutputStream();
      var bytes = new byte[65_536];
      while (!heard.toString(StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n")) {
        int n = input.read(bytes);
        assertTrue(n > 0);
        heard.write(bytes, 0, n);
      }
      var text = heard.toString(StandardCharsets.UTF_8);
      assertFalse(text.contains("\"late\""));
      for (int i = 0; i < 2_999; i += 100) {
        var id = "\"r" + i + "\"";
        assertTrue(text.contains(id), id);
        assertEquals(text.indexOf(id), text.lastIndexOf(id), id);
      }
    }
  }
}
