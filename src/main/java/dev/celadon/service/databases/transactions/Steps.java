package dev.celadon.service.databases.transactions;

import dev.celadon.api.Action;
import dev.celadon.api.AsyncHandler;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Handler;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.staging.Caller;
import dev.celadon.domain.documents.staging.Operation;
import dev.celadon.domain.documents.staging.Operations;
import dev.celadon.domain.documents.staging.Performer;
import dev.celadon.domain.documents.staging.Transaction;
import dev.celadon.service.databases.Dialect;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the endpoints of rows as steps of a transaction: kept instead of done, and done later by
 * the same endpoints over an engine that works in that transaction.
 */
public final class Steps {

  private final Operations operations;
  private final Function<Documents, List<Action>> rows;
  private final Map<String, Action> known;

  /**
   * @param rows the endpoints of rows in all vocabularies, over a given engine
   */
  public Steps(Documents documents, Function<Documents, List<Action>> rows) {
    this.operations = new Operations(documents);
    this.rows = rows;
    this.known = named(rows.apply(documents));
  }

  private static Map<String, Action> named(List<Action> actions) {
    return actions.stream()
        .collect(Collectors.toMap(action -> action.endpoint().id(), Function.identity()));
  }

  /** Whether calls of {@code endpoint} can be steps. */
  public boolean include(Endpoint endpoint) {
    return known.containsKey(endpoint.id());
  }

  /** The endpoint of this name, or null where there is none such for rows. */
  @Nullable Endpoint endpoint(String id) {
    var action = known.get(id);
    return action == null ? null : action.endpoint();
  }

  /** Stages {@code call}, which changes rows; answers what it would answer. Waits. */
  public Object stage(Call call, String transaction) {
    var operation = operation(call);
    return operations
        .stage(Caller.of(call), transaction, List.of(operation), new Performing(call))
        .answers()
        .getFirst();
  }

  /** Stages several at once. Waits. */
  Transaction stage(Call call, String transaction, List<Operation> added) {
    return operations
        .stage(Caller.of(call), transaction, added, new Performing(call))
        .transaction();
  }

  /** What {@code call}, which reads rows, answers within the transaction. Waits. */
  public Object read(Call call, String transaction) {
    return operations.read(
        Caller.of(call),
        transaction,
        new Performing(call),
        engine -> done(named(rows.apply(engine)), call));
  }

  /** Does all that is staged. Waits. */
  Transaction commit(Call call, String transaction) {
    return operations.commit(Caller.of(call), transaction, new Performing(call));
  }

  static Operation operation(Call call) {
    var parameters = Parameters.write(call);
    var words = Dialect.of(call.endpoint().service());
    var rows = Parameters.rows(words, parameters);
    return new Operation(call.endpoint().id(), parameters.encode(), rows);
  }

  /** Does operations for whoever makes {@code call}: they are his changes. */
  private final class Performing implements Performer {

    private final Call call;
    private @Nullable Documents engine;
    private Map<String, Action> actions = Map.of();

    Performing(Call call) {
      this.call = call;
    }

    @Override
    public Object perform(Documents engine, Operation operation) {
      if (this.engine != engine) {
        this.actions = named(rows.apply(engine));
        this.engine = engine;
      }
      var action = actions.get(operation.endpoint());
      if (action == null) throw unknown(operation.endpoint());
      var values = Parameters.read(action.endpoint(), new JsonObject(operation.parameters()));
      return done(
          actions,
          new Call(action.endpoint(), call.project(), call.actor(), call.origin(), values));
    }
  }

  private static Failure unknown(String endpoint) {
    return Failure.with(Fault.TRANSACTION_INVALID, endpoint + " is no operation on rows");
  }

  private static Object done(Map<String, Action> actions, Call call) {
    var action = actions.get(call.endpoint().id());
    if (action == null) throw unknown(call.endpoint().id());
    try {
      @Nullable Object answer =
          switch (action.work()) {
            case Handler<?> handler -> handler.handle(call);
            case AsyncHandler<?> handler -> handler.handle(call).await();
          };
      return answer == null ? "" : answer;
    } catch (Refusal refusal) {
      throw Dialect.of(call.endpoint().service()).say(refusal);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
