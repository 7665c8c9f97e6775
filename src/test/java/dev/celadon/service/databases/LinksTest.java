package dev.celadon.service.databases;

import static dev.celadon.service.databases.Related.CALLS;
import static dev.celadon.service.databases.Related.KINDS;
import static dev.celadon.service.databases.Related.create;
import static dev.celadon.service.databases.Related.data;
import static dev.celadon.service.databases.Related.events;
import static dev.celadon.service.databases.Related.get;
import static dev.celadon.service.databases.Related.lastEvent;
import static dev.celadon.service.databases.Related.linked;
import static dev.celadon.service.databases.Related.rows;
import static dev.celadon.service.databases.Related.table;
import static dev.celadon.service.databases.Related.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writing links: by id, through a parent, in all kinds and from both sides. */
class LinksTest {

  private static final Map<String, Object> NONE = Map.of();

  private static boolean many(String kind, boolean parent) {
    return kind.equals("manyToMany") || kind.equals(parent ? "oneToMany" : "manyToOne");
  }

  private static Object value(boolean many, Object... items) {
    return many ? List.of(items) : items[0];
  }

  @Test
  void everyKindIsLinkedFromBothSidesAndSeenFromBoth() {
    for (var kind : KINDS) {
      for (boolean parent : List.of(true, false)) {
        var a = table();
        var b = table();
        Related.relate(a, b, kind, "setNull");
        var from = parent ? a : b;
        var to = parent ? b : a;
        var key = parent ? "there" : "here";
        var back = parent ? "here" : "there";
        boolean many = many(kind, parent);
        var what = kind + (parent ? " parent" : " child");
        for (var id : List.of("x", "y", "z")) create(to, id, NONE);

        create(from, "1", data("s", "v", key, value(many, "x")));
        assertEquals(List.of("x"), linked(from, "1", key), what);
        assertEquals(List.of("1"), linked(to, "x", back), what);
        assertFalse(get(Calls.KEY, from, "1").containsKey(key), "not unless selected");

        update(from, "1", data(key, value(many, "y")));
        assertEquals(List.of("y"), linked(from, "1", key), what);
        assertEquals(List.of(), linked(to, "x", back), what);
        assertEquals("v", get(Calls.KEY, from, "1").getString("s"));
        if (many) {
          update(from, "1", data(key, List.of("x", "z", "x")));
          assertEquals(List.of("x", "z"), linked(from, "1", key), what);
        }
        update(from, "1", data(key, many ? List.of() : null));
        assertEquals(List.of(), linked(from, "1", key), what);
        assertEquals(List.of("1"), rows(from));
        assertEquals(List.of("x", "y", "z"), rows(to));

        // Through the parent: made, changed, linked as it is.
        update(from, "1", data(key, value(many, data("$id", "n", "s", "new"))));
        assertEquals("new", get(Calls.KEY, to, "n").getString("s"), what);
        assertEquals(List.of("n"), linked(from, "1", key), what);
        update(from, "1", data(key, value(many, data("$id", "n", "s", "newer"))));
        assertEquals("newer", get(Calls.KEY, to, "n").getString("s"), what);
        assertEquals(List.of("1"), linked(to, "n", back), what);
        create(from, "2", data(key, value(many, data("s", "made"))));
        assertEquals(1, linked(from, "2", key).size(), what);
        assertEquals(5, rows(to).size());
      }
    }
  }

  @Test
  void theAnswerShowsWhatWasLinked() {
    var a = table();
    var b = table();
    Related.relate(a, b, "oneToMany", "setNull");
    create(b, "x", data("s", "ex"));
    var made =
        new JsonObject(create(a, "1", data("s", "v", "there", List.of("x", data("s", "n")))));
    var there = made.getJsonArray("there");
    assertEquals(2, there.size());
    assertEquals("ex", there.getJsonObject(0).getString("s"));
    assertEquals("n", there.getJsonObject(1).getString("s"));
    assertEquals(b, there.getJsonObject(1).getString("$tableId"));
    assertEquals("v", made.getString("s"));
    var changed = new JsonObject(update(a, "1", data("there", null)));
    assertEquals(0, changed.getJsonArray("there").size());
  }

  @Test
  void threeLevelsAreWrittenAndAFourthIsNot() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) ids.add(table());
    for (int i = 0; i < 4; i++) {
      Related.relate(ids.get(i), ids.get(i + 1), KINDS.get(i), "cascade", i % 2 == 0);
    }
    Object inner = data("$id", "d", "s", "three");
    inner = data("$id", "c", "s", "two", "there", inner);
    inner = data("$id", "b", "s", "one", "there", List.of(inner));
    var made =
        new JsonObject(
            create(
                ids.get(0),
                "a",
                data("there", data("$id", "b0", "there", List.of(data("$id", "c0"))))));
    assertEquals("b0", made.getJsonObject("there").getString("$id"));
    made = new JsonObject(create(ids.get(0), "1", data("there", inner)));
    var two = made.getJsonObject("there").getJsonArray("there").getJsonObject(0);
    assertEquals("three", two.getJsonObject("there").getString("s"));
    assertEquals(List.of("d"), rows(ids.get(3)));

    Object deep = data("there", List.of(data("$id", "e")));
    deep = data("there", data("there", List.of(data("there", deep))));
    assertEquals("relationship_value_invalid", create(ids.get(0), "2", deep));
    assertEquals(List.of(), rows(ids.get(4)));
    assertEquals(List.of("1", "a"), rows(ids.get(0)));
  }

  @Test
  void allIsWrittenOrNothing() {
    var a = table();
    var b = table();
    Related.relate(a, b, "oneToMany", "setNull");
    long before = lastEvent();
    for (var wrong :
        List.<Object>of(
            List.of(data("$id", "n", "s", "fine"), "nowhere"),
            List.of(data("$id", "n", "s", "fine"), data("s", 7)),
            List.of(data("$id", "n"), data("nothing", "x")),
            List.of(data("$id", "n"), 7),
            List.of(data("$id", "n"), data("$id", "!")),
            List.of(data("$id", "n"), data("$permissions", List.of("all"))),
            "n")) {
      var said = create(a, "1", data("s", "v", "there", wrong));
      assertTrue(said.matches("relationship_value_invalid|row_invalid_structure"), said);
      assertEquals(List.of(), rows(a));
      assertEquals(List.of(), rows(b));
    }
    assertEquals(List.of(), events(before, a, b));
    assertEquals("relationship_value_invalid", create(a, "1", data("there", List.of("x y"))));
  }

  @Test
  void everyRowThatChangesHasItsEvent() {
    var a = table();
    var b = table();
    Related.relate(a, b, "oneToMany", "setNull");
    create(b, "x", NONE);
    create(b, "y", NONE);
    long before = lastEvent();
    create(a, "1", data("there", List.of("x", data("$id", "n"), data("$id", "y", "s", "v"))));
    assertEquals(
        List.of(a + ".1.create", b + ".n.create", b + ".y.update", b + ".x.update"),
        events(before, a, b));
    before = lastEvent();
    update(a, "1", data("there", List.of("y")));
    assertEquals(
        List.of(a + ".1.update", b + ".n.update", b + ".x.update"),
        events(before, a, b).stream().sorted().toList());
    assertEquals(3, get(Calls.KEY, b, "x").getLong("$version"));
    var payload =
        Related.POSTGRES
            .transactions()
            .list(
                row -> row.getJson(0).toString(),
                "SELECT payload FROM celadon.events WHERE event LIKE '%rows%' AND ids[2] = ANY($1)",
                (Object) new String[] {a, b});
    assertTrue(payload.stream().noneMatch(text -> text.contains("here")), "links are not told");
  }

  @Test
  void oneBelongsToOne() {
    var a = table();
    var b = table();
    Related.relate(a, b, "oneToOne", "setNull");
    create(b, "x", NONE);
    create(a, "1", data("there", "x"));
    assertEquals("row_unique_constraint_violation", create(a, "2", data("there", "x")));
    create(a, "2", NONE);
    assertEquals("row_unique_constraint_violation", update(a, "2", data("there", "x")));
    // From the other side it is moved, as whoever may change both says.
    update(b, "x", data("here", "2"));
    assertEquals(List.of(), linked(a, "1", "there"));
    assertEquals(List.of("x"), linked(a, "2", "there"));
  }

  @Test
  void aTableIsRelatedToItself() {
    var a = table();
    Related.relate(a, a, "oneToMany", "cascade");
    create(a, "1", data("there", List.of(data("$id", "2", "there", List.of(data("$id", "3"))))));
    assertEquals(List.of("2"), linked(a, "1", "there"));
    assertEquals(List.of("2"), linked(a, "3", "here"));
    update(a, "1", data("here", "3"));
    Related.delete(Calls.KEY, a, "2");
    assertEquals(List.of(), rows(a), "a circle goes as one");
  }

  @Test
  void upsertAndManyAtOnceLinkToo() {
    var a = table();
    var b = table();
    Related.relate(a, b, "manyToMany", "setNull");
    create(b, "x", NONE);
    for (var i : List.of(1, 2)) {
      CALLS.key(
          "tablesDB.upsertRow", "tableId", a, "rowId", "1", "data", data("there", List.of("x")));
      assertEquals(List.of("x"), linked(a, "1", "there"), "time " + i);
    }
    CALLS.key(
        "tablesDB.createRow",
        "tableId",
        a,
        "rows",
        List.of(
            data("$id", "2", "there", List.of("x")),
            data("$id", "3", "there", List.of(data("$id", "y")))));
    CALLS.key(
        "tablesDB.upsertRows",
        "tableId",
        a,
        "rows",
        List.of(data("$id", "2", "there", List.of("y")), data("$id", "4", "there", List.of("y"))));
    assertEquals(List.of("1"), linked(b, "x", "here"));
    assertEquals(List.of("2", "3", "4"), linked(b, "y", "here"));
    assertEquals(
        "general_bad_request",
        CALLS.fault(
            Calls.KEY, "tablesDB.updateRows", "tableId", a, "data", data("there", List.of())));
  }

  @Test
  void theOldVersionIsNotLinked() {
    var a = table();
    var b = table();
    Related.relate(a, b, "manyToOne", "setNull");
    create(b, "x", NONE);
    create(a, "1", NONE);
    update(a, "1", data("there", "x"));
    assertEquals(2, get(Calls.KEY, a, "1").getLong("$version"));
    assertEquals(1, get(Calls.KEY, b, "x").getLong("$version"));
  }
}
