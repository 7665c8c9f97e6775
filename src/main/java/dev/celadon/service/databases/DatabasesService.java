package dev.celadon.service.databases;

import dev.celadon.api.Action;
import dev.celadon.api.AsyncHandler;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Handler;
import dev.celadon.api.Service;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Waiting;
import dev.celadon.domain.documents.transfer.Receiving;
import dev.celadon.service.databases.insight.InsightActions;
import dev.celadon.service.databases.rows.RowActions;
import dev.celadon.service.databases.schemas.SchemaActions;
import dev.celadon.service.databases.transactions.Steps;
import dev.celadon.service.databases.transactions.TransactionActions;
import dev.celadon.service.databases.transfer.TransferActions;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The engine of tables in the words of one {@link Dialect}. */
public final class DatabasesService implements Service {

  /** How many calls may take part in transactions at once, beside those that wait anyway. */
  private static final int STAGING_AT_ONCE = 1_000;

  private final Dialect words;
  private final Documents documents;
  private final Steps steps;
  private final Receiving receiving;
  private final Semaphore slots = new Semaphore(STAGING_AT_ONCE);

  private DatabasesService(Dialect words, Documents documents, Steps steps, Receiving receiving) {
    this.words = words;
    this.documents = documents;
    this.steps = steps;
    this.receiving = receiving;
  }

  /** One service for each vocabulary, all of one engine. */
  public static List<Service> all(Documents documents) {
    var steps = new Steps(documents, DatabasesService::rows);
    var receiving = new Receiving(documents);
    return Stream.of(Dialect.values())
        .<Service>map(words -> new DatabasesService(words, documents, steps, receiving))
        .toList();
  }

  @Override
  public String name() {
    return words.service;
  }

  @Override
  public List<Action> actions() {
    var models = new Models(words);
    var shared = shared(models);
    var typed = words.free() ? List.<Action>of() : typed(models);
    var all = Stream.of(shared, typed, schema(shared, typed), contents(models));
    return all.flatMap(List::stream).map(this::inWords).toList();
  }

  /** What is done with databases, tables and indexes, whatever the tables hold. */
  private List<Action> shared(Models models) {
    var databases = documents.databases().of(words.form());
    var all =
        Stream.of(
            List.of(
                CreateTable.in(words, models, documents.tables()),
                UpdateTable.in(words, models, documents.tables()),
                CreateIndex.in(words, models, documents.indexes())),
            WriteDatabase.in(words, databases),
            ReadDatabases.in(words, databases),
            ReadTables.in(words, models, documents.tables()),
            ReadIndexes.in(words, models, documents.indexes()),
            DeleteParts.in(words, models, documents, databases),
            InsightActions.in(words, documents));
    var actions = all.flatMap(List::stream);
    return words.free() ? actions.map(DatabasesService::ours).toList() : actions.toList();
  }

  private List<Action> typed(Models models) {
    return Stream.of(
            CreateColumn.in(words, models, documents.columns()),
            UpdateColumn.in(words, models, documents.columns()),
            ReadColumns.in(words, models, documents.columns()),
            Relationships.in(words, models, documents.relationColumns()))
        .flatMap(List::stream)
        .toList();
  }

  /** Free documents have none: whatever is stored is right. */
  private List<Action> schema(List<Action> shared, List<Action> typed) {
    var single = Stream.concat(shared.stream(), typed.stream());
    return words.free() ? List.of() : SchemaActions.in(words, documents.schemas(), single);
  }

  private List<Action> contents(Models models) {
    return Stream.of(
            RowActions.in(words, models, documents),
            TransferActions.in(words, models, documents, receiving),
            TransactionActions.in(words, documents.transactions(), steps, models.row()))
        .flatMap(List::stream)
        .toList();
  }

  /** The protocol knows no way to make free documents' databases; it is as with the others. */
  private static Action ours(Action action) {
    return new Action(action.endpoint().beyond(), action.work());
  }

  /** Everything that may take part in a transaction: it is done by another engine then. */
  private static List<Action> rows(Documents documents) {
    return Stream.of(Dialect.values())
        .flatMap(words -> RowActions.in(words, new Models(words), documents).stream())
        .toList();
  }

  /** Says in these words what the engine refuses, and keeps for later what is to be staged. */
  private Action inWords(Action action) {
    var endpoint = action.endpoint();
    boolean stages = Staging.offered(endpoint);
    if (stages && !steps.include(endpoint)) {
      throw new IllegalStateException(endpoint.id() + " cannot be staged");
    }
    return switch (action.work()) {
      case Handler<?> handler -> new Action(endpoint, waiting(handler, stages));
      case AsyncHandler<?> handler -> new Action(endpoint, composing(handler, stages));
    };
  }

  private Handler<Object> waiting(Handler<?> handler, boolean stages) {
    return call -> {
      if (stages && !Staging.of(call).isEmpty()) return staged(call);
      try {
        return handler.handle(call);
      } catch (Refusal refusal) {
        throw words.say(refusal);
      }
    };
  }

  private AsyncHandler<Object> composing(AsyncHandler<?> handler, boolean stages) {
    return call ->
        stages && !Staging.of(call).isEmpty()
            ? stagedApart(call)
            : attempt(handler, call).recover(this::said);
  }

  private Object staged(Call call) {
    var transaction = Staging.of(call);
    return call.endpoint().changes()
        ? steps.stage(call, transaction)
        : steps.read(call, transaction);
  }

  /** On a thread of its own, which may wait. */
  private Future<Object> stagedApart(Call call) {
    if (!slots.tryAcquire()) return Future.failedFuture(Failure.with(Fault.BUSY));
    return Waiting.on(call.endpoint().id(), () -> staged(call)).onComplete(done -> slots.release());
  }

  private static Future<Object> attempt(AsyncHandler<?> handler, Call call) {
    try {
      return handler.handle(call).map(value -> value);
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
  }

  private Future<Object> said(Throwable failure) {
    return Future.failedFuture(failure instanceof Refusal refusal ? words.say(refusal) : failure);
  }
}
