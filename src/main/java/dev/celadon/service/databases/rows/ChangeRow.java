package dev.celadon.service.databases.rows;

import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Endpoint.put;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.Upserts;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import dev.celadon.service.databases.Names;
import dev.celadon.service.databases.Staging;
import java.util.List;

/** Changes what is given of one row; by PUT also of one that does not exist yet. */
final class ChangeRow {

  static List<Action> in(Dialect words, Models models, Documents documents) {
    return List.of(
        update(words, models, documents.changes()), upsert(words, models, documents.upserts()));
  }

  private static Action update(Dialect words, Models models, RowChanges changes) {
    var table = words.tableId();
    var id = words.rowId();
    return patch(words.oneRow())
        .named(words.service, "update" + Dialect.capital(words.row))
        .doc("Update a " + words.row, "Changes the values and permissions that are given.")
        .params(params(table, id))
        .scopes(words.writeRows())
        .limits(Names.WRITES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "update"))
        .composes(
            200,
            models.row(),
            call -> changes.update(call.change(), Names.place(call, table), draft(call, id)));
  }

  private static Action upsert(Dialect words, Models models, Upserts upserts) {
    var table = words.tableId();
    var id = Param.path(words.row + "Id", Rules.newId(), "Its id, or `unique()`.");
    return put(words.oneRow())
        .named(words.service, "upsert" + Dialect.capital(words.row))
        .doc(
            "Upsert a " + words.row,
            "Stores one; where it exists, changes the values and permissions that are given.")
        .params(params(table, id))
        .scopes(words.writeRows())
        .limits(Names.WRITES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "upsert"))
        .composes(
            201,
            models.row(),
            call -> upserts.one(call.change(), Names.place(call, table), draft(call, id)));
  }

  private static RowChanges.Draft draft(Call call, Param<String> id) {
    return new RowChanges.Draft(
        call.get(id),
        CreateRow.data(call),
        call.find(Names.PERMISSIONS),
        call.find(Versions.IF_MATCH));
  }

  private static List<Param<?>> params(Param<String> table, Param<String> id) {
    return List.of(
        Names.DATABASE,
        table,
        id,
        CreateRow.DATA,
        Names.PERMISSIONS,
        Staging.BODY,
        Versions.IF_MATCH);
  }

  private ChangeRow() {}
}
