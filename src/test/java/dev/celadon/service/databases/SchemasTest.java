package dev.celadon.service.databases;

import static dev.celadon.service.databases.Blueprints.column;
import static dev.celadon.service.databases.Blueprints.get;
import static dev.celadon.service.databases.Blueprints.index;
import static dev.celadon.service.databases.Blueprints.link;
import static dev.celadon.service.databases.Blueprints.of;
import static dev.celadon.service.databases.Blueprints.plan;
import static dev.celadon.service.databases.Blueprints.put;
import static dev.celadon.service.databases.Blueprints.remove;
import static dev.celadon.service.databases.Blueprints.schema;
import static dev.celadon.service.databases.Blueprints.steps;
import static dev.celadon.service.databases.Blueprints.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A schema that is shown, changed, planned and applied. */
class SchemasTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Db DB = POSTGRES.transactions();

  private final Calls calls = new Calls(POSTGRES, "p" + System.nanoTime());

  /** Plans, applies, and finds that nothing is left to do; answers the steps. */
  private String apply(JsonObject wanted, Object... more) {
    var before = get(calls);
    var planned = plan(calls, wanted);
    assertFalse(planned.getBoolean("applied"));
    assertEquals(before, get(calls), "a plan changes nothing");
    var done = put(calls, wanted, more);
    assertTrue(done.getBoolean("applied"));
    assertEquals(planned.getJsonArray("steps"), done.getJsonArray("steps"));
    assertEquals("", steps(put(calls, wanted)), "twice is once");
    assertEquals("", steps(plan(calls, get(calls))), "what is shown is what is there");
    return steps(done);
  }

  private JsonObject row(String table, String id) {
    return calls.key("tablesDB.getRow", "tableId", table, "rowId", id);
  }

  private void store(String table, String id, Map<String, ?> data) {
    calls.key("tablesDB.createRow", "tableId", table, "rowId", id, "data", data);
  }

  private List<String> events() {
    return DB.list(
        row -> row.getString(0),
        """
        SELECT regexp_replace(event, '\\[\\w+\\]\\.?', '', 'g') || ' ' || array_to_string(ids[2:], '.')
        FROM celadon.events WHERE project = $1 ORDER BY id\
        """,
        calls.project);
  }

  @Test
  void whatOneDatabaseShowsAnotherBecomes() {
    Blueprints.everything(calls);
    var shown = get(calls);
    assertEquals("", steps(put(calls, shown)));
    var other = new Calls(POSTGRES, calls.project + "-other");
    assertEquals("table.create kinds, table.create a, table.create b", firstSteps(other, shown, 3));
    put(other, shown);
    assertEquals(shown, get(other));
    assertEquals("", steps(plan(other, shown)));
    assertEquals("", steps(plan(calls, get(other))));
    var text = shown.encode();
    for (var word : List.of("whole", "twoWayPermissions", "encrypt\":true", "lengths\":[20]")) {
      assertTrue(text.contains(word), word);
    }
    var data = Map.of("parts", List.of(Map.of("$id", "b2")));
    other.key("tablesDB.createRow", "tableId", "b", "rowId", "b1", "data", data);
    assertEquals(2, other.key("tablesDB.listRows", "tableId", "b").getInteger("total"));
    assertEquals(count(calls), count(other));
  }

  private static String firstSteps(Calls calls, JsonObject schema, int many) {
    var all = steps(plan(calls, schema)).split(", ");
    return String.join(", ", List.of(all).subList(0, many));
  }

  /** How many tables, columns and indexes PostgreSQL has of a project. */
  private static List<Long> count(Calls calls) {
    return DB.list(
        row -> row.getLong(0),
        """
        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN celadon.schemas s ON n.nspname = 'p' || s.number WHERE s.project = $1
        GROUP BY c.relkind ORDER BY c.relkind\
        """,
        calls.project);
  }

  @Test
  void theOtherVocabularySeesTheSame() {
    put(calls, schema(table("t", column("s", "text")).put("rowSecurity", true), table("u")));
    put(calls, schemaWithLink());
    var shown = calls.key("databases.getSchema");
    var collection = shown.getJsonArray("collections").getJsonObject(0);
    assertTrue(collection.getBoolean("documentSecurity"));
    var attributes = collection.getJsonArray("attributes");
    assertEquals("u", attributes.getJsonObject(1).getString("relatedCollection"));
    var planned =
        calls.key(
            "databases.updateSchema",
            "collections",
            shown.getJsonArray("collections"),
            "plan",
            true);
    assertEquals("[]", planned.getJsonArray("steps").encode());
    remove(attributes, "s");
    var done =
        calls.key("databases.updateSchema", "collections", shown.getJsonArray("collections"));
    assertEquals("attribute.delete", done.getJsonArray("steps").getJsonObject(0).getString("kind"));
    assertEquals(
        calls.tag("databases.getSchema"), calls.tag("tablesDB.getSchema"), "one state, one tag");
  }

  private static JsonObject schemaWithLink() {
    return schema(
        table("t", column("s", "text"), link("u", "u", "manyToOne")).put("rowSecurity", true),
        table("u"));
  }

  @Test
  void everyStepIsFoundAndDoneInOrder() {
    put(
        calls,
        schema(
            table("a", column("x", "text"), column("y", "integer"), link("l", "b", "oneToMany")),
            table("b", column("z", "text"), column("old", "boolean")),
            table("gone")));
    var wanted = get(calls);
    remove(wanted.getJsonArray("tables"), "gone");
    of(wanted, "a").put("name", "A!").put("$permissions", JsonArray.of("read(\"any\")"));
    of(wanted, "a", "y").put("min", 1).put("key", "yy").put("renamedFrom", "y");
    remove(of(wanted, "a").getJsonArray("columns"), "x");
    of(wanted, "a", "l").put("onDelete", "setNull");
    of(wanted, "b").put("$id", "bb").put("renamedFrom", "b");
    of(wanted, "a", "l").put("relatedTable", "bb");
    remove(of(wanted, "bb").getJsonArray("columns"), "old");
    of(wanted, "bb").getJsonArray("columns").add(column("fresh", "email", "default", "a@b.cd"));
    of(wanted, "bb").getJsonArray("columns").add(link("self", "bb", "manyToMany"));
    of(wanted, "bb").getJsonArray("indexes").add(index("i", "unique", "fresh", "$createdAt"));
    wanted.getJsonArray("tables").add(table("new", link("to", "a", "oneToOne", "twoWay", true)));
    assertEquals(
        "table.delete gone, table.rename bb, column.delete a.x, column.delete bb.old,"
            + " column.update a.yy, column.update a.l, table.update a, table.create new,"
            + " column.create bb.fresh, column.create bb.self, column.create new.to,"
            + " index.create bb.i",
        apply(wanted));
    assertEquals("new", of(get(calls), "new", "to").getString("twoWayKey"));
    remove(of(wanted, "bb").getJsonArray("indexes"), "i");
    of(wanted, "bb").getJsonArray("indexes").add(index("i", "key", "z"));
    assertEquals("index.delete bb.i, index.create bb.i", apply(wanted));
    of(wanted, "new", "to").put("twoWayKey", "back").put("twoWayPermissions", List.of("read:any"));
    assertEquals("column.update new.to", apply(wanted));
    assertEquals("back", of(get(calls), "new", "to").getString("twoWayKey"));
    of(wanted, "new", "to").put("relationType", "manyToMany");
    assertEquals("column.delete new.to, column.create new.to", apply(wanted));
  }

  @Test
  void eachStepHasTheEventOfItsOwnEndpoint() {
    put(calls, schema(table("a", column("x", "text")), table("b")));
    var wanted =
        schema(
            table(
                "a",
                column("y", "text", "renamedFrom", "x"),
                link("l", "a", "oneToOne", "twoWay", true, "twoWayKey", "m")));
    of(wanted, "a").put("name", "A").getJsonArray("indexes").add(index("i", "key", "y"));
    put(calls, wanted);
    put(calls, wanted);
    plan(calls, schema());
    wanted.getJsonArray("tables").getJsonObject(0).put("$id", "c").put("renamedFrom", "a");
    of(wanted, "c", "l").put("relatedTable", "c");
    put(calls, wanted);
    assertEquals(
        List.of(
            "databases.tables.create a",
            "databases.tables.create b",
            "databases.tables.delete b",
            "databases.tables.columns.update a.y",
            "databases.tables.update a",
            "databases.tables.columns.create a.l",
            "databases.tables.columns.create a.m",
            "databases.tables.indexes.create a.i",
            "databases.tables.delete a",
            "databases.tables.create c"),
        events());
  }

  @Test
  void valuesStayWhatTheyAre() {
    put(
        calls,
        schema(
            table(
                "a",
                column("x", "text"),
                column("y", "text"),
                column("e", "text", "encrypt", true)),
            table("b", link("to", "a", "manyToOne"))));
    store("a", "r", Map.of("x", "X", "y", "Y", "e", "E"));
    store("b", "s", Map.of("to", "r"));
    var wanted = get(calls);
    of(wanted, "a", "y").put("key", "z").put("renamedFrom", "y");
    of(wanted, "a", "x").put("key", "y").put("renamedFrom", "x");
    of(wanted, "a", "e").put("key", "x").put("renamedFrom", "e");
    of(wanted, "a").put("$id", "c").put("renamedFrom", "a");
    of(wanted, "b", "to").put("relatedTable", "c");
    wanted.getJsonArray("tables").add(table("a"));
    assertEquals(
        "table.rename c, column.update c.z, column.update c.y, column.update c.x, table.create a",
        apply(wanted));
    var row = row("c", "r");
    assertEquals("XYE", row.getString("y") + row.getString("z") + row.getString("x"));
    assertEquals("c", row.getString("$tableId"));
    var linked =
        calls.key(
            "tablesDB.getRow",
            "tableId",
            "b",
            "rowId",
            "s",
            "queries",
            List.of("select([\"to.y\"])"));
    assertEquals("X", linked.getJsonObject("to").getString("y"));
    assertEquals(0, calls.key("tablesDB.listRows", "tableId", "a").getInteger("total"));
    store("c", "r2", Map.of("x", "secret"));
    assertEquals("secret", row("c", "r2").getString("x"));
  }

  @Test
  void aTypeThatTakesTheSameValuesKeepsThem() {
    put(
        calls,
        schema(
            table(
                "t",
                column("s", "string", "size", 10),
                column("e", "enum", "elements", List.of("x", "y")),
                column("m", "string", "format", "email"),
                column("n", "integer", "min", 1),
                column("c", "text", "encrypt", true))));
    var data = Map.of("s", "12345", "e", "y", "m", "a@b.cd", "n", 5, "c", "sealed");
    store("t", "r", data);
    var wanted = get(calls);
    of(wanted, "t").getJsonArray("indexes").add(index("k", "key", "s"));
    put(calls, wanted);
    of(wanted, "t", "s").put("type", "longtext");
    of(wanted, "t", "e").put("type", "varchar").put("size", 1);
    of(wanted, "t", "m").put("type", "text").remove("format");
    of(wanted, "t", "n").put("type", "bigint").put("max", 5);
    of(wanted, "t", "c").put("type", "varchar").put("size", 6);
    for (var key : List.of("s", "e", "m")) of(wanted, "t", key).remove("elements");
    assertEquals(
        "column.update t.s, column.update t.e, column.update t.m, column.update t.n,"
            + " column.update t.c",
        apply(wanted));
    for (var one : data.entrySet())
      assertEquals(one.getValue(), row("t", "r").getValue(one.getKey()));
    store("t", "long", Map.of("s", "z".repeat(5_000), "m", "no address"));
    var lengths =
        calls.key("tablesDB.getIndex", "tableId", "t", "key", "k").getJsonArray("lengths");
    assertEquals("[650]", lengths.encode());
    of(wanted, "t", "c").put("size", 5);
    var refused = plan(calls, wanted).getJsonArray("steps").getJsonObject(0);
    assertFalse(refused.getString("refused").isEmpty());
    of(wanted, "t", "c").put("size", 6);
    of(wanted, "t", "m").put("type", "string").put("format", "email");
    assertEquals("column.delete t.m!, column.create t.m", steps(plan(calls, wanted)));
    assertEquals(
        "column_type_invalid",
        calls.fault(
            Calls.KEY, "tablesDB.updateTextColumn", "tableId", "t", "key", "s", "required", false));
  }

  @Test
  void otherNodesSeeTheNewShape() {
    put(calls, schema(table("t", column("a", "integer"))));
    var there = new Calls(POSTGRES, calls.project);
    store("t", "r", Map.of("a", 1));
    for (int i = 0; i < 5; i++) {
      there.key("tablesDB.getRow", "tableId", "t", "rowId", "r");
      calls.key("tablesDB.getRow", "tableId", "t", "rowId", "r");
      var wanted = get(calls);
      of(wanted, "t").getJsonArray("columns").add(column("n" + i, "integer"));
      if (i > 0) remove(of(wanted, "t").getJsonArray("columns"), "n" + (i - 1));
      put(calls, wanted, "allowDataLoss", true);
      for (var node : List.of(calls, there)) {
        var data = Map.of("n" + i, i);
        var row = node.key("tablesDB.updateRow", "tableId", "t", "rowId", "r", "data", data);
        assertEquals(i, row.getInteger("n" + i));
        assertFalse(row.containsKey("n" + (i - 1)));
      }
    }
  }

  @Test
  void anIndexOfALargeTableFollowsTheCommit() throws InterruptedException {
    put(calls, schema(table("big", column("s", "text")), table("small", column("s", "text"))));
    var names =
        DB.one(
                row -> List.of(row.getString(0), row.getString(1)),
                """
                SELECT 'p' || s.number || '.t' || t.number, 'c' || c.number
                FROM celadon.tables t JOIN celadon.schemas s USING (project)
                JOIN celadon.columns c ON c.table_number = t.number
                WHERE t.project = $1 AND t.id = 'big'\
                """,
                calls.project)
            .orElseThrow();
    DB.script(
        """
        INSERT INTO %s (_id, _created, _updated, _read, _update, _delete, %s)
        SELECT 'r' || n, now(), now(), '{}', '{}', '{}', 'same' || repeat(' and more', 20)
        FROM generate_series(1, 40000) n\
        """
            .formatted(names.get(0), names.get(1)));
    var wanted = get(calls);
    for (var table : List.of("big", "small")) {
      of(wanted, table).getJsonArray("columns").add(column("n", "integer"));
      of(wanted, table).getJsonArray("indexes").add(index("k", "key", "s"));
    }
    of(wanted, "big").getJsonArray("indexes").add(index("u", "unique", "s"));
    put(calls, wanted);
    assertEquals("available", status("small", "k"));
    while (status("big", "u").equals("processing")) Thread.sleep(20);
    assertEquals("available", status("big", "k"));
    assertEquals("failed", status("big", "u"));
    assertEquals("", steps(plan(calls, wanted)));
    assertTrue(events().stream().anyMatch(e -> e.endsWith("indexes.update big.u")), "told");
  }

  private String status(String table, String key) {
    return calls.key("tablesDB.getIndex", "tableId", table, "key", key).getString("status");
  }
}
