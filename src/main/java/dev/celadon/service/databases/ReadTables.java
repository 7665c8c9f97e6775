package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.domain.documents.Tables;
import java.util.List;

/** Shows one table with its columns and indexes, or a page of them. */
final class ReadTables {

  static List<Action> in(Dialect words, Models models, Tables tables) {
    var id = words.tableId();
    var noun = Dialect.capital(words.table);
    var one =
        get(words.oneTable())
            .named(words.service, "get" + noun)
            .doc("Get a " + words.table, "Shows a " + words.table + " and what it is made of.")
            .params(Names.DATABASE, id)
            .scopes(words.readTables())
            .returns(200, models.table(), call -> tables.get(Names.place(call, id)));
    var all =
        get(words.tables())
            .named(words.service, "list" + noun + "s")
            .doc("List " + words.table + "s", "Shows the " + words.table + "s of a database.")
            .params(Names.DATABASE, Names.QUERIES, Names.SEARCH, Names.TOTAL)
            .scopes(words.readTables())
            .returns(
                200,
                models.tables(),
                call ->
                    tables.list(
                        call.project(),
                        call.get(Names.DATABASE),
                        words.form(),
                        Names.wanted(call)));
    return List.of(one, all);
  }

  private ReadTables() {}
}
