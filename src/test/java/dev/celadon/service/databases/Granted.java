package dev.celadon.service.databases;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A table whose grants, and those of its rows and of its column {@code s}, were drawn by lot; and
 * what the rules say of them, told without the engine. Beside {@code s} there are {@code n}, which
 * is as the rows are, and {@code u}, in which no two are the same; nor are they in {@code s}.
 */
final class Granted {

  static final int ROWS = 4;
  static final Postgres POSTGRES = TestPostgres.fresh();
  static final Calls CALLS = new Calls(POSTGRES, "p");

  /** Kinds of callers, by the names of their sessions. */
  static final Map<String, Actor> ACTORS = new LinkedHashMap<>();

  static {
    ACTORS.put("guest", Calls.GUEST);
    ACTORS.put("u1", Calls.user("u1"));
    ACTORS.put("u2", Calls.user("u2", "team:t1"));
    ACTORS.put("u3", Calls.user("u3", "team:t1", "team:t1/owner"));
    ACTORS.put("key", Calls.KEY);
  }

  private static final List<String> ROLES =
      List.of("any", "guests", "users", "user:u1", "user:u2", "team:t1", "team:t1/owner");

  private static final Map<String, Integer> CASES = new TreeMap<>();
  private static int made;

  final String id;
  final boolean secured;
  private final Random lot;
  private final Map<String, String> all;
  private final Map<String, String> column;
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

  /** A new table with {@link #ROWS} rows, all drawn by {@code lot}. */
  Granted(Random lot) {
    this.lot = lot;
    id = "lot" + ++made;
    secured = made % 3 != 0;
    all = draw("create", "read", "update", "delete");
    column = draw("read", "create", "update");
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        id,
        "name",
        "n",
        "rowSecurity",
        secured,
        "permissions",
        texts(all));
    column("createIntegerColumn", "n", List.of());
    column("createIntegerColumn", "s", texts(column));
    column("createStringColumn", "u", List.of());
    for (var unique : List.of("u", "s")) {
      CALLS.key(
          "tablesDB.createIndex",
          "tableId",
          id,
          "key",
          unique,
          "type",
          "unique",
          "columns",
          List.of(unique));
    }
    for (int i = 0; i < ROWS; i++) store("r" + i, i);
  }

  private void column(String name, String key, List<String> permissions) {
    var given = new ArrayList<Object>(List.of("tableId", id, "key", key, "required", false));
    given.addAll(List.of("permissions", permissions));
    if (name.contains("String")) given.addAll(List.of("size", 40));
    CALLS.key("tablesDB." + name, given.toArray());
  }

  /** A row with grants of its own. */
  String store(String row, int number) {
    var grants = draw("read", "update", "delete");
    rows.put(row, grants);
    CALLS.key(
        "tablesDB.createRow",
        "tableId",
        id,
        "rowId",
        row,
        "data",
        Map.of("n", number, "s", number, "u", row),
        "permissions",
        texts(grants));
    return row;
  }

  /** The row is no part of the table's any more. */
  void forget(String row) {
    rows.remove(row);
    CALLS.fault(Calls.KEY, "tablesDB.deleteRow", "tableId", id, "rowId", row);
  }

  private Map<String, String> draw(String... kinds) {
    var grants = new HashMap<String, String>();
    for (var kind : kinds) {
      if (lot.nextBoolean()) grants.put(kind, ROLES.get(lot.nextInt(ROLES.size())));
    }
    return grants;
  }

  private static List<String> texts(Map<String, String> grants) {
    return grants.entrySet().stream()
        .map(grant -> grant.getKey() + "(\"" + grant.getValue() + "\")")
        .toList();
  }

  private static boolean holds(Actor actor, Map<String, String> grants, String kind) {
    return actor.privileged()
        || (grants.containsKey(kind) && actor.roles().contains(grants.get(kind)));
  }

  boolean creates(Actor actor) {
    return holds(actor, all, "create");
  }

  /** Whether the rules let {@code actor} do it to {@code row}. */
  boolean may(Actor actor, String row, String kind) {
    return holds(actor, all, kind) || (secured && holds(actor, rows.get(row), kind));
  }

  /** Whether it can read any row at all, as far as the table says. */
  boolean open(Actor actor) {
    return secured || holds(actor, all, "read");
  }

  /** Whether the column {@code s} is there for {@code actor}. */
  boolean reads(Actor actor) {
    return !column.containsKey("read") || holds(actor, column, "read");
  }

  /** Whether {@code actor} may give {@code s} a value in each of these ways. */
  boolean writes(Actor actor, String... kinds) {
    if (!column.containsKey("create") && !column.containsKey("update")) return true;
    for (var kind : kinds) if (!holds(actor, column, kind)) return false;
    return true;
  }

  /** The ids of the rows that {@code actor} may read, in their order. */
  List<String> visible(Actor actor) {
    return rows.keySet().stream().filter(row -> may(actor, row, "read")).toList();
  }

  List<String> rows() {
    return List.copyOf(rows.keySet());
  }

  List<String> fields(Actor actor) {
    return reads(actor) ? List.of("n", "s", "u") : List.of("n", "u");
  }

  /** What is said to a call on the table: the answer, or the fault and its text. */
  String said(Actor actor, String name, Object... values) {
    var given = new ArrayList<Object>(List.of("tableId", id));
    given.addAll(List.of(values));
    return saidOf(actor, name, given.toArray());
  }

  static String saidOf(Actor actor, String name, Object... values) {
    try {
      return CALLS.as(actor, "tablesDB." + name, values).encode();
    } catch (Failure failure) {
      return failure.fault().type() + ": " + failure.text();
    }
  }

  /** {@code ok}, or the type of the fault. */
  static String type(String said) {
    return said.startsWith("{") ? "ok" : said.substring(0, said.indexOf(':'));
  }

  String fault(Actor actor, String name, Object... values) {
    return type(said(actor, name, values));
  }

  /** One more case of a door. */
  static synchronized void count(String door) {
    CASES.merge(door, 1, Integer::sum);
  }

  /** How many cases there were since this was last asked, by door. */
  static synchronized Map<String, Integer> cases(String of) {
    var cases = new TreeMap<>(CASES);
    CASES.clear();
    System.out.println("matrix: permissions: " + of + ": " + cases);
    return cases;
  }

  static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  @Override
  public String toString() {
    return id + (secured ? " by row " : " ") + all + " s " + column + " rows " + rows;
  }
}
