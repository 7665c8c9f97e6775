package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every kind of caller, every way in, over tables and rows with grants drawn by lot. */
class PermissionMatrixTest {

  private static final Calls CALLS = new Calls(TestPostgres.fresh(), "p");
  private static final List<String> KINDS = List.of("read", "update", "delete");
  private static final List<String> ROLES =
      List.of("any", "guests", "users", "user:u1", "user:u2", "team:t1", "team:t1/owner");
  private static final Map<String, Actor> ACTORS =
      Map.of(
          "guest", Calls.GUEST,
          "u1", Calls.user("u1"),
          "u2", Calls.user("u2", "team:t1"),
          "u3", Calls.user("u3", "team:t1", "team:t1/owner"),
          "key", Calls.KEY);

  private final Random lot = new Random(42);

  /** What one table and one of its rows grant. */
  private record Grants(
      String table, boolean secured, Map<String, String> all, Map<String, String> own) {
    boolean may(Actor actor, String kind) {
      return actor.privileged()
          || actor.roles().contains(all.get(kind))
          || (secured && actor.roles().contains(own.get(kind)));
    }
  }

  @Test
  void theStatementDecidesAsTheRulesSay() {
    int checked = 0;
    for (int t = 0; t < 12; t++) {
      var table = "m" + t;
      boolean secured = t % 2 == 0;
      var all = draw();
      CALLS.key(
          "tablesDB.createTable",
          "tableId",
          table,
          "name",
          "n",
          "rowSecurity",
          secured,
          "permissions",
          texts(all));
      CALLS.key("tablesDB.createIntegerColumn", "tableId", table, "key", "n", "required", false);
      for (int r = 0; r < 5; r++) {
        var grants = new Grants(table, secured, all, draw());
        for (var actor : ACTORS.values()) checked += check(grants, actor);
      }
    }
    assertEquals(12 * 5 * ACTORS.size() * 6, checked);
  }

  private int check(Grants grants, Actor actor) {
    var who = grants + " for " + actor;
    var id = store(grants);
    boolean read = grants.may(actor, "read");
    assertEquals(read ? "ok" : "row_not_found", door(actor, grants, "getRow", id), who);
    assertEquals(read ? 1 : 0, seen(actor, grants, id), who);
    assertEquals(changed(grants, actor, "update"), door(actor, grants, "updateRow", id), who);
    assertEquals(bulk(grants, actor, "update"), many(actor, grants, "updateRows", id), who);
    assertEquals(bulk(grants, actor, "delete"), many(actor, grants, "deleteRows", id), who);
    var again = store(grants);
    assertEquals(changed(grants, actor, "delete"), door(actor, grants, "deleteRow", again), who);
    boolean left = !grants.may(actor, "delete");
    assertEquals(left ? "ok" : "row_not_found", door(Calls.KEY, grants, "getRow", again), who);
    return 6;
  }

  private static String changed(Grants grants, Actor actor, String kind) {
    if (grants.may(actor, kind)) return "ok";
    return grants.may(actor, "read") ? "user_unauthorized" : "row_not_found";
  }

  /** What cannot be read is not found, and therefore not forbidden either. */
  private static String bulk(Grants grants, Actor actor, String kind) {
    boolean hopeless = !grants.secured && !grants.may(actor, "read");
    if (hopeless) return "user_unauthorized";
    if (!grants.may(actor, "read")) return "0";
    return grants.may(actor, kind) ? "1" : "user_unauthorized";
  }

  private static String door(Actor actor, Grants grants, String name, String id) {
    var text =
        CALLS.fault(
            actor,
            "tablesDB." + name,
            "tableId",
            grants.table,
            "rowId",
            id,
            "data",
            Map.of("n", 1));
    return text.startsWith("{") ? "ok" : text;
  }

  private static String many(Actor actor, Grants grants, String name, String id) {
    var text =
        CALLS.fault(
            actor,
            "tablesDB." + name,
            "tableId",
            grants.table,
            "data",
            Map.of("n", 2),
            "queries",
            List.of("equal(\"$id\", [\"" + id + "\"])"));
    return text.startsWith("{") ? String.valueOf(new JsonObject(text).getInteger("total")) : text;
  }

  /** By list, by total and by filter the same rows are there. */
  private static int seen(Actor actor, Grants grants, String id) {
    var query = List.of("equal(\"$id\", [\"" + id + "\"])");
    var text = CALLS.fault(actor, "tablesDB.listRows", "tableId", grants.table, "queries", query);
    if (text.equals("user_unauthorized")) {
      assertTrue(!grants.secured);
      return 0;
    }
    var list = new JsonObject(text);
    assertEquals(list.getInteger("total"), list.getJsonArray("rows").size());
    var cursor =
        CALLS.fault(
            actor,
            "tablesDB.listRows",
            "tableId",
            grants.table,
            "queries",
            List.of("cursorAfter(\"" + id + "\")"));
    assertEquals(list.getInteger("total") == 0, cursor.equals("general_cursor_not_found"));
    return list.getInteger("total");
  }

  private static String store(Grants grants) {
    return CALLS
        .key(
            "tablesDB.createRow",
            "tableId",
            grants.table,
            "rowId",
            "unique()",
            "data",
            Map.of(),
            "permissions",
            texts(grants.own))
        .getString("$id");
  }

  private Map<String, String> draw() {
    var grants = new HashMap<String, String>();
    for (var kind : KINDS) {
      if (lot.nextBoolean()) grants.put(kind, ROLES.get(lot.nextInt(ROLES.size())));
      else grants.put(kind, "nobody");
    }
    return grants;
  }

  private static JsonArray texts(Map<String, String> grants) {
    var texts = new ArrayList<String>();
    grants.forEach(
        (kind, role) -> {
          if (!role.equals("nobody")) texts.add(kind + "(\"" + role + "\")");
        });
    return new JsonArray(texts);
  }

  @Test
  void createNeedsTheTablesGrant() {
    table("c1", "create(\"users\")");
    var user = Calls.user("u1");
    assertEquals("user_unauthorized", create(Calls.GUEST, "c1", "g"));
    var own = new JsonObject(create(user, "c1", "a")).getJsonArray("$permissions");
    assertEquals(
        new JsonArray(List.of("read(\"user:u1\")", "update(\"user:u1\")", "delete(\"user:u1\")")),
        own);
    var nobodys = new JsonObject(create(Calls.KEY, "c1", "b")).getJsonArray("$permissions");
    assertEquals(new JsonArray(), nobodys);
    assertEquals("user_unauthorized", upsert(Calls.GUEST, "c1", "z"));
    // A row that cannot be seen is only known to be in the way.
    assertEquals("row_already_exists", upsert(Calls.user("u2"), "c1", "b"));
  }

  @Test
  void onlyHeldRolesCanBeGranted() {
    table("c2", "create(\"any\")");
    var user = Calls.user("u1", "team:t1");
    for (var role :
        List.of("any", "users", "user:u1", "team:t1", "owner", "member", "user:{userId}")) {
      assertTrue(create(user, "c2", "unique()", "read(\"" + role + "\")").startsWith("{"), role);
    }
    for (var role :
        List.of("guests", "user:u2", "team:t2", "team:t1/owner", "label:vip", "guest")) {
      assertEquals(
          "user_unauthorized", create(user, "c2", "unique()", "read(\"" + role + "\")"), role);
      assertTrue(
          create(Calls.KEY, "c2", "unique()", "read(\"" + role + "\")").startsWith("{"), role);
    }
    for (var bad :
        List.of(
            "read(\"any\") ; drop",
            "read(\"user:*\")",
            "read(any)",
            "see:any",
            "read(\"team:x/owner\\\")\")")) {
      assertEquals("general_argument_invalid", create(Calls.KEY, "c2", "unique()", bad), bad);
    }
  }

  @Test
  void wordsOfTheGuide() {
    CALLS.key(
        "databases.createCollection",
        "collectionId",
        "guide",
        "name",
        "n",
        "permissions",
        List.of("read:any", "write:owner"));
    var made =
        CALLS.as(
            Calls.user("u1"),
            "databases.createDocument",
            "collectionId",
            "guide",
            "documentId",
            "d",
            "data",
            Map.of());
    assertEquals(
        "[\"update(\\\"user:u1\\\")\",\"delete(\\\"user:u1\\\")\"]",
        made.getJsonArray("$permissions").encode());
    assertEquals(
        "d",
        CALLS
            .as(Calls.GUEST, "databases.getDocument", "collectionId", "guide", "documentId", "d")
            .getString("$id"));
    for (var method : List.of("deleteDocument", "upsertDocument")) {
      assertEquals(
          "user_unauthorized",
          CALLS.fault(
              Calls.user("u2"),
              "databases." + method,
              "collectionId",
              "guide",
              "documentId",
              "d",
              "data",
              Map.of()));
    }
    assertEquals("user_unauthorized", create(Calls.GUEST, "guide", "x"));
    assertEquals(
        "{}",
        CALLS.fault(
            Calls.user("u1"),
            "databases.deleteDocument",
            "collectionId",
            "guide",
            "documentId",
            "d"));
  }

  @Test
  void switchedOffIsNotThereForClients() {
    table("off", "read(\"any\")");
    create(Calls.KEY, "off", "a");
    CALLS.key("tablesDB.updateTable", "tableId", "off", "enabled", false);
    assertEquals(
        "table_not_found",
        CALLS.fault(Calls.GUEST, "tablesDB.getRow", "tableId", "off", "rowId", "a"));
    assertEquals(
        "collection_not_found",
        CALLS.fault(Calls.GUEST, "databases.listDocuments", "collectionId", "off"));
    CALLS.key("tablesDB.getRow", "tableId", "off", "rowId", "a");
  }

  private static void table(String id, String... permissions) {
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        id,
        "name",
        "n",
        "rowSecurity",
        true,
        "permissions",
        List.of(permissions));
  }

  private static String create(Actor actor, String table, String id, String... permissions) {
    return permissions.length == 0
        ? CALLS.fault(actor, "tablesDB.createRow", "tableId", table, "rowId", id, "data", Map.of())
        : CALLS.fault(
            actor,
            "tablesDB.createRow",
            "tableId",
            table,
            "rowId",
            id,
            "data",
            Map.of(),
            "permissions",
            List.of(permissions));
  }

  private static String upsert(Actor actor, String table, String id) {
    return CALLS.fault(
        actor, "tablesDB.upsertRow", "tableId", table, "rowId", id, "data", Map.of());
  }
}
