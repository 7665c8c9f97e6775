package dev.celadon.service.databases;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * A table of its own for each test, which everybody may read and write, with a column that only
 * {@link #STAFF} may read and write, {@code secret}; one that only they may write, {@code state};
 * and one that only may be given at first, {@code made}.
 */
class Guarded {

  static final Postgres POSTGRES = TestPostgres.fresh();
  static final Calls CALLS = new Calls(POSTGRES, "p");
  static final Actor STAFF = Calls.user("ann", "team:staff");
  static final Actor BEN = Calls.user("ben");
  static final List<String> SECRET = List.of("read(\"team:staff\")", "write(\"team:staff\")");
  private static int tables;

  String table = "";

  @BeforeEach
  void table() {
    table = "g" + ++tables;
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        table,
        "name",
        "t",
        "permissions",
        List.of("read(\"any\")", "write(\"any\")"));
    column("title");
    column("secret", SECRET.toArray(String[]::new));
    column("state", "write(\"team:staff\")");
    column("made", "create(\"users\")");
    integer("n");
    integer("hidden", "read(\"team:staff\")");
  }

  void column(String key, String... permissions) {
    key(
        "createStringColumn",
        "key",
        key,
        "size",
        99,
        "required",
        false,
        "permissions",
        permissions);
  }

  void integer(String key, String... permissions) {
    key("createIntegerColumn", "key", key, "required", false, "permissions", permissions);
  }

  JsonObject key(String name, Object... values) {
    return CALLS.as(Calls.KEY, "tablesDB." + name, given(values));
  }

  /** Calls an endpoint on the table. */
  JsonObject as(Actor actor, String name, Object... values) {
    return CALLS.as(actor, "tablesDB." + name, given(values));
  }

  private Map<String, Object> given(Object... values) {
    var given = new java.util.HashMap<String, Object>();
    given.put("tableId", table);
    for (int i = 0; i < values.length; i += 2) given.put((String) values[i], raw(values[i + 1]));
    return given;
  }

  private static Object raw(Object value) {
    var json = value instanceof String[] texts ? (Object) List.of(texts) : value;
    return json == null ? null : new JsonObject().put("v", json).copy().getValue("v");
  }

  /** The type of the fault that a call ends with and what it says, or the answer. */
  String said(Actor actor, String name, Object... values) {
    try {
      return as(actor, name, values).encode();
    } catch (Failure failure) {
      return failure.fault().type() + ": " + failure.text();
    }
  }

  /** As {@link #said}, without the words. */
  String fault(Actor actor, String name, Object... values) {
    var said = said(actor, name, values);
    return said.startsWith("{") ? said : said.substring(0, said.indexOf(':'));
  }

  String create(Actor actor, String id, Object data) {
    return fault(actor, "createRow", "rowId", id, "data", data);
  }

  static List<String> fields(JsonObject row) {
    var fields = new ArrayList<String>();
    for (var name : row.fieldNames()) if (!name.startsWith("$")) fields.add(name);
    return fields;
  }

  static List<String> fields(String row) {
    return row.startsWith("{") ? fields(new JsonObject(row)) : List.of(row);
  }

  static String query(String method, @Nullable String attribute, Object... values) {
    return Related.query(method, attribute, values);
  }
}
