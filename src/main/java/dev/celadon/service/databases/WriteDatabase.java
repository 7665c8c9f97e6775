package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Endpoint.put;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Databases;
import java.util.List;

/** Makes databases, renames them and switches them on or off for clients. */
final class WriteDatabase {

  private static final Param<String> ID =
      Param.body("databaseId", Rules.newId(), "Its id, or `unique()`.");
  private static final Param<String> NAME = Param.body("name", Rules.text(128), "Its name.");
  private static final Param<Boolean> ENABLED =
      Param.body("enabled", Rules.bool(), "Whether clients may use it.");

  static List<Action> in(Dialect words, Databases databases) {
    return List.of(create(words, databases), update(words, databases));
  }

  private static Action create(Dialect words, Databases databases) {
    var enabled = ENABLED.orElse(true);
    return post(words.root)
        .named(words.service, "create")
        .doc("Create a database", "Makes a database, empty and ready for " + words.table + "s.")
        .params(ID, NAME, enabled)
        .scopes(Scope.DATABASES_WRITE)
        .audits(Names.DATABASE_AUDIT)
        .emits(words.event(Names.DATABASE_EVENT + "create"))
        .returns(
            201,
            Models.DATABASE,
            call ->
                databases.create(
                    call.change(), call.get(ID), call.get(NAME), call.get(enabled), words.type()));
  }

  private static Action update(Dialect words, Databases databases) {
    var name = NAME.optional();
    var enabled = ENABLED.optional();
    return put(words.root + "/{databaseId}")
        .named(words.service, "update")
        .doc("Update a database", "Changes what is given; the rest stays as it is.")
        .params(Names.DATABASE, name, enabled)
        .scopes(Scope.DATABASES_WRITE)
        .audits(Names.DATABASE_AUDIT)
        .emits(words.event(Names.DATABASE_EVENT + "update"))
        .returns(
            200,
            Models.DATABASE,
            call ->
                databases.update(
                    call.change(), call.get(Names.DATABASE), call.find(name), call.find(enabled)));
  }

  private WriteDatabase() {}
}
