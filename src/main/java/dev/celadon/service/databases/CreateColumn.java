package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Kind;
import java.util.ArrayList;
import java.util.List;

/** Adds a column to a table: one endpoint for each kind. */
final class CreateColumn {

  private static final Param<String> KEY = Param.body("key", Rules.key(), "What it is called.");

  static List<Action> in(Dialect words, Models models, Columns columns) {
    return Kind.columns().stream().map(kind -> in(words, models, columns, kind)).toList();
  }

  private static Action in(Dialect words, Models models, Columns columns, Kind kind) {
    var table = words.tableId();
    var params = new ArrayList<Param<?>>(List.of(Names.DATABASE, table, KEY));
    params.addAll(Settings.making(kind));
    return post(words.columns() + "/" + kind.path())
        .named(words.service, "create" + kind.method() + Dialect.capital(words.column))
        .doc(
            "Create " + kind.path() + " " + words.column,
            "Adds one; it is there with the answer, and empty in every " + words.row + ".")
        .params(params)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.COLUMN_EVENT + "create"))
        .returns(
            202,
            models.column(kind),
            call ->
                columns
                    .create(
                        call.change(),
                        Names.place(call, table),
                        new Columns.Draft(
                            call.get(KEY), kind, Settings.of(call, kind), Settings.guard(call)))
                    .json());
  }

  private CreateColumn() {}
}
