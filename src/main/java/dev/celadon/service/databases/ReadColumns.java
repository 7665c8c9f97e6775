package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.domain.documents.Columns;
import java.util.List;

/** Shows one column, or those of a table. */
final class ReadColumns {

  static List<Action> in(Dialect words, Models models, Columns columns) {
    var table = words.tableId();
    var noun = Dialect.capital(words.column);
    var one =
        get(words.columns() + "/{key}")
            .named(words.service, "get" + noun)
            .doc("Get a column", "Shows one " + words.column + ".")
            .params(Names.DATABASE, table, Names.KEY)
            .scopes(words.readTables())
            .returns(
                200,
                models.column(),
                call -> columns.get(Names.place(call, table), call.get(Names.KEY)));
    var all =
        get(words.columns())
            .named(words.service, "list" + noun + "s")
            .doc("List columns", "Shows the " + words.column + "s of a " + words.table + ".")
            .params(Names.DATABASE, table, Names.QUERIES, Names.TOTAL)
            .scopes(words.readTables())
            .returns(
                200,
                models.columns(),
                call -> columns.list(Names.place(call, table), Names.unsearched(call)));
    return List.of(one, all);
  }

  private ReadColumns() {}
}
