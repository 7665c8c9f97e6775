package dev.celadon.transfer;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files that come: whole or not at all, each bad line told by its number. */
class ImportsTest {

  private static final Files FILES = new Files(TestServer.start());
  private static final List<String> EVERYBODY = List.of("create(\"users\")");

  private static String table(String id) {
    var path = FILES.table(id, EVERYBODY, "varchar s 20 !", "integer n", "email e");
    var index = new JsonObject().put("key", "n").put("type", "unique");
    index.put("columns", new JsonArray(List.of("n")));
    expect(202, FILES.server.post(FILES.key, path + "/indexes", index));
    return path;
  }

  private static String errors(JsonObject one) {
    return one.getJsonArray("errors").stream()
        .map(JsonObject.class::cast)
        .map(e -> e.getLong("line") + " " + e.getString("column"))
        .collect(Collectors.joining(", "));
  }

  private static final String BAD_FILE =
      """
      $id,s,n,e
      a,"two
      lines",1,
      b,x,NaN,
      c,"three
      whole
      lines",2,nobody
      d,,3,
      e,ok,4
      f,o"k,5,
      /,ok,6,
      g,this is longer than twenty,7,
      h,"ok",8,"h@example.org"
      """;

  @Test
  void badLinesAreToldAndNothingIsStored() {
    var table = table("bad");
    var answer = FILES.send(FILES.key, table + "/imports?importId=i1", Files.CSV, BAD_FILE);
    assertEquals(400, answer.status());
    assertEquals("row_invalid_structure", answer.type());
    var one = answer.json().getJsonObject("import");
    assertEquals("failed", one.getString("status"));
    assertEquals("4 n, 5 e, 8 s, 9 , 10 , 11 $id, 12 s", errors(one));
    assertEquals(7, one.getLong("bad"));
    assertEquals(2, one.getLong("good"));
    assertEquals(0, one.getLong("stored"));
    assertEquals(List.of(), FILES.ids(FILES.key, table));
    assertEquals(0, FILES.events("bad"));
    assertEquals(0, FILES.count("SELECT count(*) FROM celadon.import_records"));
    var later = expect(200, FILES.server.get(FILES.key, table + "/imports/i1")).json();
    assertEquals(one, later);
  }

  @Test
  void badLinesAreLeftOutWhereThatIsAskedFor() {
    var table = table("skipped");
    var one = FILES.bring(FILES.key, table, Files.CSV, BAD_FILE, "onError=skip");
    assertEquals("completed", one.getString("status"));
    assertEquals("4 n, 5 e, 8 s, 9 , 10 , 11 $id, 12 s", errors(one));
    assertEquals(2, one.getLong("stored"));
    assertEquals(List.of("a", "h"), FILES.ids(FILES.key, table));
    assertEquals(2, FILES.events("skipped"));
  }

  @Test
  void whatOnlyTheTableKnowsIsToldByLineToo() {
    var table = table("unique");
    FILES.bring(FILES.key, table, Files.LINES, "{\"$id\":\"old\",\"s\":\"x\",\"n\":1}");
    var file =
        """
        {"$id":"a","s":"x","n":2}

        {"$id":"old","s":"x","n":3}
        {"$id":"b","s":"x","n":1}
        {"$id":"a","s":"again","n":5}
        {"$id":"c","s":"x","none":1}
        [1]
        {"$id":"d","s":"x","s":"y"}
        {"$id":"e","s":"x","n":6}\
        """;
    var refused = FILES.send(FILES.key, table + "/imports", Files.LINES, file);
    assertEquals(400, refused.status());
    // Which the line alone tells comes first; the others are not even tried then.
    assertEquals("6 none, 7 , 8 ", errors(refused.json().getJsonObject("import")));
    assertEquals(List.of("old"), FILES.ids(FILES.key, table));
    var clean =
        file.lines().filter(l -> !l.contains("none") && !l.contains("\"y\"") && !l.equals("[1]"));
    var second =
        FILES.send(
            FILES.key, table + "/imports", Files.LINES, clean.collect(Collectors.joining("\n")));
    assertEquals("3 , 4 , 5 ", errors(second.json().getJsonObject("import")));
    assertEquals(List.of("old"), FILES.ids(FILES.key, table), "nothing half done");
    assertEquals(1, FILES.events("unique"));
    var skipped = FILES.bring(FILES.key, table, Files.LINES, file, "onError=skip");
    assertEquals("3 , 4 , 5 , 6 none, 7 , 8 ", errors(sorted(skipped)));
    assertEquals(List.of("old", "a", "e"), FILES.ids(FILES.key, table));
    assertEquals(3, FILES.events("unique"));
  }

  private static JsonObject sorted(JsonObject one) {
    var all = one.getJsonArray("errors").stream().map(JsonObject.class::cast);
    var sorted = all.sorted(Comparator.comparing(e -> e.getLong("line"))).toList();
    return new JsonObject().put("errors", new JsonArray(sorted));
  }

  @Test
  void filesThatAreNoneAreRefusedBeforeAnything() {
    var table = table("none");
    for (var file :
        List.of("", "s,wrong\nx,1\n", "s,s\nx,y\n", "s,\"n\nx,1\n", "s,\n", "s\0\nx\n")) {
      var answer = FILES.send(FILES.key, table + "/imports?importId=none", Files.CSV, file);
      assertEquals(400, answer.status(), answer.text());
      assertEquals("general_bad_request", answer.type());
    }
    var utf16 = "s,n\nx,1\n".getBytes(StandardCharsets.UTF_16LE);
    assertEquals(
        "general_bad_request",
        FILES.send(FILES.key, table + "/imports?importId=none", Files.CSV, utf16).type());
    assertEquals(
        "general_bad_request",
        FILES.send(FILES.key, table + "/imports", "application/json", "{}").type());
    assertEquals(
        "general_argument_invalid",
        FILES.send(FILES.key, table + "/imports?header=false", Files.CSV, "x\n").type());
    assertEquals(
        "general_argument_invalid",
        FILES.send(FILES.key, table + "/imports?delimiter=%22", Files.CSV, "s\nx\n").type());
    assertEquals(
        "migration_not_found", FILES.server.get(FILES.key, table + "/imports/none").type());
    assertEquals(
        0, FILES.count("SELECT count(*) FROM celadon.imports WHERE \"table\" = $1", "none"));
  }

  @Test
  void wrongBytesAreReported() {
    var table = table("bytes");
    var latin = "s\nok\nst\u00fcck\nok2\n".getBytes(StandardCharsets.ISO_8859_1);
    var answer = FILES.send(FILES.key, table + "/imports?onError=skip", Files.CSV, latin);
    assertEquals("3 ", errors(answer.json()));
    assertTrue(answer.text().contains("UTF-8"), answer.text());
    assertEquals(2, answer.json().getLong("stored"));
    var nul = FILES.send(FILES.key, table + "/imports?onError=skip", Files.CSV, "s\nok3\na\0b\n");
    assertEquals("3 ", errors(nul.json()));
    var escaped =
        "{\"s\":\"a\\u0000b\"}\n{\"s\":\"\\ud800\"}\n{\"s\":\"x\",\"n\":9223372036854775808}\n";
    var json = FILES.send(FILES.key, table + "/imports?onError=skip", Files.LINES, escaped);
    assertEquals("1 s, 2 s, 3 n", errors(json.json()));
    var deep = "{\"s\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}\n";
    var nested = FILES.send(FILES.key, table + "/imports?onError=skip", Files.LINES, deep);
    assertEquals("1 ", errors(nested.json()));
  }

  @Test
  void aUserBringsHisOwnRows() {
    var table = table("own");
    var file = "s,$permissions\nmine,\nshared,\"[\"\"read(\\\"\"users\\\"\")\"\"]\"\n";
    var one = FILES.bring(FILES.ann, table, Files.CSV, file, "importId=hers");
    assertEquals("completed", one.getString("status"), one::encode);
    assertEquals(2, FILES.ids(FILES.ann, table).size());
    assertEquals(1, FILES.ids(FILES.ben, table).size());
    assertEquals(
        "migration_not_found", FILES.server.get(FILES.ben, table + "/imports/hers").type());
    assertEquals(200, FILES.server.get(FILES.key, table + "/imports/hers").status());
    assertEquals(
        "migration_not_found",
        FILES.send(FILES.ben, table + "/imports?importId=hers", Files.CSV, file).type());
    var foreign = "s,$permissions\nx,\"[\"\"read(\\\"\"user:ben\\\"\")\"\"]\"\n";
    var refused = FILES.send(FILES.ann, table + "/imports", Files.CSV, foreign);
    assertEquals(400, refused.status(), refused.text());
    assertEquals("2 ", errors(refused.json().getJsonObject("import")));
    var guest = FILES.send(As.guest("p1"), table + "/imports", Files.CSV, file);
    assertEquals(401, guest.status(), guest.text());
    var closed = FILES.table("closed", List.of(), "text s");
    assertEquals(
        "user_unauthorized",
        FILES.send(FILES.ann, closed + "/imports", Files.CSV, "s\nx\n").type());
  }

  @Test
  void aTableMadeAnewIsAnotherTable() {
    var table = table("again");
    FILES.bring(FILES.key, table, Files.CSV, "s\nx\n", "importId=again", "more=true");
    expect(204, FILES.server.delete(FILES.key, table));
    table("again");
    var answer = FILES.send(FILES.key, table + "/imports?importId=again", Files.CSV, "s\nx\n");
    assertEquals("migration_not_found", answer.type());
    expect(204, FILES.server.delete(FILES.key, table + "/imports/again"));
    assertEquals(
        "migration_not_found", FILES.server.get(FILES.key, table + "/imports/again").type());
    assertEquals(1, FILES.bring(FILES.key, table, Files.CSV, "s\nx\n").getLong("stored"));
  }

  @Test
  void openOnesAreFew() {
    var table = table("few");
    for (int i = 0; i < 4; i++) {
      FILES.bring(FILES.ben, table, Files.CSV, "s\nx\n", "importId=few" + i, "more=true");
    }
    var more = FILES.send(FILES.ben, table + "/imports?importId=few4", Files.CSV, "s\nx\n");
    assertEquals(400, more.status(), more.text());
    expect(204, FILES.server.delete(FILES.ben, table + "/imports/few0"));
    FILES.bring(FILES.ben, table, Files.CSV, "s\nx\n", "importId=few4");
  }

  @Test
  void linkedRowsMustBeThere() {
    var writers = FILES.table("writers", List.of(), "text name");
    var books = FILES.table("books", List.of(), "text title");
    var column = new JsonObject().put("relatedTableId", "writers").put("type", "manyToOne");
    column.put("key", "writer").put("twoWay", true).put("twoWayKey", "books");
    expect(202, FILES.server.post(FILES.key, books + "/columns/relationship", column));
    FILES.bring(FILES.key, writers, Files.CSV, "$id,name\nw1,Ann\n");
    var done = FILES.bring(FILES.key, books, Files.CSV, "$id,title,writer\nb1,One,w1\nb2,Two,\n");
    assertEquals(2, done.getLong("stored"), done::encode);
    var found =
        FILES.server.get(
            FILES.key, books + "/rows/b1?" + Files.query("select", "*", "writer.name"));
    assertEquals("Ann", found.json().getJsonObject("writer").getString("name"), found.text());
    var lost = FILES.send(FILES.key, books + "/imports", Files.CSV, "title,writer\nThree,nobody\n");
    assertEquals(400, lost.status());
    assertEquals("2 ", errors(lost.json().getJsonObject("import")));
    assertEquals(2, FILES.ids(FILES.key, books).size());
  }
}
