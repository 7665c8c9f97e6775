package dev.celadon.service.databases.insight;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.api.Scope;
import dev.celadon.domain.activities.Activity;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.users.LogEntry;
import dev.celadon.domain.users.UserModels;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Names;
import java.util.ArrayList;
import java.util.List;

/** What was done to a database, a table or a row, and by whom, the latest first. */
final class ReadLogs {

  private static final String LOGS = "/logs";

  static List<Action> in(Dialect words, Documents documents) {
    var actions = new ArrayList<>(List.of(ofTable(words, documents), ofRow(words, documents)));
    if (words != Dialect.TABLES_DB) actions.add(ofDatabase(words, documents));
    return actions;
  }

  private static Action ofDatabase(Dialect words, Documents documents) {
    return get(words.root + "/{databaseId}" + LOGS)
        .named(words.service, "listLogs")
        .doc("List logs", "What was done to a database and to all that is in it.")
        .params(Names.DATABASE, Names.QUERIES)
        .scopes(Scope.DATABASES_READ)
        .returns(
            200,
            UserModels.LOGS,
            call -> {
              documents.databases().of(words.form()).get(call.project(), call.get(Names.DATABASE));
              return within(words, documents, call, List.of(call.get(Names.DATABASE)));
            });
  }

  private static Action ofTable(Dialect words, Documents documents) {
    var table = words.tableId();
    return get(words.oneTable() + LOGS)
        .named(words.service, "list" + Dialect.capital(words.table) + "Logs")
        .doc(
            "List logs of a " + words.table,
            "What was done to a " + words.table + " and to its " + words.row + "s.")
        .params(Names.DATABASE, table, Names.QUERIES)
        .scopes(words.readTables())
        .returns(
            200,
            UserModels.LOGS,
            call -> {
              documents.tables().get(Names.place(call, table));
              return within(
                  words, documents, call, List.of(call.get(Names.DATABASE), call.get(table)));
            });
  }

  private static Action ofRow(Dialect words, Documents documents) {
    var table = words.tableId();
    var row = words.rowId();
    return get(words.oneRow() + LOGS)
        .named(words.service, "list" + Dialect.capital(words.row) + "Logs")
        .doc(
            "List logs of a " + words.row,
            "What was done to a " + words.row + ", also when it is there no more.")
        .params(Names.DATABASE, table, row, Names.QUERIES)
        .scopes(words.readRows())
        .returns(
            200,
            UserModels.LOGS,
            call -> {
              if (!call.actor().privileged()) throw Failure.with(Fault.USER_UNAUTHORIZED);
              var place = Names.place(call, table);
              documents.tables().get(place);
              var ids = List.of(call.get(Names.DATABASE), call.get(table), call.get(row));
              var page = within(words, documents, call, ids);
              if (page.total() == 0) requireRow(documents, call, place, call.get(row));
              return page;
            });
  }

  private static void requireRow(Documents documents, Call call, Table.Place place, String row) {
    documents.rows().get(call.actor(), place, row, List.of()).await();
  }

  private static Page<LogEntry> within(
      Dialect words, Documents documents, Call call, List<String> ids) {
    return documents
        .activities()
        .within(call.project(), words.events(), ids, call.get(Names.QUERIES))
        .map(ReadLogs::entry);
  }

  private static LogEntry entry(Activity activity) {
    return new LogEntry(
        activity.event(),
        activity.actorId(),
        activity.email(),
        activity.name(),
        activity.actor(),
        activity.mode(),
        activity.ip(),
        activity.time(),
        activity.agent());
  }

  private ReadLogs() {}
}
