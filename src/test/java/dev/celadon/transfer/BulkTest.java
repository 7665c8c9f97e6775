package dev.celadon.transfer;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many rows, and much, in one call: all or none, whatever the number of statements. */
class BulkTest {

  private static final int MOST = 1_000;
  private static final Files FILES =
      new Files(TestServer.start(c -> TestConfig.with(TestConfig.bulk(c, MOST), false)));

  private static JsonObject rows(int count, int width, String last) {
    var text = "é\"\n".repeat(width / 3);
    var rows = new JsonArray();
    for (int i = 0; i < count; i++) {
      var id = i == count - 1 ? last : "r" + i;
      rows.add(new JsonObject().put("$id", id).put("s", text).put("n", i));
    }
    return new JsonObject().put("rows", rows);
  }

  private static String table(String id) {
    return FILES.table(id, List.of(), "mediumtext s", "integer n");
  }

  @Test
  void manyAreOneChange() {
    var table = table("many");
    var answer = expect(201, FILES.server.post(FILES.key, table + "/rows", rows(MOST, 9, "z")));
    assertEquals(MOST, answer.json().getInteger("total"));
    var first = answer.json().getJsonArray("rows").getJsonObject(0);
    assertEquals("r0", first.getString("$id"));
    assertEquals(MOST, FILES.ids(FILES.key, table).size());
    assertEquals(MOST, FILES.events("many"));
    var more = FILES.server.post(FILES.key, table + "/rows", rows(MOST + 1, 9, "z"));
    assertEquals("general_argument_invalid", more.type());
    var put = rows(MOST, 9, "new");
    var changed = expect(201, FILES.server.put(FILES.key, table + "/rows", put)).json();
    assertEquals(MOST, changed.getInteger("total"));
    assertEquals("new", changed.getJsonArray("rows").getJsonObject(MOST - 1).getString("$id"));
    assertEquals(MOST + 1, FILES.ids(FILES.key, table).size());
  }

  @Test
  void theLastMaySpoilTheFirst() {
    var table = table("spoilt");
    expect(201, FILES.server.post(FILES.key, table + "/rows", rows(1, 9, "taken")));
    for (var width : List.of(9, 300_000)) {
      int count = width == 9 ? MOST : 12;
      var answer = FILES.server.post(FILES.key, table + "/rows", rows(count, width, "taken"));
      assertEquals("row_already_exists", answer.type());
      assertEquals(List.of("taken"), FILES.ids(FILES.key, table));
      assertEquals(1, FILES.events("spoilt"));
    }
    var wrong = rows(12, 300_000, "z");
    wrong.getJsonArray("rows").getJsonObject(11).put("n", "x");
    assertEquals(
        "row_invalid_structure", FILES.server.post(FILES.key, table + "/rows", wrong).type());
    assertEquals(List.of("taken"), FILES.ids(FILES.key, table));
  }

  @Test
  void longBodiesAndAnswersAreWhole() {
    var table = table("long");
    var rows = rows(12, 300_000, "z");
    var answer = expect(201, FILES.server.post(FILES.key, table + "/rows", rows)).json();
    var text = rows.getJsonArray("rows").getJsonObject(0).getString("s");
    for (int i = 0; i < 12; i++) {
      assertEquals(text, answer.getJsonArray("rows").getJsonObject(i).getString("s"));
    }
    var list = expect(200, FILES.server.get(FILES.key, table + "/rows")).json();
    assertEquals(answer.getJsonArray("rows"), list.getJsonArray("rows"));
  }

  @Test
  void longAnswersComeWholeAgainAndAgain() throws Exception {
    var table = table("often");
    expect(201, FILES.server.post(FILES.key, table + "/rows", rows(10, 300_000, "z")));
    var length = FILES.server.get(FILES.key, table + "/rows").text().length();
    for (int i = 0; i < 60; i++) {
      long begun = System.nanoTime();
      assertEquals(length, FILES.server.get(FILES.key, table + "/rows").text().length());
      long ms = (System.nanoTime() - begun) / 1_000_000;
      assertTrue(ms < 20_000, i + ": " + ms);
    }
  }

  @Test
  void aLongBodyIsReadAsStrictlyAsAShortOne() {
    var table = table("strict");
    for (int size : new int[] {10, 600_000}) {
      var x = "x".repeat(size);
      var good = "{\"rowId\":\"r" + size + "\",\"data\":{\"s\":\"" + x + "é\"}}";
      var bad =
          List.of(
              "\uFEFF" + good,
              good + "1",
              good.replace("\"data\"", "\"data\":{},\"data\""),
              good.substring(0, good.length() - 1),
              good.replace("é", "é\u0000"));
      for (var body : bad) {
        var answer = FILES.send(FILES.key, table + "/rows", "application/json", body);
        assertEquals("general_bad_request", answer.type(), "" + size);
      }
      for (var wrong : List.of("é", "\u00ed\u00a0\u0080", "\u00c0\u00af", "\u00c3")) {
        var latin = good.replace("é", wrong).getBytes(StandardCharsets.ISO_8859_1);
        var answer = FILES.send(FILES.key, table + "/rows", "application/json", latin);
        assertEquals("general_bad_request", answer.type(), size + wrong);
      }
      expect(201, FILES.send(FILES.key, table + "/rows", "application/json", good));
    }
    var deep = "{\"data\":" + "[".repeat(300_000) + "]".repeat(300_000) + "}";
    assertEquals(
        "general_bad_request",
        FILES.send(FILES.key, table + "/rows", "application/json", deep).type());
    var values = IntStream.range(0, 300_000).mapToObj(i -> "1").toList();
    var many = "{\"data\":[" + String.join(",", values) + "]}";
    var answer = FILES.send(FILES.key, table + "/rows", "application/json", many);
    assertTrue(answer.text().contains("200000 values"), answer.text());
  }
}
