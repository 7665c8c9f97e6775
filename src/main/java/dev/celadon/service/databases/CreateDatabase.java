package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Databases;

/** Makes a database. */
final class CreateDatabase {

  private static final Param<String> ID =
      Param.body("databaseId", Rules.newId(), "Its id, or `unique()`.");
  private static final Param<String> NAME = Param.body("name", Rules.text(128), "Its name.");
  private static final Param<Boolean> ENABLED =
      Param.body("enabled", Rules.bool(), "Whether clients may use it.").orElse(true);

  static Action in(Dialect words, Databases databases) {
    return post(words.root)
        .named(words.service, "create")
        .doc("Create a database", "Makes a database, empty and ready for " + words.table + "s.")
        .params(ID, NAME, ENABLED)
        .scopes(Scope.DATABASES_WRITE)
        .audits(Names.DATABASE_AUDIT)
        .emits(Names.DATABASE_EVENT + "create")
        .returns(
            201,
            Models.DATABASE,
            call ->
                databases.create(
                    call.change(), call.get(ID), call.get(NAME), call.get(ENABLED), words.type()));
  }

  private CreateDatabase() {}
}
