package dev.celadon.transfer;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves as a file comes back as the same rows. */
class RoundTripTest {

  private static final Files FILES = new Files(TestServer.start());
  private static final String[] COLUMNS = {
    "string s 500",
    "varchar v 500",
    "text t",
    "mediumtext mt",
    "longtext lt",
    "integer i",
    "bigint bi",
    "float f",
    "boolean b",
    "datetime d",
    "email em",
    "enum en",
    "ip ip",
    "url u",
    "point po",
    "line li",
    "polygon pg",
    "text secret sealed",
    "text ts []",
    "integer is []",
    "float fs []",
    "boolean bs []",
    "datetime ds []",
    "email es []"
  };

  private static JsonObject row(String id, Object... values) {
    var data = new JsonObject();
    for (int i = 0; i < values.length; i += 2) data.put((String) values[i], values[i + 1]);
    return new JsonObject().put("rowId", id).put("data", data);
  }

  private static void store(String table, JsonObject row) {
    expect(201, FILES.server.post(FILES.key, table + "/rows", row));
  }

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "plain",
          "a,b;c\td",
          "\"",
          "\"\"",
          "say \"hi\",\r\nthen\ngo\r",
          "\\",
          "\\\"",
          "'it''s'",
          "=1+1",
          "\uFEFFmark",
          "é😀\u2028\u0001",
          "null",
          "[1,2]",
          "{}",
          "{\"method\":\"increment\",\"values\":[1]}");

  private static void fill(String table) {
    int n = 0;
    for (var text : TEXTS) {
      var list = new JsonArray(List.of(text, "", "x\ny"));
      store(table, row("t" + n++, "s", text, "v", text, "t", text, "secret", text, "ts", list));
    }
    store(table, row("nothing"));
    var points = new JsonArray("[[0,0],[4.5,0],[4,4],[0,0]]");
    store(
        table,
        row("values", "mt", "m", "lt", "l", "i", -7, "bi", Long.MIN_VALUE, "f", 0.1, "b", false)
            .put("permissions", new JsonArray(List.of("read(\"any\")", "update(\"user:ann\")"))));
    store(
        table,
        row(
            "others",
            "f",
            -1.7976931348623157E308,
            "d",
            "2020-02-29T23:59:59.999+02:00",
            "em",
            "a@example.org",
            "en",
            "b",
            "ip",
            "::1",
            "u",
            "https://example.org/?a=b,c"));
    store(table, row("places", "po", new JsonArray("[1.5,-2]"), "li", points));
    store(table, row("area", "pg", new JsonArray().add(points)));
    store(
        table,
        row(
            "lists",
            "is",
            new JsonArray("[1,-2]"),
            "fs",
            new JsonArray("[0.5,1e300]"),
            "bs",
            new JsonArray("[true,false]"),
            "ds",
            new JsonArray("[\"2020-01-01\"]"),
            "es",
            new JsonArray()));
  }

  /** The rows of a table without what each table gives its own. */
  private static List<JsonObject> rows(String table) {
    var list =
        expect(200, FILES.server.get(FILES.key, table + "/rows?" + Files.query("limit", 99)));
    var rows = new ArrayList<JsonObject>();
    for (var row : list.json().getJsonArray("rows")) {
      var json = (JsonObject) row;
      List.of("$tableId", "$collectionId", "$createdAt", "$updatedAt").forEach(json::remove);
      rows.add(json);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=jsonl",
        "format=csv",
        "format=csv&delimiter=;&enclosure='&escape=%5C",
        "format=csv&delimiter=%09&enclosure=%22&escape=%5C"
      })
  void everyKindOfColumnComesBackAsItWas(String form) {
    var name = "k" + Math.abs(form.hashCode());
    var from = FILES.table(name, List.of(), COLUMNS);
    fill(from);
    var file = FILES.take(FILES.key, from, form);
    var to = FILES.table(name + "b", List.of(), COLUMNS);
    var type = form.contains("csv") ? Files.CSV : Files.LINES;
    var done = FILES.bring(FILES.key, to, type, file, form.replaceFirst("format=\\w+&?", ""));
    assertEquals("completed", done.getString("status"), done::encode);
    assertEquals(TEXTS.size() + 6L, done.getLong("stored"));
    assertEquals(rows(from), rows(to));
    assertEquals(file, FILES.take(FILES.key, to, form));
    assertEquals(TEXTS.size() + 6L, FILES.events(name + "b"), "an event for each row");
  }

  @Test
  void columnsAreChosenAndPutInOrder() {
    var table = FILES.table("chosen", List.of(), "text a", "integer b");
    store(table, row("one", "a", "x,y", "b", 1));
    store(table, row("two", "b", 2));
    var columns = "columns[]=b&columns[]=$version&columns[]=a".replace("[]", "%5B%5D");
    assertEquals(
        "b,$version,a\r\n1,1,\"x,y\"\r\n2,1,\r\n",
        FILES.take(FILES.key, table, "format=csv", columns));
    assertEquals(
        "1,1,\"x,y\"\r\n2,1,\r\n",
        FILES.take(FILES.key, table, "format=csv", "header=false", columns));
    assertEquals(
        "{\"b\":1,\"$version\":1,\"a\":\"x,y\"}\n{\"b\":2,\"$version\":1,\"a\":null}\n",
        FILES.take(FILES.key, table, columns));
    var other = FILES.table("unheaded", List.of(), "text a", "integer b");
    var done =
        FILES.bring(
            FILES.key,
            other,
            Files.CSV,
            "1,\"x,y\"\n2,\n",
            "header=false",
            "columns%5B%5D=b&columns%5B%5D=a");
    assertEquals(2, done.getLong("stored"));
    assertEquals("x,y", rows(other).getFirst().getString("a"));
  }

  @Test
  void oneColumnOfNothingIsARowToo() {
    var from = FILES.table("single", List.of(), "text a");
    for (var id : List.of("x", "y")) store(from, row(id));
    store(from, row("z", "a", ""));
    var file = FILES.take(FILES.key, from, "format=csv", "columns%5B%5D=a");
    assertEquals("a\r\n\r\n\r\n\"\"\r\n", file);
    var to = FILES.table("single2", List.of(), "text a");
    assertEquals(3, FILES.bring(FILES.key, to, Files.CSV, file).getLong("stored"));
    assertEquals("", rows(to).get(2).getString("a"));
  }

  @Test
  void freeDocumentsComeBackAsTheyWere() {
    var root = "/v1/documentsdb";
    expect(
        201,
        FILES.server.post(
            FILES.key, root, new JsonObject().put("databaseId", "free").put("name", "f")));
    for (var id : List.of("a", "b")) {
      var table = new JsonObject().put("collectionId", id).put("name", id);
      expect(201, FILES.server.post(FILES.key, root + "/free/collections", table));
    }
    var documents = root + "/free/collections/a";
    var data = new JsonObject("{\"deep\":{\"list\":[1,null,{\"x\":\"y\\nz\"}]},\"n\":1.5}");
    expect(
        201,
        FILES.server.post(
            FILES.key,
            documents + "/documents",
            new JsonObject().put("documentId", "d1").put("data", data)));
    var file = FILES.take(FILES.key, documents);
    assertTrue(file.startsWith("{\"$id\":\"d1\",\"$permissions\":[],"), file);
    var done = FILES.bring(FILES.key, root + "/free/collections/b", Files.LINES, file);
    assertEquals("completed", done.getString("status"));
    assertEquals(file, FILES.take(FILES.key, root + "/free/collections/b"));
    var csv = FILES.send(FILES.key, documents + "/imports", Files.CSV, "a\n1\n");
    assertEquals("general_bad_request", csv.type());
  }

  @Test
  void freeDocumentsKeepTheirOrder() {
    var root = "/v1/documentsdb";
    var made = new JsonObject().put("databaseId", "ordered").put("name", "Free");
    expect(201, FILES.server.post(FILES.key, root, made));
    for (var id : List.of("from", "to")) {
      var collection = new JsonObject().put("collectionId", id).put("name", id);
      expect(201, FILES.server.post(FILES.key, root + "/ordered/collections", collection));
    }
    var from = root + "/ordered/collections/from";
    var lines = new StringBuilder();
    for (int i = 0; i < 250; i++) {
      var fields = "\"z\":" + i + ".0,\"b\":{\"y\":[{\"k\":1,\"c\":null}],\"a\":\"ä\"},\"a\":true";
      lines.append("{\"$id\":\"d%d\",\"$permissions\":[],%s}\n".formatted(i, fields));
    }
    assertEquals(
        250, FILES.bring(FILES.key, from, Files.LINES, lines.toString()).getInteger("good"));
    var taken = FILES.take(FILES.key, from, "format=jsonl");
    assertEquals(lines.toString(), taken);
    var to = root + "/ordered/collections/to";
    FILES.bring(FILES.key, to, Files.LINES, taken);
    assertEquals(taken, FILES.take(FILES.key, to, "format=jsonl"));
    var read = FILES.server.get(FILES.key, to + "/documents/d7");
    assertTrue(
        read.text()
            .contains("\"z\":7.0,\"b\":{\"y\":[{\"k\":1,\"c\":null}],\"a\":\"ä\"},\"a\":true"));
  }
}
