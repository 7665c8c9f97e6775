package dev.celadon.service.databases;

import static dev.celadon.service.databases.Related.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every kind of caller at every door that reads, over tables, rows and columns with grants drawn by
 * lot: what each sees is what the rules say, and what he may not see is nothing to him.
 */
class ReadDoorsTest {

  private static final int TABLES = 16;

  @Test
  void eachDoorShowsWhatTheRulesSay() {
    var lot = new Random(7);
    for (int t = 0; t < TABLES; t++) {
      var table = new Granted(lot);
      for (var actor : Granted.ACTORS.values()) {
        gets(table, actor);
        lists(table, actor);
        orders(table, actor);
        cursors(table, actor);
        filters(table, actor);
        aggregates(table, actor);
      }
    }
    int each = TABLES * Granted.ACTORS.size();
    assertEquals(
        Map.of(
            "get", each * Granted.ROWS,
            "list", each * 2,
            "count", each * 2,
            "order", each * 4,
            "cursor", each * (Granted.ROWS + 1) * 3,
            "filter", each * 4,
            "aggregate", each * 4),
        Granted.cases("reading"));
  }

  private static void gets(Granted table, Actor actor) {
    var missing = table.said(actor, "getRow", "rowId", "missing");
    for (var row : table.rows()) {
      var said = table.said(actor, "getRow", "rowId", row);
      if (table.may(actor, row, "read")) {
        assertEquals(table.fields(actor), Guarded.fields(said), table + " for " + actor);
      } else {
        assertEquals(missing.replace("missing", row), said, table + " for " + actor);
      }
      Granted.count("get");
    }
  }

  private static String list(Granted table, Actor actor, String... queries) {
    return table.said(actor, "listRows", "queries", List.of(queries));
  }

  private static List<String> ids(String said) {
    return said.startsWith("{")
        ? Calls.ids(new JsonObject(said), "rows")
        : List.of(Granted.type(said));
  }

  /** The rows that are to be found, or why there are none. */
  private static List<String> seen(Granted table, Actor actor) {
    return table.open(actor) ? table.visible(actor) : List.of("user_unauthorized");
  }

  private static void lists(Granted table, Actor actor) {
    var seen = seen(table, actor);
    for (var queries : List.of(List.<String>of(), List.of(query("select", null, "*")))) {
      var said = list(table, actor, queries.toArray(String[]::new));
      assertEquals(seen, ids(said), table + " for " + actor);
      Granted.count("list");
      if (!table.open(actor)) continue;
      for (var row : Granted.objects(new JsonObject(said).getJsonArray("rows"))) {
        assertEquals(table.fields(actor), Guarded.fields(row), table + " for " + actor);
      }
    }
    for (var limit : List.of(1, 0)) {
      var said = list(table, actor, query("limit", null, limit));
      int total = table.open(actor) ? new JsonObject(said).getInteger("total") : 0;
      assertEquals(table.visible(actor).size(), total, table + " for " + actor);
      Granted.count("count");
    }
  }

  /** As {@link #seen}; what is hidden cannot be asked for, whatever there is to be read. */
  private static List<String> asked(Granted table, Actor actor, List<String> found) {
    if (!table.open(actor)) return List.of("user_unauthorized");
    return table.reads(actor) ? found : List.of("general_query_invalid");
  }

  private static void orders(Granted table, Actor actor) {
    var up = seen(table, actor);
    assertEquals(up, ids(list(table, actor, query("orderAsc", "n"))));
    assertEquals(up.reversed(), ids(list(table, actor, query("orderDesc", "n"))));
    assertEquals(asked(table, actor, up), ids(list(table, actor, query("orderAsc", "s"))));
    var down = asked(table, actor, up.reversed());
    assertEquals(down, ids(list(table, actor, query("orderDesc", "s"))));
    for (int i = 0; i < 4; i++) Granted.count("order");
  }

  private static void cursors(Granted table, Actor actor) {
    var seen = table.visible(actor);
    var rows = new ArrayList<>(table.rows());
    rows.add("missing");
    for (var row : rows) {
      int at = seen.indexOf(row);
      var lost = List.of("general_cursor_not_found");
      var after = at < 0 ? lost : seen.subList(at + 1, seen.size());
      var before = at < 0 ? lost : seen.subList(0, at);
      if (!table.open(actor)) after = before = List.of("user_unauthorized");
      var cursor = query("cursorAfter", null, row);
      assertEquals(after, ids(list(table, actor, cursor)), table + " for " + actor);
      assertEquals(
          before,
          ids(list(table, actor, query("orderAsc", "n"), query("cursorBefore", null, row))));
      assertEquals(
          asked(table, actor, after), ids(list(table, actor, query("orderAsc", "s"), cursor)));
      for (int i = 0; i < 3; i++) Granted.count("cursor");
    }
  }

  private static void filters(Granted table, Actor actor) {
    var seen = seen(table, actor);
    assertEquals(seen, ids(list(table, actor, query("greaterThanEqual", "n", 0))));
    var high = List.of("r2", "r3").stream().filter(table.visible(actor)::contains).toList();
    var found = ids(list(table, actor, query("greaterThan", "s", 1)));
    assertEquals(asked(table, actor, high), found, table + " for " + actor);
    assertEquals(
        asked(table, actor, table.visible(actor)),
        ids(list(table, actor, query("isNotNull", "s"))));
    // What is hidden and what is not there are told apart by no word.
    var absent = list(table, actor, query("equal", "x", 1));
    if (!table.reads(actor)) {
      assertEquals(absent.replace("'x'", "'s'"), list(table, actor, query("equal", "s", 1)));
    }
    for (int i = 0; i < 4; i++) Granted.count("filter");
  }

  private static void aggregates(Granted table, Actor actor) {
    var numbers =
        table.visible(actor).stream().mapToInt(row -> Integer.parseInt(row.substring(1))).toArray();
    assertEquals(of(table, actor, numbers.length), made(table, actor, "count", ""));
    boolean some = numbers.length > 0;
    var sum = some ? (Object) IntStream.of(numbers).sum() : null;
    assertEquals(of(table, actor, sum), made(table, actor, "sum", "n"));
    var most = some ? (Object) IntStream.of(numbers).max().orElseThrow() : null;
    var max = table.reads(actor) ? of(table, actor, most) : "general_query_invalid";
    if (!table.open(actor)) max = "user_unauthorized";
    assertEquals(max, made(table, actor, "max", "s"), table + " for " + actor);
    var count = List.of(Map.of("method", "count", "as", "x"));
    var groups = table.said(actor, "aggregateRows", "aggregates", count, "groupBy", List.of("s"));
    if (table.open(actor) && table.reads(actor)) {
      assertEquals(numbers.length, new JsonObject(groups).getInteger("total"));
    } else {
      assertTrue(!groups.startsWith("{"), groups);
    }
    for (int i = 0; i < 4; i++) Granted.count("aggregate");
  }

  private static String of(Granted table, Actor actor, Object value) {
    return table.open(actor) ? String.valueOf(value) : "user_unauthorized";
  }

  private static String made(Granted table, Actor actor, String method, String attribute) {
    var made = List.of(Map.of("method", method, "attribute", attribute, "as", "x"));
    var said = table.said(actor, "aggregateRows", "aggregates", made);
    if (!said.startsWith("{")) return Granted.type(said);
    var groups = new JsonObject(said).getJsonArray("groups");
    return String.valueOf(groups.getJsonObject(0).getValue("x"));
  }
}
