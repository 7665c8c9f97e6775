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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Failure;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a schema may not do: lose data, stop half way, or mean something else than it says. */
class SchemaRefusalsTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Db DB = POSTGRES.transactions();

  private final Calls calls = new Calls(POSTGRES, "p" + System.nanoTime());

  private static JsonObject stored() {
    return schema(
        table(
            "a",
            column("s", "string", "size", 10),
            column("e", "enum", "elements", List.of("x", "y")),
            column("n", "integer"),
            column("empty", "text"),
            link("to", "b", "manyToOne"),
            link("many", "b", "manyToMany"),
            link("none", "b", "oneToOne", "twoWay", true)),
        table("b"),
        table("void", link("at", "a", "oneToMany")));
  }

  private void fill() {
    put(calls, stored());
    row("b", "b1", Map.of());
    row("a", "a1", Map.of("s", "12345", "e", "y", "n", 5, "to", "b1", "many", List.of("b1")));
    row("a", "a2", Map.of());
  }

  private void row(String table, String id, Map<String, ?> data) {
    calls.key("tablesDB.createRow", "tableId", table, "rowId", id, "data", data);
  }

  private long events() {
    return DB.one(
            row -> row.getLong(0),
            "SELECT count(*) FROM celadon.events WHERE project = $1",
            calls.project)
        .orElseThrow();
  }

  private record Lossy(String name, Consumer<JsonObject> change, String steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Lossy> losses() {
    return List.of(
        new Lossy(
            "a table with rows",
            s -> {
              remove(s.getJsonArray("tables"), "b");
              for (var key : List.of("to", "many", "none")) {
                remove(of(s, "a").getJsonArray("columns"), key);
              }
            },
            "column.delete a.to!, column.delete a.many!, column.delete a.none, table.delete b!"),
        new Lossy(
            "a column with values",
            s -> remove(of(s, "a").getJsonArray("columns"), "s"),
            "column.delete a.s!"),
        new Lossy(
            "links in a column",
            s -> remove(of(s, "a").getJsonArray("columns"), "to"),
            "column.delete a.to!"),
        new Lossy(
            "links in pairs",
            s -> of(s, "a", "many").put("twoWay", true).put("twoWayKey", "backs"),
            "column.delete a.many!, column.create a.many"),
        new Lossy(
            "another type",
            s -> of(s, "a", "n").put("type", "double"),
            "column.delete a.n!, column.create a.n"),
        new Lossy(
            "a list",
            s -> of(s, "a", "n").put("array", true),
            "column.delete a.n!, column.create a.n"),
        new Lossy(
            "encryption",
            s -> of(s, "a", "s").put("encrypt", true),
            "column.delete a.s!, column.create a.s"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whatWouldBeLostIsKept(Lossy loss) {
    fill();
    var before = get(calls);
    var wanted = before.copy();
    loss.change.accept(wanted);
    var planned = plan(calls, wanted);
    assertEquals(loss.steps, steps(planned));
    assertTrue(planned.getBoolean("losesData"));
    long events = events();
    var refused = assertThrows(Failure.class, () -> put(calls, wanted));
    assertEquals(400, refused.fault().status());
    assertTrue(refused.text().contains("allowDataLoss"), refused.text());
    assertEquals(before, get(calls));
    assertEquals(events, events());
    var row = calls.key("tablesDB.getRow", "tableId", "a", "rowId", "a1");
    assertEquals("12345", row.getString("s"));
    assertEquals(loss.steps, steps(put(calls, wanted, "allowDataLoss", true)));
    assertEquals("", steps(plan(calls, wanted)));
  }

  @Test
  void whatHoldsNothingMayGo() {
    fill();
    var wanted = get(calls);
    remove(wanted.getJsonArray("tables"), "void");
    remove(of(wanted, "a").getJsonArray("columns"), "empty");
    remove(of(wanted, "a").getJsonArray("columns"), "none");
    var planned = plan(calls, wanted);
    assertFalse(planned.getBoolean("losesData"));
    assertEquals("column.delete a.none, table.delete void, column.delete a.empty", steps(planned));
    put(calls, wanted);
  }

  private static Stream<Arguments> contradictions() {
    return Stream.of(
        Arguments.of("s", Map.of("size", 4), "column_invalid_resize"),
        Arguments.of("e", Map.of("elements", List.of("x")), "column_value_invalid"),
        Arguments.of("n", Map.of("min", 6), "column_value_invalid"),
        Arguments.of("n", Map.of("max", 4), "column_value_invalid"),
        Arguments.of("n", Map.of("required", true), "column_value_invalid"));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void whatRowsContradictIsRefusedWhateverIsAllowed(
      String key, Map<String, Object> change, String type) {
    fill();
    var before = get(calls);
    var wanted = before.copy();
    change.forEach((name, value) -> of(wanted, "a", key).put(name, value));
    of(wanted, "b").put("name", "other");
    var step = plan(calls, wanted).getJsonArray("steps").getJsonObject(0);
    assertFalse(step.getString("refused").isEmpty());
    var refused =
        assertThrows(Failure.class, () -> put(calls, wanted, "allowDataLoss", true)).fault();
    assertEquals(type, refused.type());
    assertEquals(before, get(calls));
  }

  @Test
  void whatFailsInTheMiddleLeavesNothing() {
    fill();
    row("a", "a3", Map.of("s", "12345"));
    var before = get(calls);
    long events = events();
    var parts = parts();
    var wanted = before.copy();
    wanted.getJsonArray("tables").add(table("fresh", column("x", "text")));
    of(wanted, "a").put("name", "other");
    of(wanted, "a", "n").put("key", "m").put("renamedFrom", "n");
    remove(of(wanted, "a").getJsonArray("columns"), "empty");
    of(wanted, "a").getJsonArray("columns").add(link("new", "fresh", "manyToMany"));
    of(wanted, "a").getJsonArray("indexes").add(index("u", "unique", "s"));
    assertEquals(
        "column.delete a.empty, column.update a.m, table.update a, table.create fresh,"
            + " column.create a.new, index.create a.u",
        steps(plan(calls, wanted)));
    var refused = assertThrows(Failure.class, () -> put(calls, wanted));
    assertEquals("column_index_invalid", refused.fault().type());
    assertTrue(refused.text().contains("step 6, index.create of a.u"), refused.text());
    assertEquals(before, get(calls));
    assertEquals(events, events());
    assertEquals(parts, parts());
    row("a", "a4", Map.of("n", 4));
  }

  /** Everything that PostgreSQL has of the project. */
  private List<String> parts() {
    return DB.list(
        row -> row.getString(0),
        """
        SELECT c.relname || ' ' || c.relnatts FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN celadon.schemas s ON n.nspname = 'p' || s.number WHERE s.project = $1 ORDER BY 1\
        """,
        calls.project);
  }

  @Test
  void aTagLetsOneOfTwoPass() throws Exception {
    put(calls, stored());
    for (int round = 0; round < 5; round++) {
      var tag = calls.tag("tablesDB.getSchema");
      var done = new ArrayList<CompletableFuture<String>>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 4; i++) {
          var wanted = get(calls);
          var key = "c" + round + i;
          of(wanted, "b").getJsonArray("columns").add(column(key, "text"));
          done.add(CompletableFuture.supplyAsync(() -> attempt(wanted, tag), threads));
        }
        for (var one : done) one.get();
      }
      var statuses = done.stream().map(CompletableFuture::join).sorted().toList();
      assertEquals(List.of("412", "412", "412", "done"), statuses);
    }
    assertEquals(5, of(get(calls), "b").getJsonArray("columns").size());
    var tag = calls.tag("tablesDB.getSchema");
    assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);
    for (var good : List.of(tag, tag.replace("\"", ""), "*", "\"x\", " + tag)) {
      assertEquals("done", attempt(get(calls), good));
    }
    assertEquals("412", attempt(get(calls), "\"x\""));
  }

  private String attempt(JsonObject wanted, String tag) {
    try {
      put(calls, wanted, "If-Match", tag);
      return "done";
    } catch (Failure failure) {
      return "" + failure.fault().status();
    }
  }

  @Test
  void thoseThatCrossFollowEachOther() throws Exception {
    put(calls, stored());
    var wanted = new ArrayList<JsonObject>();
    for (int i = 0; i < 6; i++) {
      var one = stored();
      of(one, "b").getJsonArray("columns").add(column("c" + i, "text"));
      of(one, "a").put("name", "n" + i);
      wanted.add(one);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = wanted.stream().map(one -> threads.submit(() -> put(calls, one))).toList();
      var other =
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  calls.fault(
                      Calls.KEY,
                      "tablesDB.createTextColumn",
                      "tableId",
                      "a",
                      "key",
                      "k" + i,
                      "required",
                      false);
                }
                return 0;
              });
      for (var one : all) one.get();
      other.get();
    }
    var end = get(calls);
    for (int i = 0; i < 10; i++) remove(of(end, "a").getJsonArray("columns"), "k" + i);
    long same = wanted.stream().filter(one -> steps(plan(calls, one)).isEmpty()).count();
    boolean left =
        IntStream.range(0, 6).anyMatch(i -> ("n" + i).equals(of(end, "a").getString("name")));
    assertTrue(left && same <= 1 && of(end, "b").getJsonArray("columns").size() == 1, end.encode());
  }

  private static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("{}", "must be a list"),
        Arguments.of("[1]", "[0]: it must be an object"),
        Arguments.of("[{}]", "[0].$id: it is required"),
        Arguments.of("[{'$id':'-'}]", "[0].$id: it must be an id"),
        Arguments.of("[{'$id':'t','name':'t'}]", "[0].columns: it is required"),
        Arguments.of("[{'$id':'t','name':'','columns':[]}]", "[0].name: it must be text"),
        Arguments.of("[T(),T()]", "[1].$id: it is that of another"),
        Arguments.of("[{'$id':'t','name':'t','columns':[],'colums':[]}]", "[0].colums: it is not"),
        Arguments.of("[{'$id':'t','name':'t','columns':{}}]", "[0].columns: it must be a list"),
        Arguments.of(
            "[{'$id':'t','name':'t','columns':[],'$permissions':['x']}]", "[0].$permissions: it"),
        Arguments.of("[T({'key':'a'})]", "[0].columns[0].type: it is required"),
        Arguments.of("[T({'key':'a','type':'odd'})]", "[0].columns[0].type: it must be a known"),
        Arguments.of("[T({'key':'a b','type':'text'})]", "[0].columns[0].key: it must be a key"),
        Arguments.of("[T({'key':'a','type':'string'})]", "[0].columns[0].size: it is required"),
        Arguments.of(
            "[T({'key':'a','type':'string','size':'9'})]", "[0].columns[0].size: it must be a"),
        Arguments.of(
            "[T({'key':'a','type':'integer','min':2,'max':1})]", "[0].columns[0]: it is refused"),
        Arguments.of(
            "[T({'key':'a','type':'integer','default':'x'})]", "[0].columns[0]: it is refused"),
        Arguments.of(
            "[T({'key':'a','type':'text'},{'key':'a','type':'url'})]", "[0].columns.a: it has"),
        Arguments.of(
            "[T({'key':'a','type':'relationship','relatedTable':'x','relationType':'oneToOne'})]",
            "[0].columns.a.relatedTable: it must be a table of this schema"),
        Arguments.of(
            "[T({'key':'a','type':'relationship','relatedTable':'t','relationType':'odd'})]",
            "[0].columns[0].relationType: it must be one of"),
        Arguments.of(
            "[T({'key':'a','type':'relationship','relatedTable':'t','relationType':'oneToOne',"
                + "'twoWay':true,'twoWayKey':'a'})]",
            "[0].columns.a.twoWayKey: it is the key"),
        Arguments.of(
            "[T({'key':'a','type':'text','renamedFrom':'b'},"
                + "{'key':'b','type':'text','renamedFrom':'a'})]",
            "[0]: it has names that go in a circle"),
        Arguments.of(
            "[T({'key':'a','type':'text','renamedFrom':'c'},"
                + "{'key':'b','type':'text','renamedFrom':'c'})]",
            "[0]: it has two that are renamed from 'c'"),
        Arguments.of("[T(I{'key':'i','type':'key'})]", "[0].indexes[0].columns: it is required"),
        Arguments.of(
            "[T(I{'key':'i','type':'key','columns':['x']})]", "[0].indexes[0]: it is refused"),
        Arguments.of(
            "[T(I{'key':'i','type':'odd','columns':['x']})]", "[0].indexes[0].type: it must be"),
        Arguments.of(
            "[T(I{'key':'i','type':'spatial','columns':['$id']})]", "[0].indexes[0]: it is"));
  }

  /** {@code T(…)} is a table with columns, {@code I} begins an index of one. */
  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsWrongIsNamedWithItsPlace(String text, String place) {
    var json =
        text.replaceAll("T\\(I(.*)\\)]", "{'\\$id':'t','name':'t','columns':[],'indexes':[$1]}]")
            .replaceAll("T\\(([^()]*)\\)", "{'\\$id':'t','name':'t','columns':[$1]}")
            .replace('\'', '"');
    Object tables = json.startsWith("[") ? new JsonArray(json) : new JsonObject(json);
    for (boolean planned : List.of(true, false)) {
      var failure =
          assertThrows(
              Failure.class,
              () -> calls.key("tablesDB.updateSchema", "tables", tables, "plan", planned));
      assertEquals("general_argument_invalid", failure.fault().type());
      assertTrue(failure.text().contains(place), failure.text());
    }
    assertEquals(0, get(calls).getJsonArray("tables").size());
  }

  @Test
  void namesThatCouldMeanTwoThingsAreRefused() {
    put(calls, schema(table("a", column("x", "text"), column("y", "text")), table("b")));
    var wanted = schema(table("b").put("renamedFrom", "a"));
    assertEquals("general_argument_invalid", fault(wanted));
    wanted = schema(table("a", column("y", "text", "renamedFrom", "x")), table("b"));
    assertEquals("general_argument_invalid", fault(wanted));
    wanted.getJsonArray("tables").getJsonObject(0).getJsonArray("columns").add(column("x", "text"));
    assertEquals("", steps(plan(calls, wanted)), "it was done before, and x is new");
  }

  private String fault(JsonObject schema) {
    return assertThrows(Failure.class, () -> put(calls, schema)).fault().type();
  }

  @Test
  void everythingHasAMost() {
    var many = new JsonObject[201];
    for (int i = 0; i < many.length; i++) {
      many[i] = table("t" + i, column("a", "text"), column("b", "integer"), column("c", "email"));
      many[i].getJsonArray("indexes").add(index("i", "key", "b"));
    }
    assertEquals("general_argument_invalid", fault(schema(many)));
    assertEquals(201, plan(calls, schema(many)).getJsonArray("steps").size());
    var most = schema(many);
    most.getJsonArray("tables").remove(200);
    long startNs = System.nanoTime();
    put(calls, most);
    System.out.println("200 tables: " + (System.nanoTime() - startNs) / 1_000_000 + " ms");
    var tooMany = schema();
    for (int i = 0; i <= 1_000; i++) tooMany.getJsonArray("tables").add(table("t" + i));
    assertEquals("general_argument_invalid", fault(tooMany));
    var wide = new JsonObject[501];
    for (int i = 0; i < wide.length; i++) wide[i] = column("c" + i, "boolean");
    assertEquals("general_argument_invalid", fault(schema(table("wide", wide))));
    assertEquals("database_not_found", missing("tablesDB.getSchema"));
    assertEquals("database_not_found", missing("tablesDB.updateSchema", "tables", List.of()));
  }

  private String missing(String name, Object... more) {
    var values = new ArrayList<Object>(List.of(more));
    values.addAll(List.of("databaseId", "nowhere"));
    return calls.fault(Calls.KEY, name, values.toArray());
  }
}
