package dev.celadon.service.databases.rows;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Rows;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import dev.celadon.service.databases.Names;
import dev.celadon.service.databases.Staging;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows one row, or a page of those that the caller may read. */
final class ReadRows {

  static List<Action> in(Dialect words, Models models, Rows rows) {
    return List.of(one(words, models, rows), all(words, models, rows));
  }

  private static Action one(Dialect words, Models models, Rows rows) {
    var table = words.tableId();
    var id = words.rowId();
    return get(words.oneRow())
        .named(words.service, "get" + Dialect.capital(words.row))
        .doc("Get a " + words.row, "Shows one. What the caller may not read is not there for him.")
        .params(Names.DATABASE, table, id, Names.QUERIES, Staging.QUERY)
        .scopes(words.readRows())
        .composes(
            200,
            models.row(),
            call ->
                rows.get(
                    call.actor(), Names.place(call, table), call.get(id), call.get(Names.QUERIES)));
  }

  private static Action all(Dialect words, Models models, Rows rows) {
    var table = words.tableId();
    return get(words.rows())
        .named(words.service, "list" + Dialect.capital(words.row) + "s")
        .doc("List " + words.row + "s", "Shows a page of those that the caller may read.")
        .params(Names.DATABASE, table, Names.QUERIES, Names.TOTAL, Staging.QUERY)
        .scopes(words.readRows())
        .composes(
            200,
            models.rows(),
            call -> {
              var wanted =
                  new Rows.Wanted(call.get(Names.QUERIES), call.get(Names.TOTAL), words.row + "s");
              return limited(call, rows.list(call.actor(), Names.place(call, table), wanted));
            });
  }

  /** Within the caller's own bound; PostgreSQL stops by that of the connection. */
  static <T> Future<T> limited(Call call, Future<T> answer) {
    int timeoutMs = call.origin().timeoutMs();
    if (timeoutMs <= 0) return answer;
    return answer
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof TimeoutException
                        ? Failure.with(Fault.DATABASE_TIMEOUT)
                        : failure));
  }

  private ReadRows() {}
}
