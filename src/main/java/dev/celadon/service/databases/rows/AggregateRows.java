package dev.celadon.service.databases.rows;

import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Query;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Rows;
import dev.celadon.domain.documents.sql.Aggregate;
import dev.celadon.domain.documents.sql.AggregateSql;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Names;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Counts, sums and the like of rows. A reading with a body, because what it asks may be long. */
final class AggregateRows {

  private static final Param<List<Aggregate>> AGGREGATES =
      Param.body(
          "aggregates",
          Rules.list(Aggregate.rule(), Aggregate.MOST),
          "What to make of each group: {method, attribute, as}.");
  private static final Param<List<String>> GROUPS =
      Param.body(
              "groupBy",
              Rules.list(Rules.text(1, AggregateSql.MAX_NAME), AggregateSql.MOST_GROUPS),
              "The attributes that put rows into groups; one group of all without.")
          .orElse(List.of());
  private static final Param<List<Query>> HAVING =
      Param.body("having", Query.rule(), "Filters over groups, by the names of results.")
          .orElse(List.of());

  private static final Model<Buffer> ANSWER =
      Model.encoded("aggregateList")
          .field("total", Schema.INTEGER, list -> null, "How many groups there are in all.")
          .field("groups", Schema.list(Schema.OBJECT), list -> null, "Those of this page.");

  static Action in(Dialect words, Rows rows) {
    var table = words.tableId();
    return post(words.rows() + "/aggregate")
        .named(words.service, "aggregate" + Dialect.capital(words.row) + "s")
        .doc("Aggregate " + words.row + "s", "Groups those that one may read, and says of each.")
        .params(Names.DATABASE, table, Names.WHICH, AGGREGATES, GROUPS, HAVING)
        .scopes(words.readRows())
        .ours()
        .composes(
            200,
            ANSWER,
            call -> {
              var asked =
                  new AggregateSql.Asked(
                      call.get(Names.WHICH),
                      call.get(AGGREGATES),
                      call.get(GROUPS),
                      call.get(HAVING));
              var place = Names.place(call, table);
              return ReadRows.limited(call, rows.aggregate(call.actor(), place, asked));
            });
  }

  private AggregateRows() {}
}
