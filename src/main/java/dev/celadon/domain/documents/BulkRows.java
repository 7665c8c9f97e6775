package dev.celadon.domain.documents;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Permission.Kind;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.sql.RowSql;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;

/**
 * Many rows at once: all or none, each with its own event, at most {@value RowChanges#MAX_BULK}. A
 * row that the caller may read but not change refuses the whole call.
 */
public final class BulkRows {

  private final Db lists;
  private final Shapes shapes;
  private final RowChanges changes;

  BulkRows(Lanes lanes, Shapes shapes, RowChanges changes) {
    this.lists = lanes.list();
    this.shapes = shapes;
    this.changes = changes;
  }

  /** What a statement says of one row that it changed, and of all that it found. */
  private record Outcome(long hits, boolean allowed, String payload) {
    static Outcome of(Row row) {
      var payload = row.getString(2);
      return new Outcome(row.getLong(0), row.getBoolean(1), payload == null ? "" : payload);
    }
  }

  /** Changes the rows that match; answers them as JSON. */
  public Future<List<String>> update(
      Change change, Table.Place place, JsonObject data, List<Query> queries) {
    return shapes
        .with(
            place,
            shape -> {
              var values = Values.given(shape.table(), data);
              if (values.isEmpty()) throw new Refusal(Fault.ROW_MISSING_PAYLOAD, "");
              var draft = new RowChanges.Draft("", data, null);
              var row = RowChanges.row(change.actor(), draft, changes.now());
              var update = shape.sql().update(row, values, false);
              return run(change, shape, queries, new Work(Kind.UPDATE, update));
            })
        .recover(failure -> RowChanges.said(failure, ""));
  }

  /** Deletes the rows that match; answers them as JSON, as they were. */
  public Future<List<String>> delete(Change change, Table.Place place, List<Query> queries) {
    return shapes.with(
        place, shape -> run(change, shape, queries, new Work(Kind.DELETE, shape.sql().delete())));
  }

  /** A statement up to its WHERE, and the permission that it takes. */
  private record Work(Kind kind, Sql statement) {}

  private Future<List<String>> run(Change change, Shape shape, List<Query> queries, Work work) {
    var table = shape.table();
    Rows.requireOpen(change.actor(), table);
    var read = Access.of(change.actor(), table, Kind.READ);
    if (!read.some()) throw new Refusal(Fault.USER_UNAUTHORIZED, "");
    var criteria = Criteria.of(queries, shape.sql().attributes());
    if (criteria.cursor() != null) {
      throw Failure.with(Fault.QUERY_INVALID, "a cursor has no place in a change of many rows");
    }
    var allowed = Access.of(change.actor(), table, work.kind).condition();
    var head = shape.sql().hits(criteria, read.condition(), allowed, RowChanges.MAX_BULK);
    var statement = work.statement.add(RowSql.hit(RowChanges.MAX_BULK));
    var happening = changes.happening(change, table, work.kind == Kind.DELETE);
    var sql = shape.sql().logged(head, statement, happening);
    sql.add("SELECT hits, verdict.allowed, payload::text FROM verdict LEFT JOIN shown ON TRUE");
    return lists.listAsync(Outcome::of, sql.text(), sql.args()).map(BulkRows::payloads);
  }

  private static List<String> payloads(List<Outcome> outcomes) {
    var first = outcomes.getFirst();
    if (first.hits > RowChanges.MAX_BULK) {
      throw new Refusal(
          Fault.BAD_REQUEST, "more than " + RowChanges.MAX_BULK + " rows match; set a limit");
    }
    if (!first.allowed) throw new Refusal(Fault.USER_UNAUTHORIZED, "");
    if (first.hits == 0) return List.of();
    return outcomes.stream().map(Outcome::payload).toList();
  }
}
