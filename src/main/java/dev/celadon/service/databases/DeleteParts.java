package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.delete;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Handler;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Databases;
import dev.celadon.domain.documents.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Deletes a database, a table, a column or an index, with all that is stored in it. */
final class DeleteParts {

  static List<Action> in(Dialect words, Models models, Documents documents, Databases databases) {
    var parts = new ArrayList<Action>();
    parts.add(database(words, databases));
    parts.add(table(words, models, documents));
    if (!words.free()) parts.add(column(words, models, documents));
    parts.add(index(words, models, documents));
    return parts;
  }

  private static Action database(Dialect words, Databases databases) {
    return part(words, words.root + "/{databaseId}", "")
        .params(Names.DATABASE)
        .scopes(Scope.DATABASES_WRITE)
        .audits(Names.DATABASE_AUDIT)
        .emits(words.event(Names.DATABASE_EVENT + "delete"), Models.DATABASE)
        .returns(
            204,
            Model.nothing(),
            done(call -> databases.delete(call.change(), call.get(Names.DATABASE))));
  }

  private static Action table(Dialect words, Models models, Documents documents) {
    var id = words.tableId();
    return part(words, words.oneTable(), Dialect.capital(words.table))
        .params(Names.DATABASE, id)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.TABLE_EVENT + "delete"), models.table())
        .returns(
            204,
            Model.nothing(),
            done(call -> documents.tables().delete(call.change(), Names.place(call, id))));
  }

  private static Action column(Dialect words, Models models, Documents documents) {
    var id = words.tableId();
    return part(words, words.columns() + "/{key}", Dialect.capital(words.column))
        .params(Names.DATABASE, id, Names.KEY)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.COLUMN_EVENT + "delete"), models.column())
        .returns(
            204,
            Model.nothing(),
            done(
                call ->
                    documents
                        .columns()
                        .delete(call.change(), Names.place(call, id), call.get(Names.KEY))));
  }

  private static Action index(Dialect words, Models models, Documents documents) {
    var id = words.tableId();
    return part(words, words.indexes() + "/{key}", "Index")
        .params(Names.DATABASE, id, Names.KEY)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.INDEX_EVENT + "delete"), models.index())
        .returns(
            204,
            Model.nothing(),
            done(
                call ->
                    documents
                        .indexes()
                        .delete(call.change(), Names.place(call, id), call.get(Names.KEY))));
  }

  private static Endpoint.Builder part(Dialect words, String path, String noun) {
    var shown = noun.isEmpty() ? "a database" : "a " + noun.toLowerCase(Locale.ROOT);
    return delete(path)
        .named(words.service, "delete" + noun)
        .doc("Delete " + shown, "Deletes it and all that is stored in it. There is no way back.");
  }

  /** A deed that answers nothing. */
  private interface Deed {
    void run(Call call);
  }

  private static Handler<String> done(Deed deed) {
    return call -> {
      deed.run(call);
      return "";
    };
  }

  private DeleteParts() {}
}
