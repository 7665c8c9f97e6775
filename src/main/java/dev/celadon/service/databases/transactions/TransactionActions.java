package dev.celadon.service.databases.transactions;

import static dev.celadon.api.Endpoint.delete;
import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.staging.Caller;
import dev.celadon.domain.documents.staging.Operation;
import dev.celadon.domain.documents.staging.Operations;
import dev.celadon.domain.documents.staging.Transaction;
import dev.celadon.domain.documents.staging.Transactions;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Names;
import dev.celadon.service.databases.Staging;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The endpoints of transactions in one vocabulary; what one begins, every other may end. */
public final class TransactionActions {

  private static final Model<Transaction> TRANSACTION =
      Model.of("Transaction", Transaction.class)
          .field("$id", Schema.TEXT, Transaction::id, "Its id.")
          .field("$createdAt", Schema.TIME, Transaction::created, "When it was begun.")
          .field("$updatedAt", Schema.TIME, Transaction::updated, "When it last changed.")
          .field(
              "status",
              Schema.TEXT,
              Transaction::status,
              "`pending`, `committed`, `rolled_back` or `failed`.")
          .field("operations", Schema.INTEGER, Transaction::operations, "How many are staged.")
          .field("expiresAt", Schema.TIME, Transaction::expires, "Until when it can be used.");

  private static final Model<Page<Transaction>> TRANSACTIONS =
      Model.list("TransactionList", "transactions", TRANSACTION);

  private static final Param<String> ID =
      Param.path(Staging.NAME, Rules.id(), "The id of the transaction.");
  private static final Param<Long> TTL =
      Param.body("ttl", Rules.integer(60, 3_600), "For how many seconds it can be used.")
          .orElse(300L);
  private static final Param<Boolean> COMMIT =
      Param.body("commit", Rules.bool(), "Do all that is staged.").orElse(false);
  private static final Param<Boolean> ROLLBACK =
      Param.body("rollback", Rules.bool(), "Do nothing of what is staged.").orElse(false);
  private static final Param<List<JsonObject>> OPERATIONS =
      Param.body(
              "operations",
              Rules.list(Rules.object(), Operations.MAX_OPERATIONS),
              "Each with `action`, where, and `data`.")
          .orElse(List.of());

  private final Dialect words;
  private final Transactions transactions;
  private final Steps steps;
  private final Model<Buffer> row;

  private TransactionActions(
      Dialect words, Transactions transactions, Steps steps, Model<Buffer> row) {
    this.words = words;
    this.transactions = transactions;
    this.steps = steps;
    this.row = row;
  }

  /**
   * @param row what the events of a commit show
   */
  public static List<Action> in(
      Dialect words, Transactions transactions, Steps steps, Model<Buffer> row) {
    var actions = new TransactionActions(words, transactions, steps, row);
    return List.of(
        actions.create(),
        actions.list(),
        actions.get(),
        actions.stage(),
        actions.end(),
        actions.deletion());
  }

  private String root() {
    return words.root + "/transactions";
  }

  private String one() {
    return root() + "/{" + Staging.NAME + "}";
  }

  private Action create() {
    return post(root())
        .named(words.service, "createTransaction")
        .doc("Create a transaction", "Begins one, in which changes can be staged.")
        .params(TTL)
        .scopes(words.writeRows())
        .returns(201, TRANSACTION, call -> transactions.create(Caller.of(call), call.get(TTL)));
  }

  private Action list() {
    return Endpoint.get(root())
        .named(words.service, "listTransactions")
        .doc("List transactions", "Shows those that the caller has begun; a key sees all.")
        .params(Names.QUERIES)
        .scopes(words.readTransactions())
        .returns(
            200, TRANSACTIONS, call -> transactions.list(Caller.of(call), call.get(Names.QUERIES)));
  }

  private Action get() {
    return Endpoint.get(one())
        .named(words.service, "getTransaction")
        .doc("Get a transaction", "Shows how far one has come.")
        .params(ID)
        .scopes(words.readTransactions())
        .returns(200, TRANSACTION, call -> transactions.get(Caller.of(call), call.get(ID)));
  }

  private Action stage() {
    return post(one() + "/operations")
        .named(words.service, "createOperations")
        .doc(
            "Create operations",
            "Stages several changes at once, all or none; each is checked as if it were made.")
        .params(ID, OPERATIONS)
        .scopes(words.writeRows())
        .returns(201, TRANSACTION, call -> steps.stage(call, call.get(ID), operations(call)));
  }

  private List<Operation> operations(Call call) {
    var form = new OperationForm(words, steps);
    var operations = new ArrayList<Operation>();
    for (var one : call.get(OPERATIONS)) {
      operations.add(form.read(call, one, operations.size() + 1));
    }
    if (operations.isEmpty()) {
      throw Failure.with(Fault.TRANSACTION_INVALID, "there are no operations");
    }
    return operations;
  }

  private Action end() {
    return patch(one())
        .named(words.service, "updateTransaction")
        .doc(
            "Update a transaction",
            "Commits it, which does all that is staged or nothing, or rolls it back.")
        .params(ID, COMMIT, ROLLBACK)
        .scopes(words.writeRows())
        .emits(words.event(Names.ROW_EVENT + "update"), row)
        .returns(200, TRANSACTION, this::ended);
  }

  private Transaction ended(Call call) {
    boolean commit = call.get(COMMIT);
    if (commit == call.get(ROLLBACK)) {
      throw Failure.with(Fault.TRANSACTION_INVALID, "either commit or rollback must be true");
    }
    return commit
        ? steps.commit(call, call.get(ID))
        : transactions.rollback(Caller.of(call), call.get(ID));
  }

  private Action deletion() {
    return delete(one())
        .named(words.service, "deleteTransaction")
        .doc("Delete a transaction", "Forgets one with all that is staged in it.")
        .params(ID)
        .scopes(words.writeRows())
        .returns(
            204,
            Model.<String>nothing(),
            call -> {
              transactions.delete(Caller.of(call), call.get(ID));
              return "";
            });
  }
}
