package dev.celadon.service.databases.insight;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.usage.Span;
import dev.celadon.domain.documents.usage.Usage.Part;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Names;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Figures of all databases, of one, or of one table. */
final class ReadUsage {

  private static final Map<String, Span> SPANS =
      Stream.of(Span.values()).collect(Collectors.toMap(Span::toString, span -> span));

  private static final Param<Span> RANGE =
      Param.query(
              "range",
              Rules.mapped(
                  Rules.oneOf("24h", "30d", "90d"), wire -> SPANS.getOrDefault(wire, Span.MONTH)),
              "The time to look back on, by hours or by days.")
          .orElse(Span.MONTH);

  static List<Action> in(Dialect words, Documents documents) {
    return List.of(
        ofAll(words, documents), ofDatabase(words, documents), ofTable(words, documents));
  }

  private static Action ofAll(Dialect words, Documents documents) {
    return get(words.root + "/usage")
        .named(words.service, "listUsage")
        .doc("Get usage of all databases", "How much there is, and how much happens to it.")
        .params(RANGE)
        .scopes(words.readTables())
        .returns(
            200,
            UsageModels.DATABASES,
            call -> {
              var part = new Part(call.project(), words.events(), "", "");
              return documents.usage().of(part, call.get(RANGE));
            });
  }

  private static Action ofDatabase(Dialect words, Documents documents) {
    return get(words.root + "/{databaseId}/usage")
        .named(words.service, "getUsage")
        .doc("Get usage of a database", "How much is in one, and how much happens to it.")
        .params(Names.DATABASE, RANGE)
        .scopes(words.readTables())
        .returns(
            200,
            UsageModels.DATABASE,
            call -> {
              var id = call.get(Names.DATABASE);
              documents.databases().of(words.form()).get(call.project(), id);
              var part = new Part(call.project(), words.events(), id, "");
              return documents.usage().of(part, call.get(RANGE));
            });
  }

  private static Action ofTable(Dialect words, Documents documents) {
    var table = words.tableId();
    var noun = Dialect.capital(words.table);
    return get(words.oneTable() + "/usage")
        .named(words.service, "get" + noun + "Usage")
        .doc("Get usage of a " + words.table, "How much is in one, and how much is added.")
        .params(Names.DATABASE, table, RANGE)
        .scopes(words.readTables())
        .returns(
            200,
            UsageModels.table("Usage" + noun, words.row + "s"),
            call -> {
              var place = Names.place(call, table);
              documents.tables().get(place);
              var part = new Part(place.project(), words.events(), place.database(), place.table());
              return documents.usage().of(part, call.get(RANGE));
            });
  }

  private ReadUsage() {}
}
