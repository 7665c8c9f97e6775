package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows: what they grant, and who may change many at once. */
class RowsTest {

  private static final TestServer SERVER = TestServer.start();
  private static Ground ground;

  @BeforeAll
  static void prepare() {
    ground = Ground.of(SERVER);
  }

  private static final List<String> BROKEN =
      List.of(
          "read(\"any\") ; drop",
          "read(\"user:*\")",
          "read(\"team:x/owner\")\")",
          "read(\"team:x/owner\\\")\")",
          "read(\"any\"), delete(\"any\")",
          "read('any')",
          "read(any)",
          "READ(\"any\")",
          "read(\"\")",
          "read(\"nobody\")",
          "read(\"any:me\")",
          "read(\"users/verified/unverified\")",
          "read(\"user:\")",
          "read(\"user:alice\u0000\")",
          "read(\"user:{other}\")",
          "own(\"any\")",
          " read(\"any\")",
          "");

  @Test
  @DisplayName("A40 permissions of tables and rows are held to a strict grammar, at every door")
  void permissionsAreParsedStrictly() {
    var rows = ground.table("grammar");
    ground.store(rows, "here", 1, "read(\"any\")");
    for (var broken : BROKEN) everywhere(rows, JsonArray.of(broken), broken);
    everywhere(rows, JsonArray.of("read(\"any\")", 7), "a number");
    var many = new JsonArray(Collections.nCopies(10_000, "read(\"any\")"));
    everywhere(rows, many, "ten thousand");
    var kept = SERVER.get(ground.key, rows + "/here").json().getJsonArray("$permissions");
    assertEquals(JsonArray.of("read(\"any\")"), kept);
    assertEquals(1, ground.list(ground.key, rows).json().getInteger("total"));
  }

  private static void everywhere(String rows, JsonArray permissions, String what) {
    var table = rows.replace("/rows", "");
    var data = new JsonObject().put("n", 1);
    var row = new JsonObject().put("rowId", "new").put("data", data);
    var change = new JsonObject().put("data", data).put("permissions", permissions);
    var inside = new JsonObject().put("$id", "new").put("$permissions", permissions).put("n", 1);
    var bulk = new JsonObject().put("rows", JsonArray.of(inside));
    refused(SERVER.post(ground.key, rows, row.put("permissions", permissions)), what);
    refused(SERVER.post(ground.key, rows, bulk), what);
    refused(SERVER.put(ground.key, rows, bulk), what);
    refused(SERVER.put(ground.key, rows + "/here", change), what);
    refused(SERVER.patch(ground.key, rows + "/here", change), what);
    var shape = new JsonObject().put("name", "n").put("permissions", permissions);
    refused(SERVER.put(ground.key, table, shape), what);
    refused(
        SERVER.post(ground.key, "/v1/tablesdb/default/tables", shape.put("tableId", "new")), what);
  }

  private static void refused(Answer answer, String what) {
    assertEquals(400, answer.status(), what + ": " + answer.text());
    assertEquals("general_argument_invalid", answer.type(), what);
  }

  @Test
  @DisplayName("A41 a client grants only roles that it has, at every door")
  void foreignRolesAreNotGranted() {
    var rows = ground.table("roles", "create(\"users\")");
    expect(201, SERVER.post(ground.alice, rows, Ground.row("mine", 1, "update(\"user:alice\")")));
    var here = rows + "/mine";
    for (var role : List.of("user:bob", "team:t9", "team:t9/owner", "label:vip", "guests")) {
      var asked = JsonArray.of("read(\"" + role + "\")");
      var data = new JsonObject().put("n", 2);
      var inside = new JsonObject().put("$id", "new").put("n", 2).put("$permissions", asked);
      var bulk = new JsonObject().put("rows", JsonArray.of(inside));
      var change = new JsonObject().put("data", data).put("permissions", asked);
      unauthorized(SERVER.post(ground.alice, rows, Ground.row("new", 2, asked.getString(0))), role);
      unauthorized(SERVER.put(ground.alice, rows + "/new", change), role);
      unauthorized(SERVER.put(ground.alice, here, change), role);
      unauthorized(SERVER.patch(ground.alice, here, change), role);
      unauthorized(SERVER.post(ground.alice, rows, bulk), role);
      unauthorized(SERVER.put(ground.alice, rows, bulk), role);
    }
    var kept = SERVER.get(ground.key, here).json();
    assertEquals(1, kept.getInteger("n"));
    assertEquals(JsonArray.of("update(\"user:alice\")"), kept.getJsonArray("$permissions"));
    assertEquals(404, SERVER.get(ground.key, rows + "/new").status());
  }

  @Test
  @DisplayName("A41 what a row is and grants is not changed by its data")
  void dataGrantsNothing() {
    var rows = ground.table("data", "create(\"users\")", "read(\"users\")");
    expect(201, SERVER.post(ground.alice, rows, Ground.row("mine", 1, "update(\"user:alice\")")));
    var own =
        new JsonObject()
            .put("$id", "other")
            .put("$permissions", JsonArray.of("delete(\"any\")"))
            .put("$createdAt", "2001-01-01T00:00:00.000+00:00")
            .put("$sequence", "999")
            .put("n", 2);
    for (var answer :
        List.of(
            SERVER.patch(ground.alice, rows + "/mine", new JsonObject().put("data", own)),
            SERVER.patch(ground.alice, rows, new JsonObject().put("data", own)))) {
      assertTrue(answer.status() == 200 || answer.status() == 400, answer.text());
    }
    var kept = SERVER.get(ground.key, rows + "/mine").json();
    assertEquals(JsonArray.of("update(\"user:alice\")"), kept.getJsonArray("$permissions"));
    assertTrue(kept.getString("$createdAt").compareTo("2020") > 0);
    assertEquals(404, SERVER.get(ground.key, rows + "/other").status());
  }

  private static void unauthorized(Answer answer, String what) {
    assertEquals(401, answer.status(), what + ": " + answer.text());
    assertEquals("user_unauthorized", answer.type(), what);
  }

  @Test
  @DisplayName("A45 many rows at once: each needs its own permission, and all or none change")
  void bulkChecksEachRow() {
    var rows = ground.table("bulk", "create(\"users\")");
    for (var id : List.of("a", "b", "c")) {
      ground.store(
          rows, id, 1, "read(\"users\")", "update(\"user:alice\")", "delete(\"user:alice\")");
    }
    ground.store(rows, "d", 1, "read(\"users\")", "update(\"user:bob\")");
    var data = new JsonObject().put("n", 2);
    unauthorized(SERVER.patch(ground.alice, rows, new JsonObject().put("data", data)), "update");
    unauthorized(SERVER.call(ground.alice, "DELETE", rows, "{}"), "delete");
    var drafts = new JsonArray();
    for (var id : List.of("new", "a", "d")) drafts.add(data.copy().put("$id", id));
    unauthorized(SERVER.put(ground.alice, rows, new JsonObject().put("rows", drafts)), "upsert");
    unauthorized(
        SERVER.put(ground.alice, rows + "/d", new JsonObject().put("data", data)), "upsert one");
    var taken =
        new JsonObject()
            .put("rows", JsonArray.of(data.copy().put("$id", "x"), data.copy().put("$id", "d")));
    assertEquals(409, SERVER.post(ground.alice, rows, taken).status());
    var all = ground.list(ground.key, rows).json();
    assertEquals(4, all.getInteger("total"));
    for (int i = 0; i < 4; i++) {
      assertEquals(1, all.getJsonArray("rows").getJsonObject(i).getInteger("n"));
    }
    var log = SERVER.get(ground.key, "/v1/activities/events").text();
    assertTrue(!log.contains("tables.bulk.rows.new") && !log.contains("tables.bulk.rows.x"), log);
  }

  @Test
  @DisplayName("A45 a transaction that does not exist stages nothing and writes nothing")
  void unknownTransactionsAreRefused() {
    var rows = ground.table("staged");
    ground.store(rows, "here", 1, "read(\"any\")");
    var documents = rows.replace("tablesdb", "databases").replace("tables", "collections");
    documents = documents.replace("/rows", "/documents");
    staged(rows, "row");
    staged(documents, "document");
    assertEquals(1, SERVER.get(ground.key, rows + "/here?transactionId=").json().getInteger("n"));
    var none = Ground.row("none", 1).put("transactionId", "");
    expect(201, SERVER.post(ground.key, rows, none));
    expect(200, SERVER.patch(ground.key, rows + "/here", none.putNull("transactionId")));
    assertEquals(2, ground.list(ground.key, rows).json().getInteger("total"));
  }

  private static void staged(String rows, String noun) {
    var named = new JsonObject().put("transactionId", "tx1");
    var data = named.copy().put("data", new JsonObject().put("n", 5));
    var drafts = JsonArray.of(new JsonObject().put("$id", "many").put("n", 5));
    var bulk = named.copy().put(noun + "s", drafts);
    var here = rows + "/here";
    As key = ground.key;
    for (var answer :
        List.of(
            SERVER.get(key, rows + "?transactionId=tx1"),
            SERVER.get(key, here + "?transactionId=tx1"),
            SERVER.post(key, rows, data.copy().put(noun + "Id", "new")),
            SERVER.post(key, rows, bulk),
            SERVER.patch(key, here, data),
            SERVER.put(key, here, data),
            SERVER.call(key, "DELETE", here, named.encode()),
            SERVER.patch(key, rows, data),
            SERVER.put(key, rows, bulk),
            SERVER.call(key, "DELETE", rows, named.encode()))) {
      assertEquals(404, answer.status(), answer.raw().request().method() + answer.text());
      assertEquals("transaction_not_found", answer.type());
    }
  }
}
