package dev.celadon.service.databases.rows;

import static dev.celadon.api.Endpoint.delete;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import dev.celadon.service.databases.Names;
import dev.celadon.service.databases.Staging;

/** Deletes one row. */
final class DeleteRow {

  static Action in(Dialect words, Models models, RowChanges changes) {
    var table = words.tableId();
    var id = words.rowId();
    return delete(words.oneRow())
        .named(words.service, "delete" + Dialect.capital(words.row))
        .doc("Delete a " + words.row, "Deletes one, for good.")
        .params(Names.DATABASE, table, id, Staging.BODY, Versions.IF_MATCH)
        .scopes(words.writeRows())
        .limits(Names.DELETES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "delete"), models.row())
        .composes(
            204,
            Model.<Void>nothing(),
            call ->
                changes.delete(
                    call.change(),
                    Names.place(call, table),
                    call.get(id),
                    call.find(Versions.IF_MATCH)));
  }

  private DeleteRow() {}
}
