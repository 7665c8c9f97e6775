package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The columns of relationships: what they say, and that nothing of them stays. */
class RelationColumnsTest {

  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Calls CALLS = new Calls(POSTGRES, "p");
  private static final List<String> KINDS =
      List.of("oneToOne", "oneToMany", "manyToOne", "manyToMany");
  private static int tables;

  private String here = "";
  private String there = "";

  @BeforeEach
  void twoTables() {
    here = table();
    there = table();
  }

  private static String table() {
    var id = "t" + ++tables;
    CALLS.key("tablesDB.createTable", "tableId", id, "name", "n");
    return id;
  }

  private JsonObject relate(String kind, boolean twoWay, String key, String otherKey) {
    return CALLS.key(
        "tablesDB.createRelationshipColumn",
        "tableId",
        here,
        "relatedTableId",
        there,
        "type",
        kind,
        "twoWay",
        twoWay,
        "key",
        key,
        "twoWayKey",
        otherKey,
        "onDelete",
        "cascade");
  }

  private static JsonObject column(String table, String key) {
    return CALLS.key("tablesDB.getColumn", "tableId", table, "key", key);
  }

  private static String fault(String name, Object... values) {
    return CALLS.fault(Calls.KEY, name, values);
  }

  private static List<String> keys(String table) {
    return CALLS.key("tablesDB.listColumns", "tableId", table).getJsonArray("columns").stream()
        .map(column -> ((JsonObject) column).getString("key"))
        .toList();
  }

  /** What stands in PostgreSQL of all links, and what is known of relationships. */
  private static List<String> left() {
    var columns =
        POSTGRES
            .transactions()
            .list(
                row -> row.getString(0),
                """
                SELECT attrelid::regclass || '.' || attname FROM pg_attribute
                WHERE attname ~ '^(r[0-9]+|parent|child)$' AND attrelid::regclass::text ~ '^p[0-9]'
                  AND NOT attisdropped
                UNION ALL SELECT conname::text FROM pg_constraint WHERE conname ~ '^r[0-9]+_link'
                UNION ALL SELECT 'relation ' || number FROM celadon.relations
                UNION ALL SELECT 'column ' || key FROM celadon.columns WHERE kind = 'RELATIONSHIP'\
                """);
    return columns;
  }

  @Test
  void bothSidesSayTheSame() {
    for (var kind : KINDS) {
      var key = "a" + kind;
      var made = relate(kind, true, key, "b" + kind);
      assertEquals(made, column(here, key));
      var expected =
          new JsonObject()
              .put("key", "b" + kind)
              .put("type", "relationship")
              .put("status", "available")
              .put("required", false)
              .put("array", false)
              .put("relatedTable", here)
              .put("relatedCollection", here)
              .put("relationType", kind)
              .put("twoWay", true)
              .put("twoWayKey", key)
              .put("onDelete", "cascade")
              .put("side", "child");
      var there = column(this.there, "b" + kind);
      expected.fieldNames().forEach(f -> assertEquals(expected.getValue(f), there.getValue(f), f));
      assertEquals("parent", made.getString("side"));
      assertEquals(this.there, made.getString("relatedTable"));
    }
    var ofTable = CALLS.key("tablesDB.getTable", "tableId", here).getJsonArray("columns");
    assertEquals(4, ofTable.size());
    assertEquals(List.of("boneToOne", "boneToMany", "bmanyToOne", "bmanyToMany"), keys(there));
  }

  @Test
  void oneSideAloneIsCalledAsTheOtherTable() {
    CALLS.key(
        "databases.createRelationshipAttribute",
        "collectionId",
        here,
        "relatedCollectionId",
        there,
        "type",
        "manyToOne");
    var column = column(here, there);
    assertEquals(here, column.getString("twoWayKey"));
    assertEquals("restrict", column.getString("onDelete"));
    assertEquals(List.of(), keys(there));
    var attribute = CALLS.key("databases.getAttribute", "collectionId", here, "key", there);
    assertEquals(there, attribute.getString("relatedCollection"));
  }

  @Test
  void renamingAndRulesAreSeenOnBothSides() {
    relate("oneToMany", true, "books", "author");
    var update =
        CALLS.key(
            "tablesDB.updateRelationshipColumn",
            "tableId",
            there,
            "key",
            "author",
            "newKey",
            "writer",
            "onDelete",
            "setNull");
    assertEquals("writer", update.getString("key"));
    assertEquals("child", update.getString("side"));
    var books = column(here, "books");
    assertEquals("writer", books.getString("twoWayKey"));
    assertEquals("setNull", books.getString("onDelete"));
    assertEquals(List.of("writer"), keys(there));
    assertEquals(
        "column_not_found", fault("tablesDB.getColumn", "tableId", there, "key", "author"));
  }

  @Test
  void namesThatAreTakenAndTablesThatAreNotThereAreRefused() {
    CALLS.key("tablesDB.createBooleanColumn", "tableId", there, "key", "x", "required", false);
    relate("manyToMany", true, "a", "b");
    for (var keys : List.of(List.of("a", "c"), List.of("c", "b"), List.of("c", "x"))) {
      assertEquals("column_already_exists", refused("manyToOne", keys.get(0), keys.get(1)));
    }
    assertEquals(
        "column_already_exists",
        fault("tablesDB.createBooleanColumn", "tableId", here, "key", "a", "required", false));
    assertEquals("column_type_invalid", renamed("x", "y"));
    assertEquals("column_already_exists", renamed("b", "x"));
    assertEquals("column_not_found", renamed("nothing", "y"));
    there = "nowhere";
    assertEquals("table_not_found", refused("oneToOne", "d", "e"));
    there = here;
    assertEquals("column_already_exists", refused("oneToOne", "d", "d"));
  }

  private String refused(String kind, String key, String otherKey) {
    try {
      return relate(kind, true, key, otherKey).encode();
    } catch (dev.celadon.api.Failure failure) {
      return failure.fault().type();
    }
  }

  private String renamed(String key, String newKey) {
    return fault(
        "tablesDB.updateRelationshipColumn", "tableId", there, "key", key, "newKey", newKey);
  }

  @Test
  void nothingStaysOfAColumnOrATableThatIsDeleted() {
    var before = left();
    for (var kind : KINDS) {
      for (boolean twoWay : List.of(true, false)) {
        relate(kind, twoWay, "a", "b");
        CALLS.key("tablesDB.deleteColumn", "tableId", here, "key", "a");
        assertEquals(before, left(), kind);
        if (!twoWay) continue;
        relate(kind, true, "a", "b");
        CALLS.key("tablesDB.deleteColumn", "tableId", there, "key", "b");
        assertEquals(before, left(), kind);
      }
    }
    for (var gone : List.of(0, 1)) {
      for (var kind : KINDS) {
        twoTables();
        relate(kind, kind.endsWith("One"), "a", "b");
        CALLS.key("tablesDB.deleteTable", "tableId", gone == 0 ? here : there);
        assertEquals(before, left(), kind);
        assertEquals(List.of(), keys(gone == 0 ? there : here));
      }
    }
    there = here;
    for (var kind : KINDS) relate(kind, true, "a" + kind, "b" + kind);
    CALLS.key("tablesDB.deleteTable", "tableId", here);
    assertEquals(before, left());
  }

  @Test
  void nothingStaysOfADatabase() throws InterruptedException {
    var before = left();
    CALLS.key("tablesDB.create", "databaseId", "gone", "name", "n");
    for (var id : List.of("a", "b")) {
      CALLS.key("tablesDB.createTable", "databaseId", "gone", "tableId", id, "name", "n");
    }
    for (var kind : KINDS) {
      CALLS.key(
          "tablesDB.createRelationshipColumn",
          "databaseId",
          "gone",
          "tableId",
          "a",
          "relatedTableId",
          "b",
          "type",
          kind,
          "key",
          kind,
          "twoWay",
          true,
          "twoWayKey",
          kind);
    }
    CALLS.key("tablesDB.delete", "databaseId", "gone");
    for (int i = 0; i < 200 && !left().equals(before); i++) Thread.sleep(50);
    assertEquals(before, left());
  }

  @Test
  void bothColumnsHaveTheirEvents() {
    relate("manyToMany", true, "a", "b");
    CALLS.key("tablesDB.updateRelationshipColumn", "tableId", here, "key", "a", "newKey", "c");
    CALLS.key("tablesDB.deleteColumn", "tableId", here, "key", "c");
    var said =
        POSTGRES
            .transactions()
            .list(
                row -> row.getString(0),
                """
                SELECT array_to_string(ids[2:], '.') || substring(event from '[.][a-z]+$')
                FROM celadon.events WHERE event LIKE '%columns%' AND ids[2] = ANY($1) ORDER BY id\
                """,
                (Object) new String[] {here, there});
    assertEquals(
        Stream.of("a.create", "b.create", "c.update", "b.update", "c.delete", "b.delete")
            .map(text -> (text.startsWith("b") ? there : here) + "." + text)
            .toList(),
        said);
  }
}
