package dev.celadon.transfer;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of a table whose columns not everybody may read or write. */
class GuardedFilesTest {

  private static final Files FILES = new Files(TestServer.start());

  private static String table(String id) {
    var path = FILES.table(id, List.of("read(\"users\")", "create(\"users\")"), "varchar s 20");
    for (var key : List.of("secret", "state")) {
      var permissions = new JsonArray().add("write(\"user:ann\")");
      if (key.equals("secret")) permissions.add("read(\"user:ann\")");
      var column = new JsonObject().put("key", key).put("size", 20).put("required", false);
      column.put("permissions", permissions);
      expect(202, FILES.server.post(FILES.key, path + "/columns/varchar", column));
    }
    FILES.bring(FILES.key, path, Files.CSV, "$id,s,secret,state\na,x,hush,open\n");
    return path;
  }

  @Test
  void anExportHoldsWhatOneMayRead() {
    var table = table("taken");
    for (var as : List.of(FILES.key, FILES.ann)) {
      var file = FILES.take(as, table, "format=csv");
      assertEquals("$id,$permissions,s,secret,state\r\na,[],x,hush,open\r\n", lines(file));
    }
    var file = FILES.take(FILES.ben, table, "format=csv");
    assertEquals("$id,$permissions,s,state\r\na,[],x,open\r\n", lines(file));
    assertFalse(FILES.take(FILES.ben, table).contains("secret"));
    for (var asked : List.of("columns%5B%5D=", "filter")) {
      var hidden = FILES.server.get(FILES.ben, table + "/export?" + query(asked, "secret"));
      var absent = FILES.server.get(FILES.ben, table + "/export?" + query(asked, "absent"));
      assertEquals(400, hidden.status());
      assertEquals(absent.text(), hidden.text().replace("secret", "absent"));
    }
  }

  private static String lines(String file) {
    return file.contains("\r\n") ? file : file.replace("\n", "\r\n");
  }

  private static String query(String asked, String column) {
    if (!asked.equals("filter")) return asked + column;
    var json = new JsonObject().put("method", "isNull").put("attribute", column);
    return "queries%5B%5D=" + URLEncoder.encode(json.encode(), StandardCharsets.UTF_8);
  }

  @Test
  void anImportGivesValuesToWhatOneMayWrite() {
    var table = table("brought");
    for (var body : List.of("$id,s,secret\nb,x,y\n", "{\"$id\":\"b\",\"secret\":\"y\"}")) {
      var type = body.startsWith("{") ? Files.LINES : Files.CSV;
      var hidden = send(FILES.ben, table, type, body);
      var absent = send(FILES.ben, table, type, body.replace("secret", "absent"));
      assertTrue(hidden.contains("no column 'secret'"), hidden);
      assertEquals(absent, hidden.replace("secret", "absent"));
    }
    var refused = send(FILES.ben, table, Files.CSV, "$id,s,state\nb,x,open\n");
    assertTrue(refused.contains("\"bad\":1"), refused);
    assertEquals(List.of("a"), FILES.ids(FILES.key, table));
    FILES.bring(FILES.ben, table, Files.CSV, "$id,s\nb,x\n");
    FILES.bring(FILES.ann, table, Files.CSV, "$id,s,secret,state\nc,x,y,z\n");
    assertEquals(List.of("a", "b", "c"), FILES.ids(FILES.key, table));
    var row = expect(200, FILES.server.get(FILES.ann, table + "/rows/c")).json();
    assertEquals("y", row.getString("secret"));
  }

  private static String send(As as, String table, String type, String body) {
    var answer = FILES.send(as, table + "/imports", type, body);
    assertEquals(400, answer.status(), answer.text());
    // Each import has an id and times of its own.
    return answer
        .text()
        .replaceAll("\"(\\$id|\\$createdAt|\\$updatedAt|expiresAt)\":\"[^\"]*\"", "");
  }
}
