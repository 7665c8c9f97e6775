package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Databases;
import java.util.List;

/** Shows one database, or a page of them. */
final class ReadDatabases {

  static List<Action> in(Dialect words, Databases databases) {
    var one =
        get(words.root + "/{databaseId}")
            .named(words.service, "get")
            .doc("Get a database", "Shows one database.")
            .params(Names.DATABASE)
            .scopes(Scope.DATABASES_READ)
            .returns(
                200,
                Models.DATABASE,
                call -> databases.get(call.project(), call.get(Names.DATABASE)));
    var all =
        get(words.root)
            .named(words.service, "list")
            .doc("List databases", "Shows the databases of the project, whoever made them.")
            .params(Names.QUERIES, Names.SEARCH, Names.TOTAL)
            .scopes(Scope.DATABASES_READ)
            .returns(
                200, Models.DATABASES, call -> databases.list(call.project(), Names.wanted(call)));
    return List.of(one, all);
  }

  private ReadDatabases() {}
}
