package dev.celadon.service.databases;

import static dev.celadon.service.databases.Related.CALLS;
import static dev.celadon.service.databases.Related.KINDS;
import static dev.celadon.service.databases.Related.create;
import static dev.celadon.service.databases.Related.data;
import static dev.celadon.service.databases.Related.delete;
import static dev.celadon.service.databases.Related.events;
import static dev.celadon.service.databases.Related.lastEvent;
import static dev.celadon.service.databases.Related.linked;
import static dev.celadon.service.databases.Related.query;
import static dev.celadon.service.databases.Related.rows;
import static dev.celadon.service.databases.Related.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of linked rows when a row is deleted. */
class LinkedDeletesTest {

  private static final Map<String, Object> NONE = Map.of();
  private static final List<String> RULES = List.of("restrict", "cascade", "setNull");

  /** On which side a deletion acts on what is linked. */
  private static boolean acts(String kind, boolean parent, String rule, boolean twoWay) {
    return switch (kind) {
      case "manyToOne" -> !parent;
      case "oneToOne" -> parent || (twoWay && rule.equals("cascade"));
      default -> parent;
    };
  }

  @Test
  void everyKindSideAndRule() {
    int cases = 0;
    for (var kind : KINDS) {
      for (var rule : RULES) {
        for (boolean parent : List.of(true, false)) {
          for (boolean twoWay : List.of(true, false)) {
            for (boolean many : List.of(true, false)) {
              check(kind, rule, parent, twoWay, many);
              cases++;
            }
          }
        }
      }
    }
    assertEquals(96, cases);
  }

  private void check(String kind, String rule, boolean parent, boolean twoWay, boolean many) {
    var a = table();
    var b = table();
    Related.relate(a, b, kind, rule, twoWay);
    boolean list = kind.equals("oneToMany") || kind.equals("manyToMany");
    create(b, "x", NONE);
    create(b, "free", NONE);
    create(a, "1", data("there", list ? List.of("x") : "x"));
    create(a, "free", NONE);
    var gone = parent ? "1" : "x";
    var left = parent ? "x" : "1";
    var from = parent ? a : b;
    var to = parent ? b : a;
    var what = kind + " " + rule + (parent ? " parent" : " child") + (twoWay ? " two" : " one");
    long before = lastEvent();

    var said = many ? deleteMany(from, gone) : delete(Calls.KEY, from, gone);

    boolean acts = acts(kind, parent, rule, twoWay);
    if (acts && rule.equals("restrict")) {
      assertEquals("row_delete_restricted", said, what);
      assertEquals(sorted(gone, "free"), rows(from), what);
      assertEquals(List.of(), events(before, a, b), what);
      assertEquals("{}", delete(Calls.KEY, from, "free"), what);
      return;
    }
    assertEquals(List.of("free"), rows(from), what);
    boolean cascades = acts && rule.equals("cascade");
    assertEquals(cascades ? List.of("free") : sorted(left, "free"), rows(to), what);
    if (!cascades && parent && twoWay) assertEquals(List.of(), linked(b, "x", "here"), what);
    if (!cascades && !parent) assertEquals(List.of(), linked(a, "1", "there"), what);
    // Where the link was kept in the row that stays, that row has changed.
    boolean kept = kind.equals("oneToMany") ? parent : !parent && !kind.equals("manyToMany");
    var expected = new ArrayList<>(List.of(from + "." + gone + ".delete"));
    if (cascades) expected.add(to + "." + left + ".delete");
    else if (kept) expected.addFirst(to + "." + left + ".update");
    assertEquals(expected, events(before, a, b), what);
  }

  private static List<String> sorted(String... ids) {
    return Stream.of(ids).sorted().toList();
  }

  private static String deleteMany(String table, String id) {
    return CALLS.fault(
        Calls.KEY,
        "tablesDB.deleteRows",
        "tableId",
        table,
        "queries",
        List.of(query("equal", "$id", id)));
  }

  @Test
  void cascadesGoOnAndStopAtWhatRestricts() {
    var a = table();
    var b = table();
    var c = table();
    Related.relate(a, b, "oneToMany", "cascade");
    Related.relate(b, c, "oneToMany", "restrict", false);
    create(a, "1", data("there", List.of(data("$id", "x"), data("$id", "y"))));
    Related.update(b, "x", data("there", List.of(data("$id", "deep"))));
    assertEquals("row_delete_restricted", delete(Calls.KEY, a, "1"));
    assertEquals(List.of("x", "y"), rows(b));
    assertEquals("{}", delete(Calls.KEY, c, "deep"));
    long before = lastEvent();
    assertEquals("{}", delete(Calls.KEY, a, "1"));
    assertEquals(
        List.of(a + ".1.delete", b + ".x.delete", b + ".y.delete"), events(before, a, b, c));
  }

  @Test
  void manyGoTogetherWithWhatTheyRestrict() {
    var a = table();
    Related.relate(a, a, "oneToMany", "restrict");
    create(a, "1", data("there", List.of(data("$id", "2"))));
    assertEquals("row_delete_restricted", delete(Calls.KEY, a, "1"));
    var all = CALLS.key("tablesDB.deleteRows", "tableId", a);
    assertEquals(2, all.getLong("total"));
    assertEquals(List.of(), rows(a));
  }

  @Test
  void aNodeThatDoesNotKnowYetKeepsTheRules() {
    var elsewhere = new Calls(Related.POSTGRES, "p");
    for (var kind : KINDS) {
      for (var rule : RULES) {
        var a = table();
        var b = table();
        boolean list = kind.endsWith("Many");
        var target = kind.equals("manyToOne") ? b : a;
        var id = kind.equals("manyToOne") ? "x" : "1";
        create(a, "1", NONE);
        create(b, "x", NONE);
        elsewhere.key("tablesDB.getRow", "tableId", target, "rowId", id);
        Related.relate(a, b, kind, rule, false);
        Related.update(a, "1", data("there", list ? List.of("x") : "x"));
        var said = elsewhere.fault(Calls.KEY, "tablesDB.deleteRow", "tableId", target, "rowId", id);
        var what = kind + " " + rule;
        // Where nothing points to the row itself, that node learns of the rule within a second.
        if (kind.equals("oneToOne")) continue;
        assertEquals(rule.equals("restrict") ? "row_delete_restricted" : "{}", said, what);
        var left = rows(kind.equals("manyToOne") ? a : b);
        assertEquals(rule.equals("cascade") ? 0 : 1, left.size(), what);
      }
    }
  }

  @Test
  void whoLinksWhileAnotherDeletesIsToldOrTakenAlong() throws Exception {
    var a = table();
    var b = table();
    Related.relate(a, b, "manyToOne", "cascade");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        var one = "x" + i;
        create(b, one, NONE);
        var linking = threads.submit(() -> create(a, "1" + one, data("there", one)));
        var deleting = threads.submit(() -> delete(Calls.KEY, b, one));
        assertEquals("{}", deleting.get());
        var said = linking.get();
        assertTrue(said.startsWith("{") || said.equals("relationship_value_invalid"), said);
      }
    }
    assertEquals(List.of(), rows(b));
    assertEquals(List.of(), rows(a), "no row is left whose other is gone");
  }

  @Test
  void theRightToDeleteIsStillAsked() {
    var a = table("read(\"any\")");
    var b = table();
    Related.relate(a, b, "oneToMany", "cascade");
    create(a, "1", data("there", List.of(data("$id", "x"))));
    assertEquals("user_unauthorized", delete(Calls.user("u"), a, "1"));
    assertEquals("row_not_found", delete(Calls.user("u"), b, "x"));
    assertEquals("row_not_found", delete(Calls.KEY, a, "nothing"));
    assertEquals(List.of("1"), rows(a));
    assertEquals(List.of("x"), rows(b));
  }

  @Test
  void whoMayDeleteTheOneTakesTheManyAlong() {
    var a = table("read(\"any\")", "delete(\"users\")");
    var b = table();
    Related.relate(a, b, "oneToMany", "cascade");
    create(a, "1", data("there", List.of(data("$id", "x"))));
    assertEquals("{}", delete(Calls.user("u"), a, "1"));
    assertEquals(List.of(), rows(b));
  }
}
