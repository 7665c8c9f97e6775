package dev.celadon.service.databases.rows;

import static dev.celadon.api.Endpoint.delete;
import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Endpoint.put;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.domain.documents.BulkRows;
import dev.celadon.domain.documents.Documents;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import dev.celadon.service.databases.Names;
import dev.celadon.service.databases.Staging;
import java.util.List;

/** Writes many rows at once: all or none. */
final class WriteRows {

  static List<Action> in(Dialect words, Models models, Documents documents) {
    var bulk = documents.bulk();
    var actions =
        List.of(
            update(words, models, bulk),
            upsert(words, models, documents),
            deletion(words, models, bulk));
    if (!words.free()) return actions;
    // For free documents the protocol has none of these.
    return actions.stream().map(a -> new Action(a.endpoint().beyond(), a.work())).toList();
  }

  private static Action update(Dialect words, Models models, BulkRows bulk) {
    var table = words.tableId();
    return patch(words.rows())
        .named(words.service, "update" + Dialect.capital(words.row) + "s")
        .doc(
            "Update " + words.row + "s",
            "Sets values in all that match, at most as many as the operator lets.")
        .params(Names.DATABASE, table, CreateRow.DATA, Names.WHICH, Staging.BODY)
        .scopes(words.writeRows())
        .limits(Names.WRITES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "update"))
        .composes(
            200,
            models.rows(),
            call ->
                bulk.update(
                        call.change(),
                        Names.place(call, table),
                        CreateRow.data(call),
                        call.get(Names.WHICH))
                    .map(rows -> Bulk.answer(words, rows)));
  }

  private static Action upsert(Dialect words, Models models, Documents documents) {
    var table = words.tableId();
    var rule = Bulk.rule(documents.bounds().bulkRows());
    var upserts = documents.upserts();
    var many = Param.body(words.row + "s", rule, "What to store.");
    return put(words.rows())
        .named(words.service, "upsert" + Dialect.capital(words.row) + "s")
        .doc("Upsert " + words.row + "s", "Stores each, or changes it where it exists.")
        .params(Names.DATABASE, table, many, Staging.BODY)
        .scopes(words.writeRows())
        .limits(Names.WRITES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "upsert"))
        .returns(
            201,
            models.rows(),
            call ->
                Bulk.answer(
                    words, upserts.many(call.change(), Names.place(call, table), call.get(many))));
  }

  private static Action deletion(Dialect words, Models models, BulkRows bulk) {
    var table = words.tableId();
    return delete(words.rows())
        .named(words.service, "delete" + Dialect.capital(words.row) + "s")
        .doc(
            "Delete " + words.row + "s",
            "Deletes all that match, at most as many as the operator lets.")
        .params(Names.DATABASE, table, Names.WHICH, Staging.BODY)
        .scopes(words.writeRows())
        .limits(Names.DELETES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "delete"))
        .composes(
            200,
            models.rows(),
            call ->
                bulk.delete(call.change(), Names.place(call, table), call.get(Names.WHICH))
                    .map(rows -> Bulk.answer(words, rows)));
  }

  private WriteRows() {}
}
