package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import dev.celadon.domain.documents.staging.Operations;
import dev.celadon.domain.documents.staging.Transactions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Staged, seen by who staged it and nobody else, then done whole or not at all. */
class TransactionsTest extends Staged {

  @Test
  void whatIsStagedIsSeenInsideOnlyAndDoneAtOnce() {
    create(ANN, "a", Map.of("s", "old"), "");
    create(ANN, "gone", Map.of("s", "old"), "");
    long before = events();
    var id = begin(ANN);
    var made = new JsonObject(create(ANN, "b", Map.of("s", "new", "i", 1), id));
    assertEquals("new", made.getString("s"));
    assertEquals(3, made.getJsonArray("$permissions").size());
    assertEquals("x", new JsonObject(update(ANN, "a", Map.of("s", "x"), id)).getString("s"));
    assertEquals("y", new JsonObject(update(ANN, "b", Map.of("s", "y"), id)).getString("s"));
    assertEquals("{}", delete(ANN, "gone", id));

    assertEquals(List.of("a", "gone"), ids(ANN, ""));
    assertEquals(List.of("a", "b"), ids(ANN, id));
    var inside = call(ANN, "getRow", "rowId", "b", "transactionId", id);
    assertEquals("y", new JsonObject(inside).getString("s"));
    assertEquals("row_not_found", call(ANN, "getRow", "rowId", "gone", "transactionId", id));
    assertEquals("old", row("a").getString("s"));
    assertEquals(before, events(), "nothing is left of what was only tried");

    assertEquals("committed", end(ANN, id, "commit"));
    assertEquals(List.of("a", "b"), ids(ANN, ""));
    assertEquals("x", row("a").getString("s"));
    assertEquals("y", row("b").getString("s"));
    assertEquals(before + 4, events(), "each change has its event");
    assertEquals("transaction_not_ready", end(ANN, id, "commit"));
    assertEquals("transaction_not_ready", end(ANN, id, "rollback"));
    assertEquals("transaction_not_ready", create(ANN, "c", Map.of(), id));
    assertEquals("transaction_not_ready", call(ANN, "listRows", "transactionId", id));
  }

  @Test
  void whatIsRolledBackOrForgottenNeverWas() {
    var id = begin(ANN);
    create(ANN, "a", Map.of(), id);
    assertEquals("rolled_back", end(ANN, id, "rollback"));
    assertEquals("transaction_not_ready", end(ANN, id, "commit"));
    var other = begin(ANN);
    create(ANN, "a", Map.of(), other);
    assertEquals("{}", CALLS.fault(ANN, "tablesDB.deleteTransaction", "transactionId", other));
    assertEquals("transaction_not_found", end(ANN, other, "commit"));
    assertEquals("row_not_found", row("a").getString("fault"));
    assertEquals(0, events());
  }

  @Test
  void whatIsRefusedIsNotStaged() {
    create(BEN, "his", Map.of("i", 7), "");
    var id = begin(ANN);
    assertEquals("row_not_found", update(ANN, "his", Map.of("s", "x"), id));
    assertEquals("row_not_found", delete(ANN, "his", id));
    assertEquals("row_not_found", update(ANN, "none", Map.of("s", "x"), id));
    assertEquals("row_already_exists", create(ANN, "his", Map.of(), id));
    assertEquals("row_unique_constraint_violation", create(ANN, "a", Map.of("i", 7), id));
    assertEquals("row_invalid_structure", create(ANN, "a", Map.of("none", 7), id));
    assertEquals("user_unauthorized", create(Calls.GUEST, "a", Map.of(), ""));
    assertEquals(
        "table_not_found",
        CALLS.fault(
            ANN,
            "tablesDB.createRow",
            "tableId",
            "none",
            "rowId",
            "a",
            "data",
            Map.of(),
            "transactionId",
            id));
    assertEquals(
        "row_already_exists",
        stage(
            ANN,
            id,
            List.of(
                Map.of("action", "create", "rowId", "a", "data", Map.of()),
                Map.of("action", "create", "rowId", "his", "data", Map.of()))));
    assertEquals(
        "argument",
        stage(ANN, id, List.of(Map.of("action", "create", "rowId", "/", "data", Map.of())))
            .replaceAll("general_|_invalid", ""));
    assertEquals("transaction_invalid", stage(ANN, id, List.of(Map.of("action", "drop"))));
    assertEquals("transaction_invalid", stage(ANN, id, List.of()));
    assertEquals(
        "transaction_invalid", CALLS.fault(ANN, "tablesDB.updateTransaction", "transactionId", id));
    assertEquals(
        "transaction_invalid",
        CALLS.fault(
            ANN,
            "tablesDB.updateTransaction",
            "transactionId",
            id,
            "commit",
            true,
            "rollback",
            true));
    assertEquals(
        0, CALLS.as(ANN, "tablesDB.getTransaction", "transactionId", id).getInteger("operations"));
    assertEquals("committed", end(ANN, id, "commit"));
  }

  @Test
  void onlyItsMakerUsesIt() {
    var id = begin(ANN);
    create(ANN, "a", Map.of(), id);
    assertEquals("transaction_not_found", create(BEN, "b", Map.of(), id));
    assertEquals("transaction_not_found", call(BEN, "listRows", "transactionId", id));
    assertEquals("transaction_not_found", end(BEN, id, "commit"));
    assertEquals("transaction_not_found", end(BEN, id, "rollback"));
    assertEquals("transaction_not_found", end(Calls.GUEST, id, "rollback"));
    assertEquals(
        "transaction_not_found", CALLS.fault(BEN, "tablesDB.getTransaction", "transactionId", id));
    assertEquals(
        "transaction_not_found",
        CALLS.fault(BEN, "tablesDB.deleteTransaction", "transactionId", id));
    assertEquals("user_unauthorized", CALLS.fault(Calls.GUEST, "tablesDB.createTransaction"));
    var queries =
        List.of("{\"method\":\"equal\",\"attribute\":\"$id\",\"values\":[\"" + id + "\"]}");
    assertEquals(0, list(BEN, queries));
    assertEquals(1, list(ANN, queries));
    assertEquals(1, list(Calls.KEY, queries));
    assertEquals("user_unauthorized", end(Calls.KEY, id, "commit"), "roles are not lent");
    assertEquals("rolled_back", end(Calls.KEY, id, "rollback"));
  }

  private static long list(Actor actor, List<String> queries) {
    return CALLS.as(actor, "databases.listTransactions", "queries", queries).getLong("total");
  }

  @Test
  void aRowChangedByOthersIsAConflict() {
    for (var name : List.of("updated", "deleted", "remade", "made", "unique")) {
      if (!name.equals("made")) create(ANN, name, Map.of("s", "old"), "");
      var id = begin(ANN);
      create(ANN, name + "-too", Map.of("i", 42), id);
      if (name.equals("made")) create(ANN, name, Map.of("s", "mine"), id);
      else update(ANN, name, Map.of("s", "mine"), id);
      switch (name) {
        case "updated" -> update(ANN, name, Map.of("s", "other"), "");
        case "deleted" -> delete(ANN, name, "");
        case "remade" -> {
          delete(ANN, name, "");
          create(ANN, name, Map.of("s", "old"), "");
        }
        case "made" -> create(BEN, name, Map.of(), "");
        default -> create(BEN, "hidden", Map.of("i", 42), "");
      }
      assertEquals("transaction_conflict", call(ANN, "listRows", "transactionId", id), name);
      assertEquals("transaction_conflict", update(ANN, name, Map.of(), id), name);
      assertEquals("pending", status(id));
      assertEquals("transaction_conflict", end(ANN, id, "commit"), name);
      assertEquals("failed", status(id));
      assertEquals("transaction_not_ready", end(ANN, id, "commit"));
      assertEquals("row_not_found", row(name + "-too").getString("fault"), "all or nothing");
      assertTrue(!"mine".equals(row(name).getString("s")), name);
    }
  }

  @Test
  void aChangeOfManyTouchesWhatItTouchedOrConflicts() {
    for (var name : List.of("a", "b")) create(Calls.KEY, name, Map.of("s", "x"), "");
    var which = List.of("{\"method\":\"equal\",\"attribute\":\"s\",\"values\":[\"x\"]}");
    var id = begin(Calls.KEY);
    var changed =
        call(
            Calls.KEY,
            "updateRows",
            "data",
            Map.of("s", "y"),
            "queries",
            which,
            "transactionId",
            id);
    assertEquals(2, new JsonObject(changed).getLong("total"));
    var other = begin(Calls.KEY);
    assertEquals(
        2,
        new JsonObject(call(Calls.KEY, "deleteRows", "queries", which, "transactionId", other))
            .getLong("total"));
    assertEquals(List.of(), ids(Calls.KEY, other));
    create(Calls.KEY, "c", Map.of("s", "x"), "");
    assertEquals("transaction_conflict", end(Calls.KEY, id, "commit"), "c would change, too");
    delete(Calls.KEY, "c", "");
    assertEquals("committed", end(Calls.KEY, other, "commit"), "as it was when it was staged");
    assertEquals(List.of(), ids(Calls.KEY, ""));
  }

  @Test
  void everyActionCanBeStaged() {
    create(Calls.KEY, "a", Map.of("s", "x", "i", 1), "");
    var id = begin(Calls.KEY);
    var which = List.of("{\"method\":\"equal\",\"attribute\":\"s\",\"values\":[\"many\"]}");
    var answer =
        new JsonObject(
            stage(
                Calls.KEY,
                id,
                List.of(
                    Map.of("action", "create", "rowId", "unique()", "data", Map.of("s", "one")),
                    Map.of(
                        "action",
                        "create",
                        "rowId",
                        "b",
                        "data",
                        Map.of("s", "one", "$permissions", List.of("read(\"any\")"))),
                    Map.of("action", "update", "rowId", "b", "data", Map.of("s", "two")),
                    Map.of("action", "upsert", "rowId", "b", "data", Map.of("i", 5)),
                    Map.of("action", "upsert", "rowId", "c", "data", Map.of("i", 6)),
                    Map.of("action", "delete", "rowId", "a"),
                    Map.of(
                        "action",
                        "bulkCreate",
                        "data",
                        List.of(
                            Map.of("$id", "m1", "s", "many"), Map.of("$id", "m2", "s", "many"))),
                    Map.of(
                        "action",
                        "bulkUpdate",
                        "data",
                        Map.of("queries", which, "data", Map.of("s", "most"))),
                    Map.of(
                        "action", "bulkUpsert", "data", List.of(Map.of("$id", "m1", "s", "many"))),
                    Map.of("action", "bulkDelete", "data", Map.of("queries", which)))));
    assertEquals(10, answer.getInteger("operations"));
    assertEquals("pending", answer.getString("status"));
    assertEquals("committed", end(Calls.KEY, id, "commit"));
    var rows = ids(Calls.KEY, "");
    assertEquals(List.of("b", "c", "m2"), rows.subList(1, 4));
    assertEquals(4, rows.size());
    assertEquals("two", row("b").getString("s"));
    assertEquals(5, row("b").getInteger("i"));
    assertEquals(List.of("read(\"any\")"), row("b").getJsonArray("$permissions").getList());
    assertEquals("most", row("m2").getString("s"));
  }

  @Test
  void countingAndVersionsHoldInside() {
    create(ANN, "n", Map.of("i", 5), "");
    var id = begin(ANN);
    var counted =
        call(
            ANN,
            "incrementRowColumn",
            "rowId",
            "n",
            "column",
            "i",
            "value",
            2,
            "transactionId",
            id);
    assertEquals(7, new JsonObject(counted).getInteger("i"));
    assertEquals(2, new JsonObject(counted).getInteger("$version"));
    var form =
        Map.<String, Object>of(
            "action",
            "decrement",
            "rowId",
            "n",
            "data",
            Map.of("column", "i", "value", 3, "min", 4));
    assertEquals(
        "1",
        "" + new JsonObject(stage(ANN, id, List.of(form))).getInteger("operations").compareTo(1));
    assertEquals(
        4, new JsonObject(call(ANN, "getRow", "rowId", "n", "transactionId", id)).getInteger("i"));
    assertTrue(!stage(ANN, id, List.of(form)).startsWith("{"), "below its bound");
    assertEquals(
        "row_update_conflict",
        call(
                ANN,
                "updateRow",
                "rowId",
                "n",
                "data",
                Map.of("s", "x"),
                "If-Match",
                "9",
                "transactionId",
                id)
            .replace("general_precondition_failed", "row_update_conflict"));
    assertTrue(
        call(
                ANN,
                "updateRow",
                "rowId",
                "n",
                "data",
                Map.of("s", "x"),
                "If-Match",
                "3",
                "transactionId",
                id)
            .startsWith("{"));
    var text = "{\"method\":\"stringConcat\",\"values\":[\"y\"]}";
    assertEquals("xy", new JsonObject(update(ANN, "n", Map.of("s", text), id)).getString("s"));
    assertEquals("committed", end(ANN, id, "commit"));
    assertEquals(4, row("n").getInteger("i"));
    assertEquals("xy", row("n").getString("s"));
    assertEquals(5, row("n").getInteger("$version"));
  }

  @Test
  void theOtherVocabularyCommits() {
    var id = begin(ANN);
    var form =
        Map.of(
            "action",
            "create",
            "databaseId",
            "default",
            "collectionId",
            table,
            "documentId",
            "d",
            "data",
            Map.of("s", "doc"));
    CALLS.as(ANN, "databases.createOperations", "transactionId", id, "operations", List.of(form));
    assertEquals(
        "document_already_exists",
        CALLS.fault(
            ANN,
            "databases.createDocument",
            "collectionId",
            table,
            "documentId",
            "d",
            "data",
            Map.of(),
            "transactionId",
            id));
    assertEquals("committed", end(ANN, id, "commit"));
    assertEquals("doc", row("d").getString("s"));
  }

  @Test
  void whatHasBecomeImpossibleFails() {
    create(ANN, "a", Map.of("s", "x"), "");
    var id = begin(ANN);
    update(ANN, "a", Map.of("s", "y"), id);
    CALLS.key("tablesDB.deleteColumn", "tableId", table, "key", "s");
    assertEquals("transaction_failed", call(ANN, "listRows", "transactionId", id));
    assertEquals("transaction_failed", end(ANN, id, "commit"));
    assertEquals("failed", status(id));

    var other = begin(ANN);
    create(ANN, "b", Map.of("i", 3), other);
    CALLS.key("tablesDB.updateTable", "tableId", table, "permissions", List.of());
    assertEquals("transaction_failed", end(ANN, other, "commit"), "rights are those of the end");
    assertEquals("row_not_found", row("b").getString("fault"));
  }

  @Test
  void itsTimeEnds() {
    var id = begin(ANN);
    create(ANN, "a", Map.of(), id);
    age(id, 1);
    assertEquals("failed", status(id));
    assertEquals("transaction_expired", create(ANN, "b", Map.of(), id));
    assertEquals("transaction_expired", call(ANN, "listRows", "transactionId", id));
    assertEquals("transaction_expired", end(ANN, id, "commit"));
    var sweep = new Transactions(POSTGRES.transactions());
    sweep.sweep();
    assertEquals("transaction_expired", end(ANN, id, "commit"), "remembered for a while");
    age(id, 601);
    sweep.sweep();
    assertEquals("transaction_not_found", end(ANN, id, "commit"));
    assertEquals(
        0L,
        POSTGRES
            .transactions()
            .one(
                row -> row.getLong(0),
                "SELECT count(*) FROM celadon.operations WHERE transaction = $1",
                id)
            .orElseThrow());
    for (var ttl : List.of(59, 3_601)) {
      assertEquals(
          "general_argument_invalid", CALLS.fault(ANN, "tablesDB.createTransaction", "ttl", ttl));
    }
  }

  private static void age(String id, int seconds) {
    POSTGRES
        .transactions()
        .run(
            "UPDATE celadon.transactions SET expires = clock_timestamp() - make_interval(secs =>"
                + " $2) WHERE id = $1",
            id,
            (double) seconds);
  }

  @Test
  void everythingHasItsLimit() {
    var eve = Calls.user("eve" + table);
    var ids = new ArrayList<String>();
    for (int i = 0; i < Transactions.OPEN_OF_USER; i++) ids.add(begin(eve));
    assertEquals("transaction_limit_exceeded", CALLS.fault(eve, "tablesDB.createTransaction"));
    end(eve, ids.getFirst(), "rollback");
    var id = begin(eve);
    var hundred =
        IntStream.range(0, Operations.MAX_OPERATIONS)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "action", "create", "rowId", "r" + i, "data", Map.of("i", i)))
            .toList();
    var staged = new JsonObject(stage(eve, id, hundred));
    assertEquals(100, staged.getInteger("operations"));
    assertEquals("transaction_limit_exceeded", create(eve, "more", Map.of(), id));
    assertEquals("committed", end(eve, id, "commit"));
    assertEquals(100, new JsonObject(call(eve, "listRows")).getLong("total"));

    var large = begin(Calls.KEY);
    var text = Map.of("s", "x".repeat(1_000_000));
    for (int i = 0; i < 4; i++) create(Calls.KEY, "l" + i, text, large);
    assertEquals("transaction_limit_exceeded", create(Calls.KEY, "l4", text, large));
    assertEquals("committed", end(Calls.KEY, large, "commit"));

    var many = begin(Calls.KEY);
    for (int i = 0; i < 10; i++) assertTrue(bulk(many, i).startsWith("{"));
    assertEquals("transaction_limit_exceeded", bulk(many, 10));
  }

  private String bulk(String transaction, int number) {
    var rows =
        IntStream.range(0, 100).mapToObj(i -> Map.of("$id", "b" + number + "-" + i)).toList();
    return call(Calls.KEY, "createRow", "rows", rows, "transactionId", transaction);
  }

  @Test
  void aProjectTakesItsTransactionsAlong() {
    var other = new Calls(POSTGRES, "erased");
    var id = other.key("tablesDB.createTransaction").getString("$id");
    POSTGRES
        .transactions()
        .tx(
            tx -> {
              dev.celadon.domain.documents.Databases.erase(tx, "erased");
              return 0;
            });
    assertEquals(
        "transaction_not_found",
        other.fault(Calls.KEY, "tablesDB.getTransaction", "transactionId", id));
  }
}
