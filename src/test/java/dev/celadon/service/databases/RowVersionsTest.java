package dev.celadon.service.databases;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every row has a version, and who names one changes no other. */
class RowVersionsTest {

  private static final TestServer SERVER = TestServer.start();
  private static final String ROWS = "/v1/tablesdb/default/tables/t/rows";
  private static final String DOCUMENTS = "/v1/databases/default/collections/t/documents";
  private static As key;
  private static As user;

  @BeforeAll
  static void prepare() {
    key =
        SERVER.key(
            SERVER.owner(), "p1", "tables.write", "rows.read", "rows.write", "documents.write");
    user = As.session("p1", SERVER.signIn("p1", "ada"));
    var table = new JsonObject().put("tableId", "t").put("name", "t").put("rowSecurity", true);
    table.put("permissions", JsonArray.of("create(\"users\")"));
    expect(201, SERVER.post(key, "/v1/tablesdb/default/tables", table));
    var column = new JsonObject().put("key", "n").put("required", false);
    expect(202, SERVER.post(key, "/v1/tablesdb/default/tables/t/columns/integer", column));
  }

  private static As matching(As as, String versions) {
    var headers = new HashMap<>(as.headers());
    headers.put("If-Match", versions);
    return new As(as.project(), headers);
  }

  private static JsonObject data(int n) {
    return new JsonObject().put("data", new JsonObject().put("n", n));
  }

  private static Answer make(String id, String... permissions) {
    var row = data(1).put("rowId", id).put("permissions", new JsonArray(List.of(permissions)));
    return expect(201, SERVER.post(key, ROWS, row));
  }

  @Test
  void everyAnswerTellsTheVersion() {
    var made = make("a");
    var path = ROWS + "/a";
    assertEquals(1, made.json().getInteger("$version"));
    assertEquals(made.header("ETag"), SERVER.get(key, path).header("ETag"));
    assertEquals('"' + made.json().getString("$sequence") + "-1\"", made.header("ETag"));
    var updated = expect(200, SERVER.patch(key, path, data(2)));
    assertEquals(2, updated.json().getInteger("$version"));
    assertNotEquals(made.header("ETag"), updated.header("ETag"));
    var upserted = expect(201, SERVER.put(key, path, data(3)));
    assertEquals(3, upserted.json().getInteger("$version"));
    var counted = expect(200, SERVER.patch(key, path + "/n/increment", new JsonObject()));
    assertEquals(4, counted.json().getInteger("$version"));
    var shown = SERVER.get(key, path);
    assertEquals(counted.header("ETag"), shown.header("ETag"));
    assertEquals(counted.text(), shown.text());
    var list = SERVER.get(key, ROWS + "?queries%5B0%5D=equal(%22$id%22,%22a%22)");
    assertEquals(4, list.json().getJsonArray("rows").getJsonObject(0).getInteger("$version"));
    assertEquals("", list.header("ETag"));
    // A client that sends back what it has read sets no version.
    var back = new JsonObject().put("data", shown.json());
    assertEquals(5, SERVER.patch(key, path, back).json().getInteger("$version"));
  }

  @Test
  void anOldVersionIsNotChanged() {
    var old = make("b").header("ETag");
    var path = ROWS + "/b";
    var now = expect(200, SERVER.patch(matching(key, old), path, data(2))).header("ETag");
    moved("row", SERVER.patch(matching(key, old), path, data(3)));
    moved("row", SERVER.put(matching(key, old), path, data(3)));
    moved("row", SERVER.delete(matching(key, old), path));
    moved("row", SERVER.patch(matching(key, old), path + "/n/decrement", new JsonObject()));
    moved("row", SERVER.patch(matching(key, "1"), path, data(3)));
    moved("row", SERVER.patch(matching(key, "\"1\""), path, data(3)));
    var other = matching(key, old);
    moved("document", SERVER.patch(other, DOCUMENTS + "/b", data(3)));
    moved("document", SERVER.delete(other, DOCUMENTS + "/b"));
    assertEquals(now, SERVER.get(key, path).header("ETag"));
    expect(200, SERVER.patch(matching(key, "1, " + now), path, data(3)));
    expect(201, SERVER.put(matching(key, "3"), path, data(4)));
    expect(200, SERVER.patch(matching(key, "*"), path, data(5)));
    expect(204, SERVER.delete(matching(key, "\"5\""), path));
    assertEquals("row_not_found", SERVER.patch(matching(key, "5"), path, data(6)).type());
    moved("row", SERVER.put(matching(key, "5"), path, data(6)));
    moved("row", SERVER.put(matching(key, "*"), path, data(6)));
    assertEquals(404, SERVER.get(key, path).status());
    make("b");
    moved("row", SERVER.patch(matching(key, old), path, data(7)));
  }

  private static void moved(String noun, Answer answer) {
    assertEquals(412, answer.status(), answer.text());
    assertEquals(noun + "_update_conflict", answer.type());
  }

  @Test
  void versionsTellNothingOfWhatIsHidden() {
    make("c", "read(\"user:ada\")");
    make("d");
    for (var versions : List.of("1", "9", "*")) {
      var as = matching(user, versions);
      assertEquals("user_unauthorized", SERVER.patch(as, ROWS + "/c", data(2)).type());
      assertEquals("user_unauthorized", SERVER.delete(as, ROWS + "/c").type());
      assertEquals("row_not_found", SERVER.patch(as, ROWS + "/d", data(2)).type());
      assertEquals("row_not_found", SERVER.delete(as, ROWS + "/d").type());
      moved("row", SERVER.put(as, ROWS + "/d", data(2)));
      moved("row", SERVER.put(as, ROWS + "/none", data(2)));
    }
    assertEquals(1, SERVER.get(key, ROWS + "/d").json().getInteger("$version"));
  }

  @Test
  void badVersionsAreRefused() {
    make("e");
    var many = String.join(",", java.util.Collections.nCopies(11, "1"));
    for (var bad : List.of("x", "\"x\"", "W/\"1-1\"", "-1", "1;2", "99999999999999999999", many)) {
      var answer = SERVER.patch(matching(key, bad), ROWS + "/e", data(2));
      assertEquals(400, answer.status(), bad);
      assertEquals("general_argument_invalid", answer.type());
    }
  }

  @Test
  void ofManyWhoReadTheSameOneWrites() throws Exception {
    var tag = make("f").header("ETag");
    var tasks = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 16; i++) {
      int n = i;
      tasks.add(() -> SERVER.patch(matching(key, tag), ROWS + "/f", data(n)).status());
    }
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var task : threads.invokeAll(tasks)) statuses.add(task.get());
    }
    assertEquals(1, statuses.stream().filter(status -> status == 200).count());
    assertEquals(15, statuses.stream().filter(status -> status == 412).count());
  }
}
