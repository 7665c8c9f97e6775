package dev.celadon.service.databases;

import static dev.celadon.service.databases.Related.query;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Actor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every kind of caller along relationships: a table that everybody reads and writes leads to one
 * with grants drawn by lot, and is led to by it.
 */
class LinkDoorsTest {

  private static final int TABLES = 12;

  private int fresh;

  @Test
  void relationsShowAndLinkAsTheRulesSay() {
    var lot = new Random(23);
    for (int t = 0; t < TABLES; t++) {
      var table = new Granted(lot);
      var hub = hub(table);
      for (var actor : Granted.ACTORS.values()) {
        loads(table, hub, actor);
        filters(table, hub, actor);
        links(table, hub, actor);
        nests(table, hub, actor);
      }
    }
    int each = TABLES * Granted.ACTORS.size();
    assertEquals(
        Map.of(
            "load", each * Granted.ROWS * 2,
            "filter", each * 7,
            "link", each * (Granted.ROWS + 1) * 2,
            "nest", each * (Granted.ROWS + 1) * 3),
        Granted.cases("relations"));
  }

  /** For each row one that leads to it: {@code h0} to {@code r0}. */
  private static String hub(Granted table) {
    var id = table.id + "hub";
    Granted.CALLS.key(
        "tablesDB.createTable",
        "tableId",
        id,
        "name",
        "n",
        "permissions",
        List.of("read(\"any\")", "write(\"any\")"));
    Granted.CALLS.key(
        "tablesDB.createRelationshipColumn",
        "tableId",
        id,
        "relatedTableId",
        table.id,
        "type",
        "manyToOne",
        "twoWay",
        true,
        "key",
        "to",
        "twoWayKey",
        "from",
        "onDelete",
        "setNull");
    for (var row : table.rows()) {
      Granted.CALLS.key(
          "tablesDB.createRow", "tableId", id, "rowId", at(row), "data", Map.of("to", row));
    }
    return id;
  }

  private static String at(String row) {
    return row.replace('r', 'h');
  }

  private static String list(String hub, Actor actor, String... queries) {
    return Granted.saidOf(actor, "listRows", "tableId", hub, "queries", List.of(queries));
  }

  /** A related row that may not be read is as none; a column of it that may not be, as none. */
  private static void loads(Granted table, String hub, Actor actor) {
    var why = table + " for " + actor;
    var all = new JsonObject(list(hub, actor, query("select", null, "to.*")));
    for (var each : Granted.objects(all.getJsonArray("rows"))) {
      var row = each.getString("$id").replace('h', 'r');
      var to = each.getJsonObject("to");
      assertEquals(table.may(actor, row, "read"), to != null, why);
      if (to != null) assertEquals(table.fields(actor), Guarded.fields(to), why);
      var one =
          Granted.saidOf(
              actor,
              "getRow",
              "tableId",
              hub,
              "rowId",
              at(row),
              "queries",
              List.of(query("select", null, "to.s")));
      if (table.reads(actor)) {
        assertEquals(to != null, new JsonObject(one).getJsonObject("to") != null, why);
      } else {
        assertEquals("general_query_invalid", Granted.type(one), why);
        var absent = query("select", null, "to.x");
        assertEquals(one.replace("to.s", "to.x"), list(hub, actor, absent), why);
      }
      Granted.count("load");
      Granted.count("load");
    }
  }

  private static List<String> found(String said) {
    return said.startsWith("{")
        ? Calls.ids(new JsonObject(said), "rows")
        : List.of(Granted.type(said));
  }

  private static void filters(Granted table, String hub, Actor actor) {
    var seen = table.visible(actor).stream().map(LinkDoorsTest::at).toList();
    var unseen = new ArrayList<>(table.rows().stream().map(LinkDoorsTest::at).toList());
    unseen.removeAll(seen);
    var why = table + " for " + actor;
    assertEquals(unseen, found(list(hub, actor, query("isNull", "to"))), why);
    assertEquals(seen, found(list(hub, actor, query("isNotNull", "to"))), why);
    var named = query("equal", "to", table.rows().toArray());
    assertEquals(seen, found(list(hub, actor, named)), why);
    assertEquals(seen, found(list(hub, actor, query("greaterThanEqual", "to.n", 0))), why);
    var lot = table.reads(actor) ? seen : List.of("general_query_invalid");
    var asked = found(list(hub, actor, query("greaterThanEqual", "to.s", 0)));
    assertEquals(lot, asked, why);
    // In an order by what they lead to, those that lead to nothing come together.
    var ordered = found(list(hub, actor, query("orderDesc", "to.n")));
    assertEquals(seen.reversed(), ordered.stream().filter(seen::contains).toList(), why);
    var hidden = found(list(hub, actor, query("orderDesc", "to.s")));
    assertEquals(table.reads(actor) ? ordered : List.of("general_query_invalid"), hidden, why);
    for (int i = 0; i < 7; i++) Granted.count("filter");
  }

  /** Linking takes the right to read; who has it not is told what he is told of no row at all. */
  private void links(Granted table, String hub, Actor actor) {
    var rows = new ArrayList<>(table.rows());
    rows.add("missing");
    for (var row : rows) {
      boolean seen = !row.equals("missing") && table.may(actor, row, "read");
      for (var name : List.of("createRow", "updateRow")) {
        var id = name.equals("createRow") ? "l" + ++fresh : "free";
        if (id.equals("free")) free(hub);
        var said =
            Granted.saidOf(actor, name, "tableId", hub, "rowId", id, "data", Map.of("to", row));
        var none =
            Granted.saidOf(
                actor, name, "tableId", hub, "rowId", id + "n", "data", Map.of("to", "missing"));
        var wanted = seen ? "ok" : "relationship_value_invalid";
        assertEquals(wanted, Granted.type(said), table + " for " + actor);
        if (!seen && name.equals("createRow")) assertEquals(none.replace("missing", row), said);
        Granted.saidOf(Calls.KEY, "deleteRow", "tableId", hub, "rowId", id);
        Granted.count("link");
      }
    }
  }

  private static void free(String hub) {
    Granted.CALLS.key("tablesDB.createRow", "tableId", hub, "rowId", "free", "data", Map.of());
  }

  /** A related row is written under its own permissions, and those of its columns. */
  private void nests(Granted table, String hub, Actor actor) {
    var rows = new ArrayList<>(table.rows());
    rows.add("new");
    for (var row : rows) {
      for (var given : List.of("n", "s", "x")) {
        free(hub);
        boolean there = !row.equals("new");
        var id = there ? row : "new" + ++fresh;
        var data = new HashMap<String, Object>(Map.of("$id", id, "n", 1_000 + ++fresh));
        if (!given.equals("n")) data.put(given, 1_000 + ++fresh);
        var said =
            Granted.saidOf(
                actor, "updateRow", "tableId", hub, "rowId", "free", "data", Map.of("to", data));
        var why = table + " " + row + " " + given + " for " + actor + ": " + said;
        assertEquals(nested(table, actor, there ? row : "", given), Granted.type(said), why);
        if (said.startsWith("{")) restore(table, id, there);
        Granted.saidOf(Calls.KEY, "deleteRow", "tableId", hub, "rowId", "free");
        Granted.count("nest");
      }
    }
  }

  private static String nested(Granted table, Actor actor, String row, String given) {
    boolean exists = !row.isEmpty() && table.may(actor, row, "read");
    if (!exists && !table.creates(actor)) return "user_unauthorized";
    if (!given.equals("n")) {
      if (given.equals("x") || !table.reads(actor)) return "row_invalid_structure";
      if (!table.writes(actor, exists ? "update" : "create")) return "user_unauthorized";
    }
    if (exists) return table.may(actor, row, "update") ? "ok" : "user_unauthorized";
    return row.isEmpty() ? "ok" : "row_already_exists";
  }

  private static void restore(Granted table, String id, boolean there) {
    if (!there) {
      table.forget(id);
      return;
    }
    int number = Integer.parseInt(id.substring(1));
    var data = Map.of("n", number, "s", number);
    Granted.CALLS.key("tablesDB.updateRow", "tableId", table.id, "rowId", id, "data", data);
  }
}
