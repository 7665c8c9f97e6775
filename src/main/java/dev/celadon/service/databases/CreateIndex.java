package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Indexes;
import java.util.List;

/** Adds an index to a table. */
final class CreateIndex {

  private static final Param<String> KEY = Param.body("key", Rules.key(), "What it is called.");
  private static final Param<String> TYPE =
      Param.body(
          "type",
          Drafts.INDEX_TYPE,
          "`key`; `unique` for no two the same; `fulltext` for words; `spatial` for geometry.");
  private static final Param<List<String>> ORDERS =
      Param.body("orders", Rules.list(Drafts.ORDER, 100), "`ASC` or `DESC` for each.")
          .orElse(List.of());
  private static final Param<List<Long>> LENGTHS =
      Param.body("lengths", Drafts.LENGTHS, "How many characters of each a `key` index holds.")
          .orElse(List.of());

  static Action in(Dialect words, Models models, Indexes indexes) {
    var table = words.tableId();
    var columns =
        Param.body(
            words.column + "s",
            Rules.list(Drafts.column(words.key()), 100),
            "What it is of, in order.");
    return post(words.indexes())
        .named(words.service, "createIndex")
        .doc(
            "Create an index",
            "Adds an index. It is complete with the answer, but for a large table: then `status`"
                + " says how far it is.")
        .params(Names.DATABASE, table, KEY, TYPE, columns, ORDERS, LENGTHS)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.INDEX_EVENT + "create"))
        .returns(
            202,
            models.index(),
            call ->
                indexes.create(
                    call.change(),
                    Names.place(call, table),
                    new Indexes.Draft(
                        call.get(KEY),
                        call.get(TYPE),
                        call.get(columns),
                        call.get(ORDERS),
                        call.get(LENGTHS))));
  }

  private CreateIndex() {}
}
