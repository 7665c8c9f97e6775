package dev.celadon.service.databases;

import static dev.celadon.service.databases.Related.query;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Actor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every kind of caller at every door that writes, outside of transactions and in them, over tables,
 * rows and columns with grants drawn by lot.
 */
class WriteDoorsTest {

  private static final int TABLES = 12;
  private static final String INVALID = "row_invalid_structure";
  private static final String UNAUTHORIZED = "user_unauthorized";

  /** Which columns a call gives values: not the guarded one, that, and one that is not there. */
  private static final List<String> GIVEN = List.of("n", "s", "x");

  private int fresh;

  @Test
  void eachDoorDoesWhatTheRulesSay() {
    var lot = new Random(11);
    for (int t = 0; t < TABLES; t++) {
      var table = new Granted(lot);
      for (var actor : Granted.ACTORS.values()) {
        for (var given : GIVEN) {
          creates(table, actor, given, false);
          updates(table, actor, given, false);
          upserts(table, actor, given, false);
          counts(table, actor, given);
        }
        bulk(table, actor);
        deletes(table, actor);
        conflicts(table, actor);
        if (actor != Calls.GUEST) staged(table, actor);
      }
    }
    int each = TABLES * Granted.ACTORS.size();
    int staging = TABLES * (Granted.ACTORS.size() - 1);
    assertEquals(
        Map.of(
            "create", each * 6,
            "update", each * 6,
            "upsert", each * 6,
            "count", each * 6,
            "bulk", each * 5,
            "delete", each * 2,
            "conflict", each * 4,
            "staged", staging * 6 * 3,
            "committed", staging * 2),
        Granted.cases("writing"));
  }

  private Map<String, Object> data(String given) {
    var data = new HashMap<String, Object>(Map.of("n", 5));
    if (!given.equals("n")) data.put(given, 1_000 + ++fresh);
    return data;
  }

  /** What a call that gives values is refused with for their sake; null where it is not. */
  private static String refused(Granted table, Actor actor, String given, String... kinds) {
    if (given.equals("n")) return null;
    if (given.equals("x") || !table.reads(actor)) return INVALID;
    return table.writes(actor, kinds) ? null : UNAUTHORIZED;
  }

  private static void same(Granted table, Actor actor, String door, String wanted, String said) {
    var why = table + " " + door + " for " + actor + ": " + said;
    assertEquals(wanted, Granted.type(said), why);
    if (said.startsWith("{") && said.contains("\"u\":")) {
      assertEquals(table.fields(actor), Guarded.fields(said), why);
    }
    // What is refused for a hidden column is refused in the words for one that is not there.
    if (wanted.equals(INVALID)) {
      var words = said.replace("'s'", "'x'");
      assertEquals(
          INVALID
              + ": "
              + Granted.saidOf(
                      Calls.KEY,
                      "createRow",
                      "tableId",
                      table.id,
                      "rowId",
                      "x",
                      "data",
                      Map.of("x", 1))
                  .substring(INVALID.length() + 2),
          words);
    }
    Granted.count(door);
  }

  private void creates(Granted table, Actor actor, String given, boolean staged) {
    var wanted = refused(table, actor, given, "create");
    if (!table.creates(actor)) wanted = UNAUTHORIZED;
    for (var many : List.of(false, true)) {
      var id = "c" + ++fresh;
      var row = new HashMap<>(data(given));
      if (many) row.put("$id", id);
      var said =
          many
              ? call(table, actor, staged, "createRow", "rows", List.of(row))
              : call(table, actor, staged, "createRow", "rowId", id, "data", row);
      if (many && said.startsWith("{")) said = first(said);
      same(table, actor, door(staged, "create"), wanted == null ? "ok" : wanted, said);
      table.forget(id);
    }
  }

  private static String first(String page) {
    return new JsonObject(page).getJsonArray("rows").getJsonObject(0).encode();
  }

  private static String door(boolean staged, String door) {
    return staged ? "staged" : door;
  }

  /** The call, or its staging in a transaction that is then given up. */
  private static String call(
      Granted table, Actor actor, boolean staged, String name, Object... values) {
    if (!staged) return table.said(actor, name, values);
    var transaction = begin(actor);
    var all = new ArrayList<Object>(List.of(values));
    all.addAll(List.of("transactionId", transaction));
    var said = table.said(actor, name, all.toArray());
    end(actor, transaction, "rollback");
    return said;
  }

  private void updates(Granted table, Actor actor, String given, boolean staged) {
    var refused = refused(table, actor, given, "update");
    for (var row : List.of(table.store("w" + ++fresh, fresh + 100), "missing")) {
      var wanted = refused;
      if (wanted == null) wanted = changed(table, actor, row, "update");
      var said = call(table, actor, staged, "updateRow", "rowId", row, "data", data(given));
      same(table, actor, door(staged, "update"), wanted, said);
      table.forget(row);
    }
  }

  private static String changed(Granted table, Actor actor, String row, String kind) {
    if (row.equals("missing")) return "row_not_found";
    if (table.may(actor, row, kind)) return "ok";
    return table.may(actor, row, "read") ? UNAUTHORIZED : "row_not_found";
  }

  private void upserts(Granted table, Actor actor, String given, boolean staged) {
    for (var there : List.of(true, false)) {
      var row = "v" + ++fresh;
      if (there) table.store(row, fresh + 100);
      var wanted = refused(table, actor, given, "create", "update");
      if (!table.creates(actor)) wanted = UNAUTHORIZED;
      if (wanted == null && there && !table.may(actor, row, "update")) {
        wanted = table.may(actor, row, "read") ? UNAUTHORIZED : "row_already_exists";
      }
      var said = call(table, actor, staged, "upsertRow", "rowId", row, "data", data(given));
      same(table, actor, door(staged, "upsert"), wanted == null ? "ok" : wanted, said);
      table.forget(row);
    }
  }

  private void counts(Granted table, Actor actor, String given) {
    for (var row : List.of(table.store("i" + ++fresh, fresh + 100), "missing")) {
      var wanted = refused(table, actor, given, "update");
      if (INVALID.equals(wanted)) wanted = "column_not_found";
      if (wanted == null) wanted = changed(table, actor, row, "update");
      var said =
          table.said(
              actor, "incrementRowColumn", "rowId", row, "column", given, "value", 5_000 + ++fresh);
      same(table, actor, "count", wanted, said);
      table.forget(row);
    }
  }

  /** What cannot be read is not among many; what is among them and may not be changed stops all. */
  private static String many(Granted table, Actor actor, List<String> rows, String kind) {
    if (!table.open(actor)) return UNAUTHORIZED;
    var seen = rows.stream().filter(row -> table.may(actor, row, "read")).toList();
    boolean all = seen.stream().allMatch(row -> table.may(actor, row, kind));
    return all ? String.valueOf(seen.size()) : UNAUTHORIZED;
  }

  private void bulk(Granted table, Actor actor) {
    var rows = Stream.of(1, 2, 3).map(each -> table.store("b" + ++fresh, fresh + 100)).toList();
    var which = List.of(query("equal", "$id", rows.toArray()));
    for (var given : GIVEN) {
      // Many rows cannot have the same; nothing is what all of them may have.
      var data = new JsonObject(data(given));
      if (given.equals("s")) data.putNull("s");
      var refused = refused(table, actor, given, "update");
      var wanted = refused == null ? many(table, actor, rows, "update") : refused;
      var said = table.said(actor, "updateRows", "data", data, "queries", which);
      assertEquals(wanted, total(said), table + " for " + actor + said);
      Granted.count("bulk");
    }
    var single = List.of(query("equal", "$id", rows.getFirst()));
    assertEquals(
        many(table, actor, rows.subList(0, 1), "delete"),
        total(table.said(actor, "deleteRows", "queries", single)));
    boolean left = !many(table, actor, rows.subList(0, 1), "delete").equals("1");
    assertEquals(
        left ? "ok" : "row_not_found", table.fault(Calls.KEY, "getRow", "rowId", rows.getFirst()));
    rows.forEach(table::forget);
    Granted.count("bulk");
    Granted.count("bulk");
  }

  private static String total(String said) {
    if (!said.startsWith("{")) return Granted.type(said);
    return String.valueOf(new JsonObject(said).getInteger("total"));
  }

  private void deletes(Granted table, Actor actor) {
    for (var row : List.of(table.store("d" + ++fresh, fresh + 100), "missing")) {
      var wanted = changed(table, actor, row, "delete");
      assertEquals(wanted, table.fault(actor, "deleteRow", "rowId", row), table + " " + actor);
      table.forget(row);
      Granted.count("delete");
    }
  }

  /** A conflict says the same whether or not what is in the way can be read. */
  private void conflicts(Granted table, Actor actor) {
    for (var row : table.rows()) {
      var said = table.said(actor, "createRow", "rowId", "z" + ++fresh, "data", Map.of("u", row));
      var known =
          table.said(Calls.KEY, "createRow", "rowId", "z" + ++fresh, "data", Map.of("u", row));
      if (table.creates(actor)) assertEquals(known, said, table + " for " + actor);
      else assertEquals(UNAUTHORIZED, Granted.type(said));
      var number = Integer.parseInt(row.substring(1));
      var hidden =
          table.said(actor, "createRow", "rowId", "z" + ++fresh, "data", Map.of("s", number));
      var refused = refused(table, actor, "s", "create");
      if (!table.creates(actor)) refused = UNAUTHORIZED;
      var wanted = refused == null ? "row_unique_constraint_violation" : refused;
      assertEquals(wanted, Granted.type(hidden), table + " for " + actor);
      var free = table.said(actor, "createRow", "rowId", row, "data", Map.of("n", 1));
      assertEquals(table.creates(actor) ? "row_already_exists" : UNAUTHORIZED, Granted.type(free));
      Granted.count("conflict");
    }
  }

  /** Staged, each is answered as it is outside; committed, it has been done. */
  private void staged(Granted table, Actor actor) {
    for (var given : GIVEN) {
      creates(table, actor, given, true);
      updates(table, actor, given, true);
      upserts(table, actor, given, true);
    }
    for (var commit : List.of(true, false)) {
      var row = table.store("t" + ++fresh, fresh + 100);
      var transaction = begin(actor);
      var staged =
          table.said(
              actor,
              "updateRow",
              "rowId",
              row,
              "data",
              Map.of("n", 77),
              "transactionId",
              transaction);
      var wanted = changed(table, actor, row, "update");
      assertEquals(wanted, Granted.type(staged), table + " for " + actor);
      boolean seen = table.may(actor, row, "read");
      boolean done = wanted.equals("ok");
      var inside = table.said(actor, "getRow", "rowId", row, "transactionId", transaction);
      assertEquals(seen ? "ok" : "row_not_found", Granted.type(inside), table + " for " + actor);
      if (seen) {
        assertEquals(table.fields(actor), Guarded.fields(inside));
        assertEquals(done, new JsonObject(inside).getInteger("n") == 77);
      }
      var total = table.said(actor, "listRows", "transactionId", transaction);
      assertEquals(
          table.open(actor) ? String.valueOf(table.visible(actor).size()) : UNAUTHORIZED,
          total(total));
      end(actor, transaction, commit ? "commit" : "rollback");
      var after = new JsonObject(table.said(Calls.KEY, "getRow", "rowId", row));
      assertEquals(done && commit, after.getInteger("n") == 77, table + " for " + actor);
      table.forget(row);
      Granted.count("committed");
    }
  }

  private static void end(Actor actor, String transaction, String how) {
    Granted.CALLS.as(actor, "tablesDB.updateTransaction", "transactionId", transaction, how, true);
  }

  private static String begin(Actor actor) {
    return Granted.CALLS.as(actor, "tablesDB.createTransaction").getString("$id");
  }
}
