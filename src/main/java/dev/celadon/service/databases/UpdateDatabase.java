package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.put;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Databases;

/** Renames a database, or switches it on or off for clients. */
final class UpdateDatabase {

  private static final Param<String> NAME =
      Param.body("name", Rules.text(128), "Its name.").optional();
  private static final Param<Boolean> ENABLED =
      Param.body("enabled", Rules.bool(), "Whether clients may use it.").optional();

  static Action in(Dialect words, Databases databases) {
    return put(words.root + "/{databaseId}")
        .named(words.service, "update")
        .doc("Update a database", "Changes what is given; the rest stays as it is.")
        .params(Names.DATABASE, NAME, ENABLED)
        .scopes(Scope.DATABASES_WRITE)
        .audits(Names.DATABASE_AUDIT)
        .emits(Names.DATABASE_EVENT + "update")
        .returns(
            200,
            Models.DATABASE,
            call ->
                databases.update(
                    call.change(), call.get(Names.DATABASE), call.find(NAME), call.find(ENABLED)));
  }

  private UpdateDatabase() {}
}
