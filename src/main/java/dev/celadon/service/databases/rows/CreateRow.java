package dev.celadon.service.databases.rows;

import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import dev.celadon.service.databases.Names;
import dev.celadon.service.databases.Staging;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores one row, or many that stand in a list. */
final class CreateRow {

  static final Param<JsonObject> DATA =
      Param.body("data", Names.data(), "Its values, by key.").optional();

  static Action in(Dialect words, Models models, Documents documents) {
    var table = words.tableId();
    var id = Param.body(words.row + "Id", Rules.newId(), "Its id, or `unique()`.").optional();
    var rule = Bulk.rule(documents.bounds().bulkRows());
    var many =
        Param.body(words.row + "s", rule, "Many at once; instead of the other parameters.")
            .optional();
    return post(words.rows())
        .named(words.service, "create" + Dialect.capital(words.row))
        .doc(
            "Create a " + words.row,
            "Stores one. Without permissions it is its maker's own; a key's is nobody's.")
        .params(Names.DATABASE, table, id, DATA, Names.PERMISSIONS, many, Staging.BODY)
        .scopes(words.writeRows())
        .limits(Names.WRITES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "create"))
        .composes(
            201,
            models.row(),
            call -> {
              var place = Names.place(call, table);
              var drafts = call.find(many);
              if (drafts != null) {
                return documents.bulk().create(call.change(), place, drafts, words.row + "s");
              }
              var draft = draft(call, call.find(id), words.row + "Id");
              return documents
                  .changes()
                  .create(call.change(), place, List.of(draft))
                  .map(Bulk::first);
            });
  }

  private static RowChanges.Draft draft(Call call, @Nullable String id, String name) {
    var data = call.find(DATA);
    if (id == null) throw missing(name);
    if (data == null) throw missing(DATA.name());
    return new RowChanges.Draft(id, data, call.find(Names.PERMISSIONS));
  }

  /** What is given to change; nothing if nothing is. */
  static JsonObject data(Call call) {
    var data = call.find(DATA);
    return data == null ? new JsonObject() : data;
  }

  private static Failure missing(String name) {
    return Failure.of(Fault.ARGUMENT_INVALID, "The parameter `" + name + "` is required.");
  }

  private CreateRow() {}
}
