package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.patch;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Kind;
import java.util.ArrayList;
import java.util.List;

/** Changes a column, one endpoint for each kind; what is stored must still fit. */
final class UpdateColumn {

  private static final Param<String> NEW_KEY =
      Param.body("newKey", Rules.key(), "What it shall be called.").optional();

  static List<Action> in(Dialect words, Models models, Columns columns) {
    return Kind.columns().stream().map(kind -> in(words, models, columns, kind)).toList();
  }

  private static Action in(Dialect words, Models models, Columns columns, Kind kind) {
    var table = words.tableId();
    var params = new ArrayList<Param<?>>(List.of(Names.DATABASE, table, Names.KEY, NEW_KEY));
    params.addAll(Settings.changing(kind));
    return patch(words.columns() + "/" + kind.path() + "/{key}")
        .named(words.service, "update" + kind.method() + Dialect.capital(words.column))
        .doc(
            "Update " + kind.path() + " " + words.column,
            "Changes it, unless a value that is stored would no longer be allowed.")
        .params(params)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.COLUMN_EVENT + "update"))
        .returns(
            200,
            models.column(kind),
            call ->
                columns
                    .update(
                        call.change(),
                        Names.place(call, table),
                        new Columns.Update(
                            call.get(Names.KEY),
                            kind,
                            call.find(NEW_KEY),
                            old -> Settings.changed(call, kind, old),
                            Settings.changedGuard(call)))
                    .json());
  }

  private UpdateColumn() {}
}
