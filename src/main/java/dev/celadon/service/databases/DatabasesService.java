package dev.celadon.service.databases;

import dev.celadon.api.Action;
import dev.celadon.api.AsyncHandler;
import dev.celadon.api.Call;
import dev.celadon.api.Handler;
import dev.celadon.api.Service;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.service.databases.rows.RowActions;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** The engine of tables in the words of one {@link Dialect}. */
public final class DatabasesService implements Service {

  private final Dialect words;
  private final Documents documents;

  private DatabasesService(Dialect words, Documents documents) {
    this.words = words;
    this.documents = documents;
  }

  /** One service for each vocabulary, all of one engine. */
  public static List<Service> all(Documents documents) {
    return Stream.of(Dialect.values())
        .<Service>map(words -> new DatabasesService(words, documents))
        .toList();
  }

  @Override
  public String name() {
    return words.service;
  }

  @Override
  public List<Action> actions() {
    var models = new Models(words);
    return Stream.of(
            List.of(
                CreateTable.in(words, models, documents.tables()),
                UpdateTable.in(words, models, documents.tables()),
                CreateIndex.in(words, models, documents.indexes())),
            WriteDatabase.in(words, documents.databases()),
            RowActions.in(words, models, documents),
            ReadDatabases.in(words, documents.databases()),
            ReadTables.in(words, models, documents.tables()),
            CreateColumn.in(words, models, documents.columns()),
            UpdateColumn.in(words, models, documents.columns()),
            ReadColumns.in(words, models, documents.columns()),
            Relationships.in(words, models, documents.relationColumns()),
            ReadIndexes.in(words, models, documents.indexes()),
            DeleteParts.in(words, models, documents))
        .flatMap(List::stream)
        .map(this::inWords)
        .toList();
  }

  /** Says in these words what the engine refuses. */
  private Action inWords(Action action) {
    return switch (action.work()) {
      case Handler<?> handler -> new Action(action.endpoint(), waiting(handler));
      case AsyncHandler<?> handler -> new Action(action.endpoint(), composing(handler));
    };
  }

  private Handler<Object> waiting(Handler<?> handler) {
    return call -> {
      Staging.requireNone(call);
      try {
        return handler.handle(call);
      } catch (Refusal refusal) {
        throw words.say(refusal);
      }
    };
  }

  private AsyncHandler<Object> composing(AsyncHandler<?> handler) {
    return call -> attempt(handler, call).recover(this::said);
  }

  private static Future<Object> attempt(AsyncHandler<?> handler, Call call) {
    try {
      Staging.requireNone(call);
      return handler.handle(call).map(value -> value);
    } catch (Refusal refusal) {
      return Future.failedFuture(refusal);
    }
  }

  private Future<Object> said(Throwable failure) {
    return Future.failedFuture(failure instanceof Refusal refusal ? words.say(refusal) : failure);
  }
}
