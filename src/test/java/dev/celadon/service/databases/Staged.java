package dev.celadon.service.databases;

import dev.celadon.api.Actor;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A table of its own for each test, and what can be staged and seen of it. */
class Staged {

  static final Postgres POSTGRES = TestPostgres.fresh();
  static final Calls CALLS = new Calls(POSTGRES, "p");
  static final Actor ANN = Calls.user("ann");
  static final Actor BEN = Calls.user("ben");
  static int tables;

  String table = "";

  @BeforeEach
  void table() {
    table = "t" + ++tables;
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        table,
        "name",
        "t",
        "rowSecurity",
        true,
        "permissions",
        List.of("create(\"users\")"));
    for (var kind : List.of("String", "Integer")) {
      var column = new ArrayList<Object>(List.of("tableId", table, "required", false));
      column.addAll(List.of("key", kind.substring(0, 1).toLowerCase(java.util.Locale.ROOT)));
      if (kind.equals("String")) column.addAll(List.of("size", 2_000_000));
      CALLS.key("tablesDB.create" + kind + "Column", column.toArray());
    }
    CALLS.key(
        "tablesDB.createIndex",
        "tableId",
        table,
        "key",
        "u",
        "type",
        "unique",
        "columns",
        List.of("i"));
  }

  static String begin(Actor actor) {
    return CALLS.as(actor, "tablesDB.createTransaction").getString("$id");
  }

  static String end(Actor actor, String id, String how) {
    var answer = CALLS.fault(actor, "tablesDB.updateTransaction", "transactionId", id, how, true);
    return answer.startsWith("{") ? new JsonObject(answer).getString("status") : answer;
  }

  static String status(String id) {
    return CALLS.key("tablesDB.getTransaction", "transactionId", id).getString("status");
  }

  /** Calls an endpoint on the table: the fault's type, or the answer. */
  String call(Actor actor, String name, Object... values) {
    var all = new ArrayList<Object>(List.of(values));
    all.addAll(List.of("tableId", table));
    return CALLS.fault(actor, "tablesDB." + name, all.toArray());
  }

  String create(Actor actor, String id, Map<String, ?> data, String transaction) {
    return call(actor, "createRow", "rowId", id, "data", data, "transactionId", transaction);
  }

  String update(Actor actor, String id, Map<String, ?> data, String transaction) {
    return call(actor, "updateRow", "rowId", id, "data", data, "transactionId", transaction);
  }

  String delete(Actor actor, String id, String transaction) {
    return call(actor, "deleteRow", "rowId", id, "transactionId", transaction);
  }

  String stage(Actor actor, String transaction, List<Map<String, Object>> operations) {
    var forms = operations.stream().map(this::placed).toList();
    return CALLS.fault(
        actor, "tablesDB.createOperations", "transactionId", transaction, "operations", forms);
  }

  Map<String, Object> placed(Map<String, Object> operation) {
    var placed = new java.util.HashMap<String, Object>(operation);
    placed.put("databaseId", "default");
    placed.putIfAbsent("tableId", table);
    return placed;
  }

  JsonObject row(String id) {
    var found = call(Calls.KEY, "getRow", "rowId", id);
    return found.startsWith("{") ? new JsonObject(found) : new JsonObject().put("fault", found);
  }

  List<String> ids(Actor actor, String transaction) {
    var found = call(actor, "listRows", "transactionId", transaction);
    return found.startsWith("{") ? Calls.ids(new JsonObject(found), "rows") : List.of(found);
  }

  long events() {
    return POSTGRES
        .transactions()
        .one(
            row -> row.getLong(0),
            "SELECT count(*) FROM celadon.events WHERE ids[2] = $1 AND event LIKE '%.rows.%'",
            table)
        .orElseThrow();
  }
}
