package dev.celadon.domain.users;

import dev.celadon.api.Page;
import dev.celadon.api.Query;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import java.util.ArrayList;
import java.util.List;

/** What users did: a reading of the event log, the latest first. */
public final class Logs {

  private static final Attributes ATTRIBUTES =
      Attributes.of(
          Attribute.integer("$id", "id"),
          Attribute.integer("$sequence", "id"),
          Attribute.text("event", "event"),
          Attribute.text("ip", "ip"),
          Attribute.time("time", "time"));

  private static final Listing<LogEntry> BY_USER =
      new Listing<>("celadon.events", ATTRIBUTES, List.of(), LogEntry::of);

  private final Db list;

  public Logs(Postgres postgres) {
    this.list = postgres.list();
  }

  /** What {@code user} did in the project. */
  public Page<LogEntry> list(String project, User user, List<Query> queries, boolean total) {
    // An id alone may be that of a key, too; it is what the index knows.
    var scope = Sql.of("project = ").arg(project).add(" AND actor = ").arg("user:" + user.id());
    scope.add(" AND split_part(actor, ':', 2) = ").arg(user.id());
    return BY_USER
        .page(list, scope, new Listing.Wanted(latestFirst(queries), "", total))
        .map(entry -> entry.by(user));
  }

  private static List<Query> latestFirst(List<Query> queries) {
    var ordered = new ArrayList<>(queries);
    if (queries.stream().noneMatch(Logs::orders)) {
      ordered.add(new Query(Query.Method.ORDER_DESC, "", List.of()));
    }
    return ordered;
  }

  private static boolean orders(Query query) {
    return switch (query.method()) {
      case ORDER_ASC, ORDER_DESC, ORDER_RANDOM -> true;
      default -> false;
    };
  }
}
