package dev.celadon.service.databases;

import dev.celadon.domain.documents.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Schemas for tests, and what is done with them. */
final class Blueprints {

  /** A schema as {@code calls} shows it. */
  static JsonObject get(Calls calls) {
    return calls.key("tablesDB.getSchema");
  }

  static JsonObject put(Calls calls, JsonObject schema, Object... more) {
    var values = new Object[more.length + 2];
    values[0] = "tables";
    values[1] = schema.getJsonArray("tables");
    System.arraycopy(more, 0, values, 2, more.length);
    return calls.key("tablesDB.updateSchema", values);
  }

  static JsonObject plan(Calls calls, JsonObject schema) {
    return put(calls, schema, "plan", true);
  }

  /** The kinds of steps with what they are of, parted by commas. */
  static String steps(JsonObject plan) {
    return String.join(
        ", ",
        plan.getJsonArray("steps").stream()
            .map(JsonObject.class::cast)
            .map(step -> step.getString("kind") + " " + of(step) + (lossy(step) ? "!" : ""))
            .toList());
  }

  private static String of(JsonObject step) {
    var key = step.getString("key");
    return step.getString("tableId") + (key.isEmpty() ? "" : "." + key);
  }

  private static boolean lossy(JsonObject step) {
    return step.getBoolean("losesData");
  }

  static JsonObject schema(JsonObject... tables) {
    return new JsonObject().put("version", 1).put("tables", array(tables));
  }

  static JsonObject table(String id, JsonObject... columns) {
    return new JsonObject()
        .put("$id", id)
        .put("name", id)
        .put("columns", array(columns))
        .put("indexes", new JsonArray());
  }

  private static JsonArray array(JsonObject... items) {
    return new JsonArray(new ArrayList<>(List.of(items)));
  }

  static JsonObject column(String key, String type, Object... more) {
    var column = new JsonObject().put("key", key).put("type", type);
    for (int i = 0; i < more.length; i += 2) column.put((String) more[i], more[i + 1]);
    return column;
  }

  static JsonObject link(String key, String table, String kind, Object... more) {
    return column(key, "relationship", more).put("relatedTable", table).put("relationType", kind);
  }

  static JsonObject index(String key, String type, String... columns) {
    return column(key, type).put("columns", new JsonArray(List.of(columns)));
  }

  /** The table {@code id} of a schema, to be changed in place. */
  static JsonObject of(JsonObject schema, String id) {
    return find(schema.getJsonArray("tables"), "$id", id);
  }

  /** A column of a schema, to be changed in place. */
  static JsonObject of(JsonObject schema, String table, String key) {
    return find(of(schema, table).getJsonArray("columns"), "key", key);
  }

  private static JsonObject find(JsonArray list, String name, String value) {
    return list.stream()
        .map(JsonObject.class::cast)
        .filter(one -> value.equals(one.getString(name)))
        .findFirst()
        .orElseThrow();
  }

  static void remove(JsonArray list, String value) {
    for (int i = list.size() - 1; i >= 0; i--) {
      var one = list.getJsonObject(i);
      if (value.equals(one.getString("key", one.getString("$id")))) list.remove(i);
    }
  }

  /** Makes tables with everything that there is, by the endpoints that make one thing each. */
  static void everything(Calls calls) {
    calls.key(
        "tablesDB.createTable",
        Map.of(
            "tableId",
            "kinds",
            "name",
            "All kinds",
            "rowSecurity",
            true,
            "enabled",
            false,
            "permissions",
            List.of("read(\"any\")", "create(\"users\")", "write:owner")));
    for (var kind : Kind.columns()) {
      columns(calls, kind);
    }
    calls.key("tablesDB.createTable", "tableId", "a", "name", "A");
    calls.key("tablesDB.createTable", "tableId", "b", "name", "B");
    for (var kind : List.of("oneToOne", "oneToMany", "manyToOne", "manyToMany")) {
      for (var rule : List.of("restrict", "cascade", "setNull")) {
        boolean two = !rule.equals("setNull");
        calls.key(
            "tablesDB.createRelationshipColumn",
            Map.of(
                "tableId",
                "a",
                "relatedTableId",
                "b",
                "type",
                kind,
                "twoWay",
                two,
                "key",
                kind + "." + rule,
                "twoWayKey",
                "of." + kind + "." + rule,
                "onDelete",
                rule,
                "permissions",
                two ? List.of("read(\"team:x\")") : List.of()));
      }
    }
    calls.key(
        "tablesDB.createRelationshipColumn",
        Map.of(
            "tableId", "b",
            "relatedTableId", "b",
            "type", "oneToMany",
            "twoWay", true,
            "key", "parts",
            "twoWayKey", "whole"));
    calls.key(
        "tablesDB.updateRelationshipColumn",
        Map.of("tableId", "b", "key", "whole", "permissions", List.of("read(\"users\")")));
    indexes(calls);
  }

  private static void columns(Calls calls, Kind kind) {
    var values = new HashMap<String, Object>();
    values.put("tableId", "kinds");
    values.put("key", kind.path());
    values.put("required", kind == Kind.BOOLEAN);
    if (kind.sized()) values.put("size", 300);
    if (kind == Kind.ENUM) values.put("elements", List.of("x", "y"));
    if (kind.ranged()) values.putAll(Map.of("min", -5, "max", 5, "default", 1));
    if (kind == Kind.STRING) values.put("default", "o'\"\\");
    if (kind == Kind.DATETIME) values.put("permissions", List.of("read(\"users\")"));
    if (kind == Kind.POINT) values.put("default", List.of(1, 2.5));
    calls.key("tablesDB.create" + kind.method() + "Column", values);
    if (kind.listed()) {
      values.put("key", kind.path() + "s");
      values.put("array", true);
      values.put("required", false);
      values.remove("default");
      calls.key("tablesDB.create" + kind.method() + "Column", values);
    }
    if (kind.encryptable()) {
      values.put("key", kind.path() + "-sealed");
      values.put("encrypt", true);
      calls.key("tablesDB.create" + kind.method() + "Column", values);
    }
  }

  private static void indexes(Calls calls) {
    index(calls, "k1", "key", List.of("string", "integer", "$createdAt"), List.of("DESC", "ASC"));
    index(calls, "k2", "key", List.of("longtext"), List.of());
    index(calls, "k3", "key", List.of("emails"), List.of());
    index(calls, "u1", "unique", List.of("email", "url"), List.of());
    index(calls, "f1", "fulltext", List.of("text", "mediumtext"), List.of());
    index(calls, "s1", "spatial", List.of("point"), List.of());
    calls.key(
        "tablesDB.createIndex",
        Map.of(
            "tableId", "kinds",
            "key", "k4",
            "type", "key",
            "columns", List.of("varchar"),
            "lengths", List.of(20)));
  }

  private static void index(
      Calls calls, String key, String type, List<String> columns, List<String> orders) {
    calls.key(
        "tablesDB.createIndex",
        Map.of(
            "tableId", "kinds",
            "key", key,
            "type", type,
            "columns", columns,
            "orders", orders));
  }

  private Blueprints() {}
}
