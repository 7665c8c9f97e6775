package dev.celadon.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in bodies and queries: JSON, numbers, dates, names. */
class BodiesTest {

  private static final TestServer SERVER = TestServer.start();
  private static final String ROWS = "/v1/tablesdb/default/tables/things/rows";
  private static As key;

  @BeforeAll
  static void furnish() {
    var owner = SERVER.owner();
    key =
        SERVER.key(
            owner, "p1", "tables.write", "tables.read", "columns.write", "rows.write", "rows.read");
    var tables = "/v1/tablesdb/default/tables";
    made(tables, new JsonObject().put("tableId", "things").put("name", "Things"));
    for (var kind : List.of("integer", "float", "boolean", "datetime")) {
      made(tables + "/things/columns/" + kind, column(kind));
    }
    made(tables + "/things/columns/string", column("text").put("size", 1_000));
    made(tables + "/things/columns/string", column("toString").put("size", 100));
    made(tables + "/things/columns/string", column("constructor").put("size", 100));
  }

  private static JsonObject column(String name) {
    return new JsonObject().put("key", name).put("required", false);
  }

  private static void made(String path, JsonObject body) {
    var answer = SERVER.post(key, path, body);
    assertTrue(answer.status() / 100 == 2, answer.text());
  }

  private static Answer row(String data) {
    return SERVER.call(key, "POST", ROWS, "{\"rowId\":\"unique()\",\"data\":" + data + "}");
  }

  private static Answer list(String query) {
    var encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return SERVER.get(key, ROWS + "?queries[]=" + encoded);
  }

  private static Map<String, byte[]> brokenJson() {
    var broken = new TreeMap<String, byte[]>();
    Map.ofEntries(
            Map.entry("deep lists", "{\"a\":" + "[".repeat(10_000)),
            Map.entry("deep objects", "{\"a\":".repeat(10_000)),
            Map.entry("deep and closed", "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"),
            Map.entry("a million keys", keys(900_000)),
            Map.entry("a million values", "{\"a\":[" + "0,".repeat(1_000_000) + "0]}"),
            Map.entry("one key twice", "{\"rowId\":\"a\",\"data\":{},\"rowId\":\"b\"}"),
            Map.entry("one key twice within", "{\"rowId\":\"a\",\"data\":{\"text\":1,\"text\":2}}"),
            Map.entry("trailing object", "{} {}"),
            Map.entry("trailing letter", "{}x"),
            Map.entry("trailing bracket", "{}}"),
            Map.entry("mark", "\uFEFF{}"),
            Map.entry("comment", "{/*x*/}"),
            Map.entry("single quotes", "{'rowId':'a'}"),
            Map.entry("no quotes", "{rowId:1}"),
            Map.entry("NaN", "{\"a\":NaN}"),
            Map.entry("hex", "{\"a\":0x1}"),
            Map.entry("leading zero", "{\"a\":01}"),
            Map.entry("trailing comma", "{\"a\":1,}"),
            Map.entry("control character", "{\"a\":\"\u0001\"}"),
            Map.entry("bad escape", "{\"a\":\"\\x41\"}"),
            Map.entry("cut", "{\"a\":"),
            Map.entry("huge number", "{\"a\":" + "9".repeat(5_000) + "}"),
            Map.entry("list", "[]"),
            Map.entry("text", "\"x\""),
            Map.entry("null", "null"))
        .forEach((name, text) -> broken.put(name, text.getBytes(StandardCharsets.UTF_8)));
    broken.put("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
    broken.put("UTF-16 LE", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
    broken.put("UTF-32", "{\"a\":1}".getBytes(StandardCharsets.UTF_32));
    broken.put("half a letter", new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'});
    broken.put("overlong", bytes("{\"a\":\"\u00c0\u0080\"}"));
    broken.put("surrogate in UTF-8", bytes("{\"a\":\"\u00ed\u00a0\u0080\"}"));
    broken.put("no UTF-8", bytes("{\"a\":\"\u00ff\u00fe\"}"));
    return broken;
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String keys(int count) {
    var body = new StringBuilder("{");
    for (int i = 0; i < count; i++) body.append('"').append(Integer.toHexString(i)).append("\":1,");
    return body.append("\"z\":1}").toString();
  }

  @Test
  @DisplayName("A58 JSON that is not RFC 8259, or can be read in two ways, or bursts, is 400")
  void brokenBodies() throws IOException {
    for (var each : brokenJson().entrySet()) {
      var request =
          Raw.post(
              ROWS,
              each.getValue(),
              "X-Appwrite-Project: p1",
              "X-Appwrite-Key: " + key.headers().get("x-appwrite-key"));
      try (var raw = new Raw(SERVER.port())) {
        var answer = raw.send(request).answer();
        assertEquals(400, Raw.status(answer), each.getKey() + ": " + answer);
        assertTrue(answer.contains("general_bad_request"), each.getKey() + ": " + answer);
      }
    }
  }

  @ParameterizedTest
  @DisplayName("A58 NUL and half a surrogate pair reach no column, whatever they are written as")
  @ValueSource(
      strings = {
        "{\"text\":\"a\\u0000b\"}",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":\"\\udc00x\"}",
        "{\"text\":\"\\ud83d\\ud83d\"}",
        "{\"a\\u0000\":1}",
        "{\"\\ud800\":1}"
      })
  void unstorableText(String data) {
    var answer = row(data);
    assertEquals(400, answer.status(), answer.text());
    if (!data.startsWith("{\"text\"")) return;
    var escaped = data.substring(data.indexOf(':') + 1, data.length() - 1);
    var query = "{\"method\":\"equal\",\"attribute\":\"text\",\"values\":[" + escaped + "]}";
    assertEquals(400, list(query).status(), data);
  }

  @Test
  @DisplayName("A59 more queries, values, letters or depth than there may be are 400")
  void tooManyQueries() {
    var limit = "{\"method\":\"limit\",\"values\":[1]}";
    var one = "queries[]=" + URLEncoder.encode(limit, StandardCharsets.UTF_8);
    var many = SERVER.get(key, ROWS + "?" + (one + "&").repeat(101));
    assertEquals(400, many.status(), many.text());
    assertEquals(200, SERVER.get(key, ROWS + "?" + (one + "&").repeat(100)).status());
    var values = "1,".repeat(500) + "1";
    var integers = "{\"method\":\"equal\",\"attribute\":\"integer\",\"values\":[" + values + "]}";
    assertEquals("general_query_invalid", list(integers).type());
    var letters = "a".repeat(4_096);
    var lengthy = "{\"method\":\"equal\",\"attribute\":\"text\",\"values\":[\"" + letters + "\"]}";
    assertEquals(400, list(lengthy).status());
    assertEquals("general_query_invalid", list(nested(10)).type());
    assertEquals(400, SERVER.get(key, ROWS + "?" + "a=1&".repeat(1_500)).status());
  }

  private static String nested(int depth) {
    var query = "{\"method\":\"isNull\",\"attribute\":\"text\"}";
    for (int i = 0; i < depth; i++) query = "{\"method\":\"and\",\"values\":[" + query + "]}";
    return query;
  }

  @ParameterizedTest
  @DisplayName("A60 what is no number of the column is 400")
  @ValueSource(
      strings = {
        "{\"integer\":9223372036854775808}",
        "{\"integer\":-9223372036854775809}",
        "{\"integer\":1.5}",
        "{\"integer\":1e400}",
        "{\"integer\":\"1\"}",
        "{\"integer\":true}",
        "{\"integer\":[1]}",
        "{\"float\":1e400}",
        "{\"float\":-1e400}",
        "{\"float\":\"1\"}",
        "{\"float\":\"NaN\"}",
        "{\"float\":\"Infinity\"}",
        "{\"boolean\":1}",
        "{\"boolean\":\"true\"}"
      })
  void badNumbers(String data) {
    var answer = row(data);
    assertEquals(400, answer.status(), answer.text());
    assertEquals("row_invalid_structure", answer.type());
  }

  @Test
  @DisplayName("A60 every 64-bit number comes back exactly, and so does zero below zero")
  void exactNumbers() {
    for (long n : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, (1L << 53) + 1}) {
      var made = row("{\"integer\":" + n + "}");
      assertEquals(201, made.status(), made.text());
      var read = SERVER.get(key, ROWS + "/" + made.json().getString("$id"));
      assertEquals(n, read.json().getLong("integer"));
      var found = list("{\"method\":\"equal\",\"attribute\":\"integer\",\"values\":[" + n + "]}");
      assertTrue(found.json().getInteger("total") >= 1, found.text());
    }
    for (var n : List.of("-0.0", "1.7976931348623157E308", "4.9E-324", "0.1")) {
      var made = row("{\"float\":" + n + "}");
      assertEquals(201, made.status(), made.text());
      double read = made.json().getDouble("float");
      assertEquals(Double.parseDouble(n), read);
    }
    assertEquals(201, row("{\"integer\":-0}").status());
  }

  @ParameterizedTest
  @DisplayName("A60 limits and offsets out of bounds, and min above max, are 400")
  @ValueSource(
      strings = {
        "{\"method\":\"limit\",\"values\":[-1]}",
        "{\"method\":\"limit\",\"values\":[1.5]}",
        "{\"method\":\"limit\",\"values\":[\"1; drop table x\"]}",
        "{\"method\":\"limit\",\"values\":[9223372036854775808]}",
        "{\"method\":\"limit\",\"values\":[1e400]}",
        "{\"method\":\"limit\",\"values\":[]}",
        "{\"method\":\"offset\",\"values\":[-1]}",
        "{\"method\":\"offset\",\"values\":[1000000000000]}",
        "{\"method\":\"equal\",\"attribute\":\"integer\",\"values\":[9223372036854775808]}",
        "{\"method\":\"equal\",\"attribute\":\"integer\",\"values\":[1e400]}",
        "{\"method\":\"equal\",\"attribute\":\"float\",\"values\":[1e400]}",
        "{\"method\":\"equal\",\"attribute\":\"float\",\"values\":[\"NaN\"]}"
      })
  void badBounds(String query) {
    var answer = list(query);
    assertEquals(400, answer.status(), answer.text());
    var column = column("n").put("min", 2).put("max", 1);
    var made = SERVER.post(key, "/v1/tablesdb/default/tables/things/columns/integer", column);
    assertEquals(400, made.status(), made.text());
  }

  @ParameterizedTest
  @DisplayName("A63 a date that no calendar has, or no zone, is 400")
  @ValueSource(
      strings = {
        "99999-01-01T00:00:00.000+00:00",
        "+99999-01-01T00:00:00.000+00:00",
        "-0001-01-01T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-01-01T25:00:00Z",
        "2024-01-01T00:61:00Z",
        "2016-12-31T23:59:61Z",
        "2024-01-01T00:00:00+99:00",
        "2024-01-01T00:00:00+25:00",
        "infinity",
        "-infinity",
        "now",
        "epoch",
        "today",
        "",
        "1704067200",
        "2024-01-01T00:00:00Z'; drop table x; --"
      })
  void badDates(String date) {
    var answer = row(new JsonObject().put("datetime", date).encode());
    assertEquals(400, answer.status(), answer.text());
    var query = new JsonObject().put("method", "greaterThan").put("attribute", "datetime");
    assertEquals(400, list(query.put("values", JsonArray.of(date)).encode()).status(), date);
  }

  @Test
  @DisplayName(
      "A63 the last second of a day with 86,401 is taken for the next, or refused: never 500")
  void leapSecond() {
    var answer = row("{\"datetime\":\"2016-12-31T23:59:60Z\"}");
    assertTrue(answer.status() == 201 || answer.status() == 400, answer.text());
  }

  @Test
  @DisplayName("A64 names that mean something to some language are names like others")
  void namesOfLanguages() {
    var made = row("{\"toString\":\"a\",\"constructor\":\"b\"}");
    assertEquals(201, made.status(), made.text());
    assertEquals("a", made.json().getString("toString"));
    assertEquals("b", made.json().getString("constructor"));
    for (var name : List.of("__proto__", "prototype", "hasOwnProperty", "valueOf", "class")) {
      var unknown = row(new JsonObject().put(name, new JsonObject().put("admin", true)).encode());
      assertEquals(400, unknown.status(), unknown.text());
      assertEquals(404, SERVER.get(key, ROWS + "/" + (name.startsWith("_") ? "x" : name)).status());
      var query = new JsonObject().put("method", "isNull").put("attribute", name);
      assertEquals(400, list(query.encode()).status(), name);
      assertEquals(404, SERVER.get(key, "/v1/" + name + "/toString").status());
    }
    var prefs = new JsonObject().put("__proto__", new JsonObject().put("admin", true));
    var as = As.session("p1", SERVER.signIn("p1", "proto"));
    var kept = SERVER.patch(as, "/v1/account/prefs", new JsonObject().put("prefs", prefs));
    assertEquals(200, kept.status(), kept.text());
    assertEquals(prefs, SERVER.get(as, "/v1/account/prefs").json());
  }

  @Test
  @DisplayName("F24 a compressed body is not unpacked")
  void noDecompression() throws IOException {
    for (var coding : List.of("gzip", "deflate", "br", "zstd", "gzip, gzip")) {
      try (var raw = new Raw(SERVER.port())) {
        var packed = new byte[] {0x1f, (byte) 0x8b};
        raw.send(Raw.post("/v1/account", packed, "Content-Encoding: " + coding));
        var answer = raw.answer();
        assertEquals(400, Raw.status(answer), answer);
      }
    }
    assertFalse(SERVER.get(As.guest("p1"), "/v1/ping").header("content-encoding").contains("gzip"));
  }
}
