package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.domain.documents.Indexes;
import java.util.List;

/** Shows one index, or those of a table. */
final class ReadIndexes {

  static List<Action> in(Dialect words, Models models, Indexes indexes) {
    var table = words.tableId();
    var one =
        get(words.indexes() + "/{key}")
            .named(words.service, "getIndex")
            .doc("Get an index", "Shows one index.")
            .params(Names.DATABASE, table, Names.KEY)
            .scopes(words.readTables())
            .returns(
                200,
                models.index(),
                call -> indexes.get(Names.place(call, table), call.get(Names.KEY)));
    var all =
        get(words.indexes())
            .named(words.service, "listIndexes")
            .doc("List indexes", "Shows the indexes of a " + words.table + ".")
            .params(Names.DATABASE, table, Names.QUERIES, Names.TOTAL)
            .scopes(words.readTables())
            .returns(
                200,
                models.indexes(),
                call -> indexes.list(Names.place(call, table), Names.unsearched(call)));
    return List.of(one, all);
  }

  private ReadIndexes() {}
}
