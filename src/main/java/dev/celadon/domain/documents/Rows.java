package dev.celadon.domain.documents;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Permission.Kind;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.json.JsonText;
import dev.celadon.domain.documents.relations.Loaded;
import dev.celadon.domain.documents.relations.Reach;
import dev.celadon.domain.documents.sql.AggregateSql;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Listing;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows as they are read: each call is one statement that also decides whether the caller may. A row
 * that a caller may not read is for him a row that does not exist.
 *
 * <p>All futures fail with {@link Refusal}, or with {@link Failure} where a query is at fault.
 */
public final class Rows {

  /** How long a row usually is as JSON; a longer one only costs a copy. */
  private static final int ROW_CHARACTERS = 1_024;

  private final Db point;
  private final Db pages;
  private final Db lists;
  private final Shapes shapes;
  private final CommonReaders common;

  Rows(Lanes lanes, Shapes shapes, CommonReaders common) {
    this.point = lanes.point();
    this.pages = lanes.page();
    this.lists = lanes.list();
    this.shapes = shapes;
    this.common = common;
  }

  /** One row as JSON, with all of its columns or with those that {@code select} names. */
  public Future<Buffer> get(Actor actor, Table.Place place, String id, List<Query> queries) {
    return shapes.with(
        place,
        actor,
        shape -> {
          requireOpen(actor, shape.table());
          return read(actor, shape, queries, reading -> get(reading, id));
        });
  }

  /** Reads what {@code queries} ask for, after what they lead to where that is other tables. */
  private Future<Buffer> read(
      Actor actor, Shape shape, List<Query> queries, Function<Reading, Future<Buffer>> work) {
    var access = Access.of(actor, shape.table(), Kind.READ);
    if (!Reach.beyond(shape.table(), queries)) {
      var criteria = Criteria.of(queries, shape.sql().attributes());
      return work.apply(new Reading(shape, access, criteria, null));
    }
    return Reach.of(shapes, actor, shape, queries)
        .compose(
            reach -> reach.watch(work.apply(new Reading(shape, access, reach.criteria(), reach))));
  }

  private Future<Buffer> get(Reading reading, String id) {
    var shape = reading.shape;
    var shown = shown(shape.table(), reading.criteria);
    var sql = shape.sql().get(shown, id, reading.access.condition());
    if (reading.reach == null) {
      return point
          .oneAsync(row -> text(shape, row, shown, reading.criteria), sql.text(), sql.args())
          .map(found -> Buffer.buffer(found.orElseThrow(() -> missing(id))));
    }
    return point
        .oneAsync(row -> row, sql.text(), sql.args())
        .map(found -> found.orElseThrow(() -> missing(id)))
        .compose(
            row ->
                reading
                    .reach
                    .load(lists, List.of(id))
                    .map(
                        loaded -> {
                          var out = new JsonText(ROW_CHARACTERS);
                          loaded.write(out, shape, row, shown);
                          return Buffer.buffer(out.toString());
                        }));
  }

  /**
   * What is asked of a list.
   *
   * @param plural what the rows are called in the answer
   * @param total whether to count all that match
   */
  public record Wanted(List<Query> queries, boolean total, String plural) {}

  /** A page of rows as JSON. */
  public Future<Buffer> list(Actor actor, Table.Place place, Wanted wanted) {
    return shapes.with(
        place,
        actor,
        shape -> {
          requireReadable(actor, shape.table());
          return read(actor, shape, wanted.queries, reading -> list(reading, wanted));
        });
  }

  /**
   * Keeps rows from being changed by others until the end of the transaction that this engine works
   * in. They are taken in the order of their ids; those that are not there are left out.
   */
  public Future<Integer> hold(Table.Place place, List<String> ids) {
    return shapes.with(
        place,
        shape ->
            point.runAsync(
                "SELECT 1 FROM "
                    + shape.table().sql()
                    + " WHERE _id = ANY ($1) ORDER BY _id FOR UPDATE",
                (Object) ids.toArray(String[]::new)));
  }

  private Future<Buffer> list(Reading reading, Wanted wanted) {
    return cursor(reading)
        .compose(cursor -> page(reading, cursor))
        .compose(page -> answer(reading, page, wanted));
  }

  /**
   * A row or a list under way.
   *
   * @param reach where its queries lead to other tables, what they lead to
   */
  private record Reading(Shape shape, Access access, Criteria criteria, @Nullable Reach reach) {}

  private Future<List<@Nullable Object>> cursor(Reading reading) {
    var id = reading.criteria.cursor();
    if (id == null) return Future.succeededFuture(List.of());
    var visible = reading.access.condition();
    var sql = reading.shape.sql().cursor(reading.criteria, id, visible);
    return point
        .oneAsync(Listing::values, sql.text(), sql.args())
        .map(found -> found.orElseThrow(() -> Failure.with(Fault.CURSOR_NOT_FOUND)));
  }

  private Future<List<Row>> page(Reading reading, List<@Nullable Object> cursor) {
    var shape = reading.shape;
    var shown = shown(shape.table(), reading.criteria);
    var sql = shape.sql().page(shown, reading.criteria, cursor, reading.access.condition());
    boolean plain = !reading.criteria.filtered() && reading.reach == null;
    var db = plain && common.include(reading.access, shape.table().sql()) ? pages : lists;
    return db.listAsync(row -> row, sql.text(), sql.args());
  }

  private Future<Buffer> answer(Reading reading, List<Row> page, Wanted wanted) {
    var criteria = reading.criteria;
    var rows = criteria.backwards() ? page.reversed() : page;
    long known = wanted.total ? criteria.totalOf(rows.size()) : 0;
    if (known >= 0) return list(reading, known, wanted.plural, rows);
    var sql = reading.shape.sql().count(criteria, reading.access.condition());
    return lists
        .oneAsync(row -> row.getLong(0), sql.text(), sql.args())
        .compose(count -> list(reading, count.orElse(0L), wanted.plural, rows));
  }

  private Future<Buffer> list(Reading reading, long total, String plural, List<Row> rows) {
    if (reading.reach == null) {
      return Future.succeededFuture(list(reading, total, plural, rows, null));
    }
    var ids = rows.stream().map(row -> row.getString(0)).toList();
    return reading.reach.load(lists, ids).map(found -> list(reading, total, plural, rows, found));
  }

  private static Buffer list(
      Reading reading, long total, String plural, List<Row> rows, @Nullable Loaded loaded) {
    var out = opened(64 + rows.size() * ROW_CHARACTERS, total, plural);
    var shown = shown(reading.shape.table(), reading.criteria);
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) out.raw(',');
      if (loaded == null)
        reading.shape.json().write(out, rows.get(i), shown, reading.criteria.select());
      else loaded.write(out, reading.shape, rows.get(i), shown);
    }
    return Buffer.buffer(out.raw("]}").toString());
  }

  private static JsonText opened(int size, long total, String plural) {
    var out = new JsonText(size).raw("{\"total\":").number(total).raw(",");
    return out.string(plural).raw(":[");
  }

  /** {@code {total, <plural>: [...]}} of rows that are JSON already. */
  public static Buffer list(long total, String plural, List<String> rows) {
    int size = 64;
    for (var row : rows) size += row.length() + 1;
    var out = opened(size, total, plural);
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) out.raw(',');
      out.raw(rows.get(i));
    }
    return Buffer.buffer(out.raw("]}").toString());
  }

  private static String text(Shape shape, Row row, List<Column> shown, Criteria criteria) {
    var out = new JsonText(ROW_CHARACTERS);
    shape.json().write(out, row, shown, criteria.select());
    return out.toString();
  }

  /** The columns to show; names of the system's own fields choose none, they are always there. */
  private static List<Column> shown(Table table, Criteria criteria) {
    Set<String> select = criteria.select();
    if (select.isEmpty() || table.free()) return table.columns();
    return table.columns().stream().filter(column -> select.contains(column.key())).toList();
  }

  /**
   * Groups of the rows that the caller may read, each with what was made of it, as JSON: {@code
   * {total, groups: [...]}}, where the total is that of all groups.
   */
  public Future<Buffer> aggregate(Actor actor, Table.Place place, AggregateSql.Asked asked) {
    return shapes
        .with(
            place,
            actor,
            shape -> {
              var access = requireReadable(actor, shape.table());
              var names = asked.named();
              if (!Reach.beyond(shape.table(), names)) {
                return aggregate(shape, shape.sql().attributes(), asked, access);
              }
              return Reach.of(shapes, actor, shape, names)
                  .compose(
                      reach -> reach.watch(aggregate(shape, reach.attributes(), asked, access)));
            })
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof DatabaseException e && OUT_OF_RANGE.equals(e.getSqlState())
                        ? Failure.with(Fault.QUERY_INVALID, "a sum is out of the range of numbers")
                        : failure))
        .map(Optional::orElseThrow);
  }

  private Future<Optional<Buffer>> aggregate(
      Shape shape, Attributes attributes, AggregateSql.Asked asked, Access access) {
    var sql = shape.sql().aggregate(asked, attributes, access.condition());
    return lists.oneAsync(Rows::groups, sql.text(), sql.args());
  }

  private static final String OUT_OF_RANGE = "22003";

  private static Buffer groups(Row row) {
    var out = new JsonText(ROW_CHARACTERS).raw("{\"total\":").number(row.getLong(0));
    return Buffer.buffer(out.raw(",\"groups\":").raw(row.getString(1)).raw('}').toString());
  }

  /** A table that is switched off is there only for keys and admins. */
  static void requireOpen(Actor actor, Table table) {
    if (actor.privileged()) return;
    if (!table.active()) throw new Refusal(Fault.DATABASE_NOT_FOUND, table.database());
    if (!table.enabled()) throw new Refusal(Fault.TABLE_NOT_FOUND, table.id());
  }

  /** As {@link #requireOpen}, for who may read at least some of its rows: which, is answered. */
  public static Access requireReadable(Actor actor, Table table) {
    requireOpen(actor, table);
    var access = Access.of(actor, table, Kind.READ);
    if (!access.some()) throw Refusal.unauthorized();
    return access;
  }

  static Refusal missing(String id) {
    return new Refusal(Fault.ROW_NOT_FOUND, id);
  }
}
