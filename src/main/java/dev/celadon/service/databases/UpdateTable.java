package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.put;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Tables;

/** Renames a table, changes what it grants, or switches it on or off for clients. */
final class UpdateTable {

  private static final Param<String> NAME =
      Param.body("name", Rules.text(128), "Its name.").optional();
  private static final Param<Boolean> ENABLED =
      Param.body("enabled", Rules.bool(), "Whether clients may use it.").optional();

  static Action in(Dialect words, Models models, Tables tables) {
    var id = words.tableId();
    var secured =
        Param.body(words.security(), Rules.bool(), "Whether a " + words.row + " grants beside it.")
            .optional();
    return put(words.oneTable())
        .named(words.service, "update" + Dialect.capital(words.table))
        .doc("Update a " + words.table, "Changes what is given; the rest stays as it is.")
        .params(Names.DATABASE, id, NAME, Names.PERMISSIONS, secured, ENABLED)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.TABLE_EVENT + "update"))
        .returns(
            200,
            models.table(),
            call ->
                tables.update(
                    call.change(),
                    Names.place(call, id),
                    new Tables.Update(
                        call.find(NAME),
                        call.find(Names.PERMISSIONS),
                        call.find(secured),
                        call.find(ENABLED))));
  }

  private UpdateTable() {}
}
