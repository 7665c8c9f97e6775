package dev.celadon.service.databases;

import dev.celadon.api.Actor;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are related, each with a text column {@code s}, and what tests do with their rows.
 */
final class Related {

  static final Postgres POSTGRES = TestPostgres.fresh();
  static final Calls CALLS = new Calls(POSTGRES, "p");
  static final List<String> KINDS = List.of("oneToOne", "oneToMany", "manyToOne", "manyToMany");

  private static int tables;

  /** A new table, whose rows grant beside it. */
  static synchronized String table(String... grants) {
    var id = "t" + ++tables;
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        id,
        "name",
        id,
        "rowSecurity",
        true,
        "permissions",
        List.of(grants));
    CALLS.key(
        "tablesDB.createStringColumn", "tableId", id, "key", "s", "size", 99, "required", false);
    return id;
  }

  /** Relates two tables both ways: {@code there} from here, {@code here} from there. */
  static void relate(String here, String there, String kind, String onDelete) {
    relate(here, there, kind, onDelete, true);
  }

  static void relate(String here, String there, String kind, String onDelete, boolean twoWay) {
    CALLS.key(
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
        "there",
        "twoWayKey",
        "here",
        "onDelete",
        onDelete);
  }

  static String create(String table, String id, Object data, String... permissions) {
    return write(Calls.KEY, "createRow", table, id, data, permissions);
  }

  static String create(Actor actor, String table, String id, Object data) {
    return CALLS.fault(actor, "tablesDB.createRow", "tableId", table, "rowId", id, "data", data);
  }

  private static String write(
      Actor actor, String name, String table, String id, Object data, String... permissions) {
    return CALLS.fault(
        actor,
        "tablesDB." + name,
        "tableId",
        table,
        "rowId",
        id,
        "data",
        data,
        "permissions",
        List.of(permissions));
  }

  static String update(Actor actor, String table, String id, Object data) {
    return CALLS.fault(actor, "tablesDB.updateRow", "tableId", table, "rowId", id, "data", data);
  }

  static String update(String table, String id, Object data) {
    return update(Calls.KEY, table, id, data);
  }

  static String delete(Actor actor, String table, String id) {
    return CALLS.fault(actor, "tablesDB.deleteRow", "tableId", table, "rowId", id);
  }

  static String query(String method, @Nullable String attribute, Object... values) {
    var json = new JsonObject().put("method", method);
    if (attribute != null) json.put("attribute", attribute);
    return json.put("values", new JsonArray(List.of(values))).encode();
  }

  /** A row with what {@code select} names. */
  static JsonObject get(Actor actor, String table, String id, Object... select) {
    return CALLS.as(
        actor,
        "tablesDB.getRow",
        "tableId",
        table,
        "rowId",
        id,
        "queries",
        select.length == 0 ? List.of() : List.of(query("select", null, select)));
  }

  /** The ids of what a row is linked to by {@code key}, as {@code actor} sees it. */
  static List<String> linked(Actor actor, String table, String id, String key) {
    var value = get(actor, table, id, key + ".$id").getValue(key);
    var ids = new ArrayList<String>();
    if (value instanceof JsonObject one) ids.add(one.getString("$id"));
    if (value instanceof JsonArray many) {
      for (var one : many) ids.add(((JsonObject) one).getString("$id"));
    }
    return ids;
  }

  static List<String> linked(String table, String id, String key) {
    return linked(Calls.KEY, table, id, key);
  }

  /** The ids of a page, or the type of the fault. */
  static String list(Actor actor, String table, String... queries) {
    try {
      var page =
          CALLS.as(actor, "tablesDB.listRows", "tableId", table, "queries", List.of(queries));
      var ids = Calls.ids(page, "rows");
      if (page.getLong("total") != ids.size()) return ids + " of " + page.getLong("total");
      return String.join(" ", ids);
    } catch (dev.celadon.api.Failure failure) {
      return failure.fault().type();
    }
  }

  static List<String> rows(String table) {
    var page = CALLS.key("tablesDB.listRows", "tableId", table);
    return Calls.ids(page, "rows").stream().sorted().toList();
  }

  static Map<String, Object> data(Object... values) {
    var data = new java.util.LinkedHashMap<String, Object>();
    for (int i = 0; i < values.length; i += 2) data.put((String) values[i], values[i + 1]);
    return data;
  }

  /** What the log says of the rows of tables since it was last asked: {@code t1.a.create}. */
  static List<String> events(long after, String... tables) {
    return POSTGRES
        .transactions()
        .list(
            row -> row.getString(0),
            """
            SELECT array_to_string(ids[2:], '.') || substring(event from '[.][a-z]+$')
            FROM celadon.events WHERE event LIKE '%rows%' AND ids[2] = ANY($1) AND id > $2
            ORDER BY id\
            """,
            tables,
            after);
  }

  static long lastEvent() {
    return POSTGRES
        .transactions()
        .one(row -> row.getLong(0), "SELECT coalesce(max(id), 0) FROM celadon.events")
        .orElseThrow();
  }

  private Related() {}
}
