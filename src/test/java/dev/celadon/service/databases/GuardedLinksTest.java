package dev.celadon.service.databases;

import static dev.celadon.service.databases.Related.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Permissions of columns along relationships: posts lead to their {@code author}, whose {@code
 * secret} is hidden, and to their {@code editor}, which is a hidden column itself.
 */
class GuardedLinksTest {

  private static final Calls CALLS = Related.CALLS;
  private static final Actor STAFF = Calls.user("ann", "team:staff");
  private static final Actor BEN = Calls.user("ben");
  private static final JsonArray SECRET =
      new JsonArray(List.of("read(\"team:staff\")", "write(\"team:staff\")"));

  private String posts = "";
  private String people = "";
  private int cases;

  @BeforeEach
  void tables() {
    posts = Related.table("read(\"any\")", "write(\"any\")");
    people = Related.table("read(\"any\")", "write(\"any\")");
    for (var key : List.of("secret", "named")) {
      CALLS.key(
          "tablesDB.createStringColumn",
          "tableId",
          people,
          "key",
          key,
          "size",
          9,
          "required",
          false,
          "permissions",
          key.equals("secret") ? SECRET : new JsonArray(List.of("write(\"team:staff\")")));
    }
    relate("author", "posts", "cascade", new JsonArray());
    relate("editor", "edited", "setNull", SECRET);
    relate("owner", "owned", "setNull", new JsonArray(List.of("write(\"team:staff\")")));
    for (var id : List.of("ada", "bob")) {
      Related.create(people, id, Map.of("s", id, "secret", "of " + id));
    }
    Related.create(posts, "p", Map.of("s", "p", "author", "ada", "editor", "ada", "owner", "ada"));
    Related.create(posts, "q", Map.of("s", "q", "author", "bob", "editor", "bob"));
  }

  private void relate(String key, String otherKey, String onDelete, JsonArray permissions) {
    CALLS.key(
        "tablesDB.createRelationshipColumn",
        "tableId",
        posts,
        "relatedTableId",
        people,
        "type",
        "manyToOne",
        "twoWay",
        true,
        "key",
        key,
        "twoWayKey",
        otherKey,
        "onDelete",
        onDelete,
        "permissions",
        permissions);
  }

  private static String said(Actor actor, String name, Object... values) {
    try {
      return CALLS.as(actor, "tablesDB." + name, values).encode();
    } catch (Failure failure) {
      return failure.fault().type() + ": " + failure.text();
    }
  }

  /** What is said of a hidden name is what is said of one that is not there. */
  private void same(String hidden, String absent, String name, Object... values) {
    for (var actor : List.of(BEN, Calls.GUEST)) {
      var there = said(actor, name, values);
      var others = new ArrayList<Object>();
      for (var value : values) others.add(JsonTexts.replaced(value, hidden, absent));
      assertFalse(there.startsWith("{"), there);
      assertEquals(said(actor, name, others.toArray()), there.replace(hidden, absent));
      cases++;
    }
  }

  private void sameQuery(String hidden, String absent, String query) {
    same(hidden, absent, "listRows", "tableId", posts, "queries", List.of(query));
    if (!query.contains("select")) return;
    same(hidden, absent, "getRow", "tableId", posts, "rowId", "p", "queries", List.of(query));
  }

  @Test
  void whatIsHiddenOfRelatedRows() {
    for (var query :
        List.of(
            query("select", null, "author.secret"),
            query("select", null, "author.posts.author.secret"),
            query("equal", "author.secret", "of ada"),
            query("isNull", "author.secret"),
            query("orderAsc", "author.secret"),
            query("exists", null, "author.secret"))) {
      sameQuery("secret", "absent", query);
    }
    var count = List.of(Map.of("method", "count", "as", "x"));
    var groups = List.of("author.secret");
    same(
        "secret",
        "absent",
        "aggregateRows",
        "tableId",
        posts,
        "aggregates",
        count,
        "groupBy",
        groups);
    var least = List.of(Map.of("method", "min", "attribute", "author.secret", "as", "x"));
    same("secret", "absent", "aggregateRows", "tableId", posts, "aggregates", least);
    for (var select : List.of("author.*", "author.$id")) {
      var seen = author(BEN, select);
      assertFalse(seen.containsKey("secret"), seen.encode());
      assertEquals("ada", seen.getString("$id"));
    }
    assertFalse(author(BEN, "author.*").encode().contains("of ada"));
    assertEquals("of ada", author(STAFF, "author.*").getString("secret"));
    assertEquals("of ada", author(STAFF, "author.secret").getString("secret"));
    assertEquals(20, cases);
  }

  private JsonObject author(Actor actor, String select) {
    return Related.get(actor, posts, "p", select).getJsonObject("author");
  }

  @Test
  void whatIsHiddenOfRelatedRowsIsNotWritten() {
    for (var person :
        List.of(Map.of("$id", "ada", "secret", "x"), Map.of("s", "new", "secret", "x"))) {
      var data = Map.of("author", person);
      same("secret", "absent", "createRow", "tableId", posts, "rowId", "n", "data", data);
      same("secret", "absent", "updateRow", "tableId", posts, "rowId", "p", "data", data);
      same("secret", "absent", "upsertRow", "tableId", posts, "rowId", "p", "data", data);
    }
    for (var person :
        List.of(Map.of("$id", "ada", "named", "x"), Map.of("s", "new", "named", "x"))) {
      var data = Map.of("author", person);
      assertEquals("user_unauthorized", Related.create(BEN, posts, "n", data));
      assertEquals("user_unauthorized", Related.update(BEN, posts, "p", data));
    }
    // What was read and comes back changes nothing, and is no attempt to.
    var read = Related.get(BEN, posts, "p", "author.*").getJsonObject("author");
    assertTrue(read.containsKey("named"));
    var again = Related.update(BEN, posts, "q", Map.of("author", read.getMap()));
    assertTrue(again.startsWith("{"), again);
    assertFalse(again.contains("of ada"), again);
    assertEquals("of ada", Related.get(STAFF, people, "ada").getString("secret"));
    // Nor does a new row that is made on the way show or lose anything.
    var made = Related.create(BEN, posts, "m", Map.of("author", Map.of("$id", "cyd", "s", "c")));
    assertFalse(made.contains("secret"), made);
    assertEquals(12, cases);
  }

  @Test
  void aHiddenLinkIsNotThere() {
    for (var query :
        List.of(
            query("select", null, "editor"),
            query("select", null, "editor.*"),
            query("select", null, "editor.$id"),
            query("select", null, "author.edited.editor.$id"),
            query("equal", "editor", "ada"),
            query("isNull", "editor"),
            query("equal", "editor.s", "ada"),
            query("orderDesc", "editor.s"))) {
      sameQuery("editor", "absent", query);
    }
    for (var name : List.of("createRow", "updateRow", "upsertRow")) {
      for (var value : List.of("ada", Map.of("$id", "ada"))) {
        var data = Map.of("editor", value);
        same("editor", "absent", name, "tableId", posts, "rowId", "p", "data", data);
      }
    }
    assertEquals("ada", Related.linked(STAFF, posts, "p", "editor").getFirst());
    assertEquals(16 + 8 + 12, cases);
  }

  @Test
  void eachSideSpeaksForItself() {
    // The other side of the hidden link says nothing, so it is there.
    assertEquals(List.of("p"), Related.linked(BEN, people, "ada", "edited"));
    CALLS.key(
        "tablesDB.updateRelationshipColumn",
        "tableId",
        people,
        "key",
        "edited",
        "permissions",
        SECRET);
    var said =
        said(
            BEN,
            "listRows",
            "tableId",
            people,
            "queries",
            List.of(query("select", null, "edited.$id")));
    assertTrue(said.startsWith("general_query_invalid"), said);
    var renamed =
        CALLS.key(
            "tablesDB.updateRelationshipColumn",
            "tableId",
            people,
            "key",
            "edited",
            "newKey",
            "works");
    assertEquals(3, renamed.getJsonArray("$permissions").size());
    assertEquals(List.of("p"), Related.linked(STAFF, people, "ada", "works"));
    var column = CALLS.key("tablesDB.getColumn", "tableId", posts, "key", "editor");
    assertEquals(3, column.getJsonArray("$permissions").size());
    assertFalse(
        CALLS
            .key("tablesDB.getColumn", "tableId", posts, "key", "author")
            .containsKey("$permissions"));
  }

  @Test
  void aLinkThatOneOnlyReadsIsNotSet() {
    assertEquals(List.of("ada"), Related.linked(BEN, posts, "p", "owner"));
    for (var value : List.of("bob", Map.of("$id", "bob"))) {
      var data = Map.of("owner", value);
      assertEquals("user_unauthorized", Related.create(BEN, posts, "n", data));
      assertEquals("user_unauthorized", Related.update(BEN, posts, "p", data));
      var upsert =
          CALLS.fault(BEN, "tablesDB.upsertRow", "tableId", posts, "rowId", "p", "data", data);
      assertEquals("user_unauthorized", upsert);
      assertTrue(Related.update(STAFF, posts, "p", data).startsWith("{"));
    }
    assertEquals(List.of("bob"), Related.linked(BEN, posts, "p", "owner"));
  }

  @Test
  void rulesOfHiddenLinksHoldAllTheSame() {
    assertEquals("{}", Related.delete(BEN, people, "ada"));
    // The cascade took the post of the author; the post of the other editor stays.
    assertEquals(List.of("q"), Related.rows(posts));
    assertEquals("{}", Related.delete(BEN, posts, "q"));
  }
}
