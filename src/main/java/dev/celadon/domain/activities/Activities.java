package dev.celadon.domain.activities;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.api.Query;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import java.util.ArrayList;
import java.util.List;

/** What happened in a project, the latest first; nothing of the time while audit was off. */
public final class Activities {

  private static final int LONGEST_ID = 18;

  /** Administrators are users of the console. */
  private static final String TABLE =
      """
      (SELECT e.project, e.id, e.time, e.event, e.ids, e.actor, e.ip, e.agent, e.audit,
        u.name AS user_name, u.email AS user_email
      FROM celadon.events e LEFT JOIN celadon.users u
        ON u.project = CASE WHEN e.actor LIKE 'admin:%' THEN 'console' ELSE e.project END
        AND u.id = substring(e.actor FROM '^(?:user|admin):(.*)$')
      WHERE e.actor <> '') activity
      """;

  private static final Listing<Activity> LISTING =
      new Listing<>(
          TABLE,
          Attributes.of(
              Attribute.integer("$id", "id"),
              Attribute.integer("$sequence", "id"),
              Attribute.text("event", "event"),
              Attribute.text("resource", "audit"),
              Attribute.text("ip", "ip"),
              Attribute.text("userAgent", "agent"),
              Attribute.text("actorType", "split_part(actor, ':', 1)"),
              Attribute.text("actorId", "split_part(actor, ':', 2)"),
              Attribute.text("userId", "split_part(actor, ':', 2)"),
              Attribute.time("time", "time"),
              Attribute.time("$createdAt", "time")),
          List.of(),
          Activity::of);

  private final Db list;

  public Activities(Lanes lanes) {
    this.list = lanes.list();
  }

  /**
   * The changes in {@code project} that fit.
   *
   * @throws Failure {@link Fault#QUERY_INVALID}, {@link Fault#CURSOR_NOT_FOUND}
   */
  public Page<Activity> list(String project, List<Query> queries) {
    return LISTING.page(list, project, latestFirst(queries));
  }

  /**
   * The changes of a database, a table or a row, and of all within it.
   *
   * @param root the first word of the names of the events, which indexes are of
   * @param ids of the database, the table and the row, as far as it goes
   */
  public Page<Activity> within(String project, String root, List<String> ids, List<Query> queries) {
    var scope = Sql.of("event LIKE '" + root + ".%' AND project = ").arg(project);
    for (int i = 0; i < ids.size(); i++) {
      scope.add(" AND ids[" + (i + 1) + "] = ").arg(ids.get(i));
    }
    return LISTING.page(list, scope, latestFirst(queries));
  }

  private static Listing.Wanted latestFirst(List<Query> queries) {
    var ordered = new ArrayList<>(queries);
    if (queries.stream().noneMatch(Activities::orders)) {
      ordered.add(new Query(Query.Method.ORDER_DESC, "", List.of()));
    }
    return Listing.Wanted.of(ordered, null, true);
  }

  /**
   * One change.
   *
   * @throws Failure {@link Fault#LOG_NOT_FOUND}
   */
  public Activity get(String project, String id) {
    if (!id.matches("[0-9]{1," + LONGEST_ID + "}")) throw missing(id);
    var sql = Sql.of("SELECT * FROM " + TABLE + " WHERE project = ").arg(project);
    sql.add(" AND id = ").arg(Long.parseLong(id));
    return list.one(Activity::of, sql.text(), sql.args()).orElseThrow(() -> missing(id));
  }

  private static Failure missing(String id) {
    return Failure.with(Fault.LOG_NOT_FOUND, id);
  }

  private static boolean orders(Query query) {
    return switch (query.method()) {
      case ORDER_ASC, ORDER_DESC, ORDER_RANDOM -> true;
      default -> false;
    };
  }
}
