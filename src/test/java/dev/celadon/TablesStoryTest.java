package dev.celadon;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A table, a row under permissions, and what others see of it, through the front door. */
class TablesStoryTest {

  private static final TestServer SERVER = TestServer.start();
  private static final String ROWS = "/v1/tablesdb/default/tables/posts/rows";
  private static As key;
  private static As alice;
  private static As bob;

  @BeforeAll
  static void bootstrap() {
    var owner = SERVER.owner();
    key =
        SERVER.key(
            owner,
            "p1",
            "databases.read",
            "tables.write",
            "tables.read",
            "rows.write",
            "rows.read",
            "log.read",
            "events.read");
    alice = As.session("p1", SERVER.signIn("p1", "alice"));
    bob = As.session("p1", SERVER.signIn("p1", "bob"));
    expect(
        201,
        SERVER.post(
            key,
            "/v1/tablesdb/default/tables",
            new JsonObject()
                .put("tableId", "posts")
                .put("name", "Posts")
                .put("rowSecurity", true)
                .put("permissions", JsonArray.of("create(\"users\")"))));
    var column =
        expect(
            202,
            SERVER.post(
                key,
                "/v1/tablesdb/default/tables/posts/columns/string",
                new JsonObject().put("key", "title").put("size", 64).put("required", true)));
    assertEquals("available", column.json().getString("status"));
  }

  private static JsonObject row(String id, String title, String... permissions) {
    return new JsonObject()
        .put("rowId", id)
        .put("data", new JsonObject().put("title", title))
        .put("permissions", new JsonArray(java.util.List.of(permissions)));
  }

  @Test
  void aRowIsReadByAnybodyAndChangedByItsAuthorOnly() {
    var made =
        expect(
            201,
            SERVER.post(alice, ROWS, row("r1", "One", "read(\"any\")", "write(\"user:alice\")")));
    assertEquals("One", made.json().getString("title"));
    var guest = As.guest("p1");
    assertEquals("One", expect(200, SERVER.get(guest, ROWS + "/r1")).json().getString("title"));
    assertEquals(1, SERVER.get(guest, ROWS).json().getInteger("total"));
    var change = new JsonObject().put("data", new JsonObject().put("title", "Two"));
    assertEquals(401, SERVER.patch(bob, ROWS + "/r1", change).status());
    assertEquals(
        "Two", expect(200, SERVER.patch(alice, ROWS + "/r1", change)).json().getString("title"));
    assertEquals("row_already_exists", SERVER.post(key, ROWS, row("r1", "x")).type());
    expect(204, SERVER.delete(alice, ROWS + "/r1"));
    assertEquals("row_not_found", SERVER.get(alice, ROWS + "/r1").type());
  }

  @Test
  void aHiddenRowIsNotThere() {
    expect(201, SERVER.post(alice, ROWS, row("secret", "x", "read(\"user:alice\")")));
    assertEquals(404, SERVER.get(bob, ROWS + "/secret").status());
    var missing = SERVER.get(bob, ROWS + "/missing1");
    assertEquals(
        missing.text().replace("missing1", "secret"), SERVER.get(bob, ROWS + "/secret").text());
    assertEquals(0, SERVER.get(bob, ROWS).json().getInteger("total"));
    assertEquals(
        "user_unauthorized", SERVER.post(alice, ROWS, row("r2", "x", "read(\"user:bob\")")).type());
    expect(204, SERVER.delete(key, ROWS + "/secret"));
  }

  @Test
  void whoChangedWhatIsInTheAudit() {
    expect(201, SERVER.post(alice, ROWS, row("audited", "x")));
    var events =
        expect(200, SERVER.get(key, "/v1/activities/events")).json().getJsonArray("events");
    assertTrue(events.encode().contains("audited"), events.encode());
    expect(204, SERVER.delete(key, ROWS + "/audited"));
  }
}
