package dev.celadon.service.databases;

import static dev.celadon.service.databases.Related.CALLS;
import static dev.celadon.service.databases.Related.KINDS;
import static dev.celadon.service.databases.Related.create;
import static dev.celadon.service.databases.Related.data;
import static dev.celadon.service.databases.Related.get;
import static dev.celadon.service.databases.Related.linked;
import static dev.celadon.service.databases.Related.list;
import static dev.celadon.service.databases.Related.query;
import static dev.celadon.service.databases.Related.table;
import static dev.celadon.service.databases.Related.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading along links: what is loaded, what is found, and what nobody is told. */
class RelatedReadsTest {

  private static final Map<String, Object> NONE = Map.of();
  private static final Actor USER = Calls.user("u");
  private static final String READ = "read(\"user:u\")";

  @Test
  void onlyWhatIsSelectedIsLoaded() {
    var a = table();
    var b = table();
    CALLS.key("tablesDB.createIntegerColumn", "tableId", b, "key", "n", "required", false);
    Related.relate(a, b, "manyToOne", "setNull");
    create(b, "x", data("s", "ex", "n", 7));
    create(a, "1", data("s", "v", "there", "x"));

    assertFalse(get(Calls.KEY, a, "1").containsKey("there"));
    assertFalse(get(Calls.KEY, a, "1", "*").containsKey("there"));
    var all = get(Calls.KEY, a, "1", "*", "there.*");
    assertEquals("v", all.getString("s"));
    assertEquals(7, all.getJsonObject("there").getInteger("n"));
    assertEquals(b, all.getJsonObject("there").getString("$tableId"));
    assertEquals("ex", get(Calls.KEY, a, "1", "there").getJsonObject("there").getString("s"));
    var some = get(Calls.KEY, a, "1", "there.n");
    assertFalse(some.containsKey("s"));
    assertFalse(some.getJsonObject("there").containsKey("s"));
    assertEquals(7, some.getJsonObject("there").getInteger("n"));
    var back = get(Calls.KEY, b, "x", "here.there.s").getJsonArray("here").getJsonObject(0);
    assertEquals("ex", back.getJsonObject("there").getString("s"));
    for (var wrong :
        List.of("there.nothing", "nothing.s", "there.s.x", "there.here.there.here.s")) {
      assertEquals("general_query_invalid", list(Calls.KEY, a, query("select", null, wrong)));
    }
    var legacy =
        CALLS.key(
            "databases.getDocument",
            "collectionId",
            a,
            "documentId",
            "1",
            "queries",
            List.of(query("select", null, "*", "there.*")));
    assertEquals("ex", legacy.getJsonObject("there").getString("s"));
  }

  @Test
  void rowsThatMayNotBeReadAreNotLoaded() {
    for (var kind : KINDS) {
      for (boolean parent : List.of(true, false)) {
        var a = table("read(\"any\")");
        var b = table();
        Related.relate(parent ? a : b, parent ? b : a, kind, "setNull");
        var key = parent ? "there" : "here";
        boolean many = kind.equals("manyToMany") || kind.equals(parent ? "oneToMany" : "manyToOne");
        create(b, "hidden", NONE);
        create(b, "shown", NONE, READ);
        create(a, "1", data(key, many ? List.of("hidden", "shown") : "hidden"));
        create(a, "2", data(key, many ? List.of() : "shown"));
        var what = kind + " " + parent;
        assertEquals(many ? List.of("shown") : List.of(), linked(USER, a, "1", key), what);
        assertEquals(many ? List.of() : List.of("shown"), linked(USER, a, "2", key), what);
        CALLS.key("tablesDB.updateTable", "tableId", b, "enabled", false);
        assertEquals(List.of(), linked(USER, a, many ? "1" : "2", key), what);
        assertEquals(many ? 2 : 1, linked(Calls.KEY, a, "1", key).size());
      }
    }
  }

  @Test
  void filtersSeeWhatTheCallerMayRead() {
    for (var kind : KINDS) {
      for (boolean parent : List.of(true, false)) {
        var a = table("read(\"any\")");
        var b = table();
        Related.relate(parent ? a : b, parent ? b : a, kind, "setNull");
        var key = parent ? "there" : "here";
        boolean many = kind.equals("manyToMany") || kind.equals(parent ? "oneToMany" : "manyToOne");
        create(b, "hidden", data("s", "secret"));
        create(b, "shown", data("s", "known"), READ);
        create(a, "1", data(key, many ? List.of("hidden") : "hidden"));
        create(a, "2", data(key, many ? List.of("shown") : "shown"));
        create(a, "3", NONE);
        var what = kind + " " + parent;
        check(what, a, "1", "", query("equal", key + ".s", "secret"));
        check(what, a, "1", "", query("startsWith", key + ".s", "sec"));
        check(what, a, "1", "", query("equal", key + ".$id", "hidden"));
        check(what, a, "1", "", query("equal", key, "hidden"));
        check(what, a, "2", "2", query("equal", key + ".s", "known"));
        check(what, a, "2", "2", query("equal", key, "shown", "nothing"));
        check(what, a, "1 2", "2", query("isNotNull", key + ".s"));
        check(what, a, "1 2", "2", query("isNotNull", key));
        check(what, a, "3", "1 3", query("isNull", key));
        check(what, a, "1", "", query("notEqual", key + ".s", "known"));
        check(what, a, many ? "1 3" : "1", many ? "1 3" : "", query("notEqual", key, "shown"));
        var or =
            "{\"method\":\"or\",\"values\":[%s,%s]}"
                .formatted(query("equal", key + ".s", "secret"), query("equal", "$id", "3"));
        check(what, a, "1 3", "3", or);
        assertEquals("general_query_invalid", list(USER, a, query("equal", key + ".x", "secret")));
        assertEquals("general_query_invalid", list(USER, a, query("equal", key, 7)));
        assertEquals("general_query_invalid", list(USER, a, query("search", key, "x")));
      }
    }
  }

  private static void check(String what, String table, String key, String user, String query) {
    assertEquals(key, list(Calls.KEY, table, query), what + " " + query);
    assertEquals(user, list(USER, table, query), what + " " + query);
  }

  @Test
  void ordersAreByWhatTheCallerMayRead() {
    var a = table("read(\"any\")");
    var b = table();
    var c = table();
    Related.relate(a, b, "manyToOne", "setNull");
    CALLS.key(
        "tablesDB.createRelationshipColumn",
        "tableId",
        c,
        "relatedTableId",
        b,
        "type",
        "oneToOne",
        "key",
        "b",
        "twoWay",
        true,
        "twoWayKey",
        "c");
    create(b, "x", data("s", "3", "c", data("$id", "cx", "s", "7")), READ);
    create(b, "y", data("s", "1"), READ);
    create(b, "z", data("s", "2", "c", data("$id", "cz", "s", "6")));
    create(a, "1", data("there", "x"));
    create(a, "2", data("there", "y"));
    create(a, "3", data("there", "z"));
    create(a, "4", NONE);
    assertEquals("2 3 1 4", list(Calls.KEY, a, query("orderAsc", "there.s")));
    assertEquals("2 1 3 4", list(USER, a, query("orderAsc", "there.s")));
    assertEquals("4 1 3 2", list(Calls.KEY, a, query("orderDesc", "there.s")));
    assertEquals("3 1 2 4", list(Calls.KEY, a, query("orderAsc", "there.c.s")));
    assertEquals("1 2 3 4", list(USER, a, query("orderAsc", "there.c.s")));
    for (int limit = 1; limit < 4; limit++) {
      var seen = new ArrayList<String>();
      while (seen.size() < 4) {
        var queries =
            new ArrayList<>(List.of(query("orderAsc", "there.s"), query("limit", null, limit)));
        if (!seen.isEmpty()) queries.add(query("cursorAfter", null, seen.getLast()));
        var page =
            CALLS.as(USER, "tablesDB.listRows", "tableId", a, "queries", queries, "total", false);
        seen.addAll(Calls.ids(page, "rows"));
      }
      assertEquals(List.of("2", "1", "3", "4"), seen);
    }
    for (var actor : List.of(USER, Calls.KEY)) pagesAreWhole(actor, a);
    assertEquals("general_query_invalid", list(Calls.KEY, b, query("orderAsc", "here.s")));
    assertEquals("general_query_invalid", list(Calls.KEY, a, query("orderAsc", "there")));
    assertEquals("2", list(USER, a, query("orderAsc", "there.s"), query("equal", "there.s", "1")));
  }

  private static void pagesAreWhole(Actor actor, String table) {
    for (var method : List.of("orderAsc", "orderDesc")) {
      var order = query(method, "there.s");
      var all = List.of(list(actor, table, order).split(" "));
      for (int i = 0; i < 4; i++) {
        var after = query("cursorAfter", null, all.get(i));
        var before = query("cursorBefore", null, all.get(i));
        assertEquals(all.subList(i + 1, 4), page(actor, table, order, after));
        assertEquals(all.subList(0, i), page(actor, table, order, before));
      }
    }
  }

  private static List<String> page(Actor actor, String table, String... queries) {
    var page = CALLS.as(actor, "tablesDB.listRows", "tableId", table, "queries", List.of(queries));
    return Calls.ids(page, "rows");
  }

  @Test
  void eachLevelIsOneStatementForAllRows() {
    var a = table();
    var b = table();
    var c = table();
    Related.relate(a, b, "oneToMany", "cascade");
    Related.relate(b, c, "manyToMany", "setNull", false);
    create(c, "c1", data("s", "tag"));
    for (int i = 0; i < 10; i++) {
      var id = "a" + i;
      create(
          a,
          id,
          data("there", List.of(data("$id", id + "x", "s", "v"), data("$id", id + "y", "s", "w"))));
      update(b, id + "x", data("there", List.of("c1")));
    }
    var page =
        CALLS.key(
            "tablesDB.listRows",
            "tableId",
            a,
            "queries",
            List.of(query("select", null, "*", "there.*", "there.there.s")));
    assertEquals(10, page.getJsonArray("rows").size());
    for (int i = 0; i < 10; i++) {
      var row = page.getJsonArray("rows").getJsonObject(i);
      var inner = row.getJsonArray("there");
      assertEquals(row.getString("$id") + "x", inner.getJsonObject(0).getString("$id"));
      var tags = inner.getJsonObject(0).getJsonArray("there");
      assertEquals("tag", ((JsonObject) tags.getValue(0)).getString("s"));
      assertTrue(inner.getJsonObject(1).getJsonArray("there").isEmpty());
    }
    var changed =
        CALLS.key(
            "tablesDB.updateRows",
            "tableId",
            a,
            "data",
            data("s", "many"),
            "queries",
            List.of(query("equal", "there.s", "w"), query("equal", "$id", "a3")));
    assertEquals(1, changed.getLong("total"));
  }

  @Test
  void linkingTakesTheRightToRead() {
    for (var kind : KINDS) {
      for (boolean parent : List.of(true, false)) {
        var a = table("read(\"any\")", "create(\"users\")", "update(\"users\")");
        var b = table();
        Related.relate(parent ? a : b, parent ? b : a, kind, "setNull");
        var key = parent ? "there" : "here";
        boolean many = kind.equals("manyToMany") || kind.equals(parent ? "oneToMany" : "manyToOne");
        boolean kept = kind.equals("oneToMany") ? parent : !parent && !kind.equals("manyToMany");
        create(b, "hidden", NONE);
        create(b, "shown", NONE, READ);
        create(b, "own", NONE, READ, "update(\"user:u\")");
        var what = kind + " " + parent;
        assertEquals("relationship_value_invalid", link(a, "1", key, many, "hidden"), what);
        assertEquals(link(a, "1", key, many, "nothing"), link(a, "1", key, many, "hidden"), what);
        var shown = link(a, "1", key, many, "shown");
        assertEquals(kept, shown.equals("user_unauthorized"), what + shown);
        assertTrue(link(a, "2", key, many, "own").startsWith("{"), what);
        var nested = link(a, "3", key, many, data("s", "v"));
        assertEquals("user_unauthorized", nested, what);
        var change = link(a, "3", key, many, data("$id", "shown", "s", "v"));
        assertEquals("user_unauthorized", change, what);
        var hidden = link(a, "3", key, many, data("$id", "hidden", "s", "v"));
        assertEquals(link(a, "3", key, many, data("$id", "nothing", "s", "v")), hidden, what);
      }
    }
  }

  private static String link(String table, String id, String key, boolean many, Object item) {
    return create(USER, table, id, data(key, many ? List.of(item) : item));
  }

  @Test
  void aRowCanBeWrittenBackAsItWasRead() {
    var a = table("read(\"any\")", "update(\"users\")");
    var b = table();
    CALLS.key("tablesDB.createDatetimeColumn", "tableId", b, "key", "at", "required", false);
    Related.relate(a, b, "manyToOne", "setNull");
    create(b, "x", data("s", "v", "at", "2026-01-31"), READ, "delete(\"user:u\")");
    create(a, "1", data("there", "x"));
    var read = get(USER, a, "1", "*", "there.*").getMap();
    assertTrue(update(USER, a, "1", read).contains("\"s\":\"v\""));
    assertEquals(1, get(Calls.KEY, b, "x").getLong("$version"));
    var changed = get(USER, a, "1", "*", "there.*");
    changed.getJsonObject("there").put("s", "w");
    assertEquals("user_unauthorized", update(USER, a, "1", changed.getMap()));
  }

  @Test
  void groupsAreOfWhatTheCallerMayRead() {
    var a = table("read(\"any\")");
    var b = table();
    Related.relate(a, b, "manyToOne", "setNull");
    create(b, "x", data("s", "secret"));
    create(b, "y", data("s", "known"), READ);
    for (var i = 0; i < 6; i++) create(a, "a" + i, data("there", i < 2 ? "x" : "y"));
    assertEquals("[known 4, secret 2]", groups(Calls.KEY, a));
    assertEquals("[known 4, null 2]", groups(USER, a));
    assertEquals("[known 4]", groups(USER, a, query("isNotNull", "there.s")));
  }

  private static String groups(Actor actor, String table, String... queries) {
    return CALLS
        .as(
            actor,
            "tablesDB.aggregateRows",
            "tableId",
            table,
            "aggregates",
            List.of(data("method", "count", "as", "n")),
            "groupBy",
            List.of("there.s"),
            "queries",
            List.of(queries))
        .getJsonArray("groups")
        .stream()
        .map(
            group ->
                ((JsonObject) group).getString("there.s") + " " + ((JsonObject) group).getLong("n"))
        .toList()
        .toString();
  }

  @Test
  void stagedChangesLinkToo() {
    var a = table();
    var b = table();
    Related.relate(a, b, "oneToMany", "cascade");
    var tx = CALLS.key("tablesDB.createTransaction").getString("$id");
    CALLS.key(
        "tablesDB.createRow",
        "tableId",
        a,
        "rowId",
        "1",
        "data",
        data("there", List.of(data("$id", "x"))),
        "transactionId",
        tx);
    assertEquals(List.of(), Related.rows(b));
    CALLS.key("tablesDB.updateTransaction", "transactionId", tx, "commit", true);
    assertEquals(List.of("x"), linked(a, "1", "there"));
    tx = CALLS.key("tablesDB.createTransaction").getString("$id");
    CALLS.key("tablesDB.deleteRow", "tableId", a, "rowId", "1", "transactionId", tx);
    assertEquals(List.of("x"), Related.rows(b));
    CALLS.key("tablesDB.updateTransaction", "transactionId", tx, "commit", true);
    assertEquals(List.of(), Related.rows(b));
  }

  @Test
  void aListThatIsReplacedKeepsWhatTheCallerDoesNotSee() {
    for (var kind : List.of("oneToMany", "manyToMany")) {
      var a = table("read(\"any\")", "update(\"users\")");
      var b = table("update(\"users\")");
      Related.relate(a, b, kind, "setNull");
      create(b, "hidden", NONE);
      create(b, "shown", NONE, READ);
      create(b, "more", NONE, READ);
      create(a, "1", data("there", List.of("hidden", "shown")));
      update(USER, a, "1", data("there", List.of("more")));
      assertEquals(List.of("hidden", "more"), linked(a, "1", "there"), kind);
      update(USER, a, "1", data("there", List.of()));
      assertEquals(List.of("hidden"), linked(a, "1", "there"), kind);
    }
  }

  @Test
  void whoCannotDeleteARowCannotTieItsLifeToHisOwn() {
    for (var kind : List.of("oneToOne", "oneToMany", "manyToMany")) {
      var a = table("create(\"users\")", "read(\"any\")");
      var b = table();
      Related.relate(a, b, kind, "cascade");
      create(b, "x", NONE, READ, "update(\"user:u\")");
      create(b, "y", NONE, READ, "update(\"user:u\")", "delete(\"user:u\")");
      boolean many = !kind.equals("oneToOne");
      assertEquals("user_unauthorized", link(a, "1", "there", many, "x"), kind);
      assertTrue(link(a, "1", "there", many, "y").startsWith("{"), kind);
    }
  }
}
