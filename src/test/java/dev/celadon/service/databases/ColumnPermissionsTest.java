package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What permissions of columns are, and what rows hold for whom. */
class ColumnPermissionsTest extends Guarded {

  private static final List<String> ALL =
      List.of("title", "secret", "state", "made", "n", "hidden");
  private static final List<String> SEEN = List.of("title", "state", "made", "n");

  private static final String WRITE =
      "[\"read(\\\"team:staff\\\")\",\"create(\\\"team:staff\\\")\",\"update(\\\"team:staff\\\")\"]";

  @Test
  void aColumnShowsThemWhereItHasThem() {
    var secret = key("getColumn", "key", "secret");
    assertEquals(WRITE, secret.getJsonArray("$permissions").encode());
    assertFalse(key("getColumn", "key", "title").containsKey("$permissions"));
    var listed = key("listColumns").getJsonArray("columns");
    assertTrue(listed.encode().contains(WRITE.substring(1, WRITE.length() - 1)));
    var whole = key("getTable").getJsonArray("columns");
    assertEquals(WRITE, whole.getJsonObject(1).getJsonArray("$permissions").encode());
    var other = CALLS.key("databases.getAttribute", "collectionId", table, "key", "secret");
    assertEquals(WRITE, other.getJsonArray("$permissions").encode());
  }

  @Test
  void theyAreChangedAndTakenAway() {
    create(Calls.KEY, "r", Map.of("title", "t", "secret", "s"));
    var update = List.<Object>of("key", "secret", "required", false, "default", "d");
    // What is not said stays, under a new name, too.
    key("updateStringColumn", with(update, "newKey", "hush"));
    assertEquals(WRITE, key("getColumn", "key", "hush").getJsonArray("$permissions").encode());
    assertFalse(as(BEN, "getRow", "rowId", "r").containsKey("hush"));
    var renamed = List.<Object>of("key", "hush", "required", false, "default", "d");
    key("updateStringColumn", with(renamed, "permissions", new String[] {"read(\"user:ben\")"}));
    assertEquals("s", as(BEN, "getRow", "rowId", "r").getString("hush"));
    assertFalse(as(STAFF, "getRow", "rowId", "r").containsKey("hush"));
    key("updateStringColumn", with(renamed, "permissions", null));
    assertFalse(key("getColumn", "key", "hush").containsKey("$permissions"));
    assertEquals("s", as(STAFF, "getRow", "rowId", "r").getString("hush"));
    key("updateStringColumn", with(renamed, "permissions", new String[] {"read(\"user:ben\")"}));
    key("updateStringColumn", with(renamed, "permissions", new String[0]));
    assertEquals("s", as(STAFF, "getRow", "rowId", "r").getString("hush"));
  }

  @Test
  void aTableCanBeMadeWithThem() {
    var id = table + "inline";
    var column = new JsonObject().put("key", "secret").put("type", "string").put("size", 9);
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        id,
        "name",
        "n",
        "permissions",
        List.of("read(\"any\")"),
        "columns",
        List.of(column.put("permissions", new JsonArray(SECRET))));
    var made = CALLS.key("tablesDB.getColumn", "tableId", id, "key", "secret");
    assertEquals(WRITE, made.getJsonArray("$permissions").encode());
    CALLS.key("tablesDB.createRow", "tableId", id, "rowId", "r", "data", Map.of("secret", "s"));
    var seen = CALLS.as(BEN, "tablesDB.getRow", "tableId", id, "rowId", "r");
    assertEquals(List.of(), fields(seen));
  }

  @Test
  void onlyRolesCanBeNamed() {
    for (var bad :
        List.of(
            "delete(\"any\")",
            "read(\"owner\")",
            "read(\"user:{userId}\")",
            "see(\"any\")",
            "read(any)",
            "read(\"\")")) {
      var fault =
          fault(
              Calls.KEY,
              "createStringColumn",
              "key",
              "bad",
              "size",
              9,
              "required",
              false,
              "permissions",
              new String[] {bad});
      assertEquals("general_argument_invalid", fault, bad);
    }
  }

  @Test
  void everyKindOfColumnHasThem() {
    for (var kind : dev.celadon.domain.documents.Kind.columns()) {
      var key = "k" + kind.path();
      var given = new java.util.ArrayList<Object>(List.of("key", key, "required", false));
      if (kind.sized()) given.addAll(List.of("size", 9));
      if (kind.path().equals("enum")) given.addAll(List.of("elements", List.of("a")));
      var name = kind.method() + "Column";
      key("create" + name, with(given, "permissions", SECRET.toArray(String[]::new)));
      var roles = new String[] {"read(\"users\")"};
      var update = with(given, "default", null, "permissions", roles);
      var shown = key("update" + name, update).getJsonArray("$permissions");
      assertEquals("[\"read(\\\"users\\\")\"]", shown.encode(), key);
    }
  }

  @Test
  void keysSeeAllAndOthersWhatTheyMay() {
    var data = Map.of("title", "t", "secret", "s", "state", "x", "made", "m", "n", 1, "hidden", 2);
    assertEquals(ALL, fields(create(Calls.KEY, "r", data)));
    for (var actor : List.of(Calls.KEY, STAFF)) {
      assertEquals(ALL, fields(as(actor, "getRow", "rowId", "r")));
      assertEquals(ALL, fields(page(actor).getFirst()));
    }
    for (var actor : List.of(BEN, Calls.GUEST)) {
      assertEquals(SEEN, fields(as(actor, "getRow", "rowId", "r")));
      assertEquals(SEEN, fields(page(actor).getFirst()));
      assertEquals(
          SEEN, fields(page(actor, query("select", null, "*")).getFirst()), "all that there is");
      assertEquals(List.of("n"), fields(page(actor, query("select", null, "n")).getFirst()));
    }
    var seen = CALLS.as(BEN, "databases.getDocument", "collectionId", table, "documentId", "r");
    assertEquals(SEEN, fields(seen));
  }

  @Test
  void answersOfChangesShowNoMore() {
    var made = Map.of("title", "t", "made", "m", "n", 1);
    assertEquals(SEEN, fields(create(BEN, "r", made)));
    // The default of a hidden column is stored all the same.
    assertEquals(SEEN, fields(fault(BEN, "updateRow", "rowId", "r", "data", Map.of("n", 2))));
    assertEquals(SEEN, fields(fault(BEN, "upsertRow", "rowId", "r", "data", Map.of("n", 3))));
    assertEquals(SEEN, fields(fault(BEN, "upsertRow", "rowId", "q", "data", Map.of("n", 3))));
    assertEquals(
        SEEN, fields(fault(BEN, "incrementRowColumn", "rowId", "r", "column", "n", "value", 1)));
    var many = List.of(Map.of("$id", "a", "n", 1), Map.of("$id", "b", "n", 2));
    assertEquals(List.of(SEEN, SEEN), rows(as(BEN, "createRow", "rows", many)));
    assertEquals(List.of(SEEN, SEEN), rows(as(BEN, "upsertRows", "rows", many)));
    var which = List.of(query("equal", "$id", "a", "b"));
    var all = as(BEN, "updateRows", "data", Map.of("n", 5), "queries", which);
    assertEquals(List.of(SEEN, SEEN), rows(all));
    assertEquals(List.of(SEEN, SEEN), rows(as(BEN, "deleteRows", "queries", which)));
  }

  @Test
  void defaultsOfHiddenColumnsAreStored() {
    key(
        "createStringColumn",
        with(
            List.of(),
            "key",
            "level",
            "size",
            9,
            "required",
            false,
            "default",
            "low",
            "permissions",
            SECRET.toArray(String[]::new)));
    create(BEN, "r", Map.of("n", 1));
    fault(BEN, "upsertRow", "rowId", "u", "data", Map.of("n", 1));
    fault(
        BEN,
        "upsertRow",
        "rowId",
        "o",
        "data",
        Map.of("n", "{\"method\":\"increment\",\"values\":[2]}"));
    for (var id : List.of("r", "u", "o")) {
      assertEquals("low", as(STAFF, "getRow", "rowId", id).getString("level"), id);
      fault(Calls.KEY, "updateRow", "rowId", id, "data", Map.of("level", "high"));
      fault(BEN, "upsertRow", "rowId", id, "data", Map.of("n", 7));
      assertEquals("high", as(STAFF, "getRow", "rowId", id).getString("level"), id);
    }
  }

  @Test
  void whatOneMayReadOnlyIsNotWritten() {
    create(Calls.KEY, "r", Map.of("title", "t"));
    var unauthorized = "user_unauthorized";
    for (var column : List.of("state", "made")) {
      var data = Map.of(column, "x");
      if (column.equals("state")) assertEquals(unauthorized, create(BEN, "x", data));
      assertEquals(unauthorized, fault(BEN, "updateRow", "rowId", "r", "data", data));
      assertEquals(unauthorized, fault(BEN, "updateRow", "rowId", "nobody", "data", data));
      assertEquals(unauthorized, fault(BEN, "upsertRow", "rowId", "r", "data", data));
      assertEquals(unauthorized, fault(BEN, "updateRows", "data", data));
      var row = Map.of("$id", "z", column, "x");
      assertEquals(unauthorized, fault(BEN, "upsertRows", "rows", List.of(row)));
    }
    assertEquals(unauthorized, create(Calls.GUEST, "x", Map.of("made", "m")));
    assertEquals(SEEN, fields(create(BEN, "x", Map.of("made", "m"))));
    var row = Map.of("$id", "z", "state", "x");
    assertEquals(unauthorized, fault(BEN, "createRow", "rows", List.of(row)));
    var appended = Map.of("state", "{\"method\":\"stringConcat\",\"values\":[\"x\"]}");
    assertEquals(unauthorized, fault(BEN, "updateRow", "rowId", "r", "data", appended));
    assertEquals(ALL, fields(fault(STAFF, "updateRow", "rowId", "r", "data", appended)));
    assertEquals(ALL, fields(create(STAFF, "s", Map.of("state", "x", "secret", "y"))));
    integer("count", "write(\"team:staff\")");
    for (var name : List.of("incrementRowColumn", "decrementRowColumn")) {
      assertEquals(unauthorized, fault(BEN, name, "rowId", "r", "column", "count"));
      assertTrue(fault(STAFF, name, "rowId", "r", "column", "count").startsWith("{"));
    }
  }

  @Test
  void whoCannotCompleteARowMakesNone() {
    for (var secret : List.of(true, false)) {
      table();
      key(
          "createStringColumn",
          with(
              List.of(),
              "key",
              "must",
              "size",
              9,
              "required",
              true,
              "permissions",
              secret ? SECRET.toArray(String[]::new) : new String[] {"write(\"team:staff\")"}));
      for (var actor : List.of(BEN, Calls.GUEST)) {
        assertEquals("user_unauthorized", create(actor, "r", Map.of("n", 1)));
        var named = secret ? "row_invalid_structure" : "user_unauthorized";
        assertEquals("user_unauthorized", create(actor, "r", Map.of("must", "m")), named);
        assertEquals(
            "user_unauthorized", fault(actor, "upsertRow", "rowId", "r", "data", Map.of()));
        var row = List.of(Map.of("$id", "a"));
        assertEquals("user_unauthorized", fault(actor, "createRow", "rows", row));
        assertEquals("user_unauthorized", fault(actor, "upsertRows", "rows", row));
      }
      assertEquals("row_invalid_structure", create(STAFF, "r", Map.of("n", 1)));
      assertTrue(create(STAFF, "r", Map.of("must", "m")).startsWith("{"));
      // Changing another of its values takes nothing more.
      assertTrue(fault(BEN, "updateRow", "rowId", "r", "data", Map.of("n", 2)).startsWith("{"));
    }
  }

  @Test
  void whatIsLeftIsAsItWas() {
    key("createFloatColumn", "key", "f", "required", false);
    key("createIntegerColumn", "key", "many", "required", false, "array", true);
    key("createDatetimeColumn", "key", "at", "required", false);
    key("createPointColumn", "key", "place", "required", false);
    key(
        "createStringColumn",
        with(
            List.of("key", "sealed", "size", 99, "required", false, "encrypt", true),
            "permissions",
            SECRET.toArray(String[]::new)));
    key("createStringColumn", "key", "open", "size", 99, "required", false, "encrypt", true);
    for (var number : List.of(0.1, 1e20, -2.5e-9, 3.0)) {
      var data =
          new JsonObject()
              .put("f", number)
              .put("n", Long.MAX_VALUE)
              .put("many", new JsonArray(List.of(1, Long.MIN_VALUE)))
              .put("at", "2026-01-02T03:04:05.678Z")
              .put("place", new JsonArray(List.of(12.5, -3)))
              .put("open", "\u00e9 \" \\ \n");
      var id = "r" + number.toString().replace('-', 'm');
      var made = new JsonObject(create(BEN, id, data));
      assertTrue(create(Calls.KEY, "k" + id, data.copy().put("sealed", "s")).contains("\"s\""));
      var read = as(BEN, "getRow", "rowId", id);
      var changed = as(BEN, "updateRow", "rowId", id, "data", data);
      for (var key : List.of("f", "n", "many", "at", "place", "open", "$permissions", "$id")) {
        var shown = String.valueOf(read.getValue(key));
        assertEquals(shown, String.valueOf(made.getValue(key)), key);
        assertEquals(
            read.getValue(key) instanceof Double d ? d : shown,
            read.getValue(key) instanceof Double
                ? (Object) ((Number) changed.getValue(key)).doubleValue()
                : String.valueOf(changed.getValue(key)));
      }
      assertEquals(fields(read), fields(changed));
      assertFalse(read.containsKey("sealed"));
      assertEquals("s", as(STAFF, "getRow", "rowId", "k" + id).getString("sealed"));
      assertFalse(as(BEN, "getRow", "rowId", "k" + id).containsKey("sealed"));
    }
  }

  @Test
  void anotherNodeHearsOfThemWithinASecond() throws Exception {
    var there = new Calls(POSTGRES, "p");
    create(Calls.KEY, "r", Map.of("title", "t"));
    var row = new Object[] {"tableId", table, "rowId", "r"};
    assertTrue(there.as(BEN, "tablesDB.getRow", row).containsKey("title"));
    key(
        "updateStringColumn",
        with(
            List.of("key", "title", "required", false),
            "default",
            null,
            "permissions",
            SECRET.toArray(String[]::new)));
    assertFalse(as(BEN, "getRow", "rowId", "r").containsKey("title"), "here at once");
    Thread.sleep(1_100);
    assertFalse(there.as(BEN, "tablesDB.getRow", row).containsKey("title"));
  }

  @Test
  void aCommitIsHeldToThemAsTheyAreThen() {
    create(Calls.KEY, "r", Map.of("title", "t"));
    var transaction = CALLS.as(STAFF, "tablesDB.createTransaction").getString("$id");
    var data = Map.of("state", "x");
    as(STAFF, "updateRow", "rowId", "r", "data", data, "transactionId", transaction);
    var inside = as(STAFF, "getRow", "rowId", "r", "transactionId", transaction);
    assertEquals("x", inside.getString("state"));
    key(
        "updateStringColumn",
        with(
            List.of("key", "state", "required", false),
            "default",
            null,
            "permissions",
            new String[] {"write(\"user:ben\")"}));
    var commit =
        CALLS.fault(
            STAFF, "tablesDB.updateTransaction", "transactionId", transaction, "commit", true);
    assertEquals("transaction_failed", commit);
    assertEquals(null, key("getRow", "rowId", "r").getString("state"));
  }

  private List<JsonObject> page(Actor actor, String... queries) {
    var list = as(actor, "listRows", "queries", List.of(queries)).getJsonArray("rows");
    return list.stream().map(JsonObject.class::cast).toList();
  }

  private static List<List<String>> rows(JsonObject list) {
    return list.getJsonArray("rows").stream().map(row -> fields((JsonObject) row)).toList();
  }

  private static Object[] with(Object given, Object... more) {
    var all = new java.util.ArrayList<Object>();
    if (given instanceof List<?> list) {
      for (var each : list) {
        if (each instanceof Object[] inner) all.addAll(java.util.Arrays.asList(inner));
        else all.add(each);
      }
    }
    all.addAll(java.util.Arrays.asList(more));
    return all.toArray();
  }
}
