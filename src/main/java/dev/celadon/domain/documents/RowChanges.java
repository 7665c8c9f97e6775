package dev.celadon.domain.documents;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Fault;
import dev.celadon.api.Permission;
import dev.celadon.api.Permission.Kind;
import dev.celadon.domain.documents.free.FreeValues;
import dev.celadon.domain.documents.json.RowJson;
import dev.celadon.domain.documents.operators.Operation;
import dev.celadon.domain.documents.operators.Operator;
import dev.celadon.domain.documents.operators.Operators;
import dev.celadon.domain.documents.relations.LinkedChanges;
import dev.celadon.domain.documents.relations.LinkedDeletes;
import dev.celadon.domain.documents.sql.Expected;
import dev.celadon.domain.documents.sql.Happening;
import dev.celadon.domain.documents.sql.NewRow;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.DatabaseException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows as they are written: each call is one statement that decides whether the caller may, makes
 * the change and appends its event. What it answers is what it appended.
 *
 * <p>All futures fail with {@link Refusal}.
 */
public final class RowChanges {

  private static final Map<Column, @Nullable Object> NOTHING = Map.of();

  private final Db point;
  private final Shapes shapes;
  private final EventLog log;
  private final Clock clock;
  private final int most;
  private final LinkedChanges linked;
  private final Upserts upserts;

  /**
   * @param most rows that one call may write
   */
  RowChanges(Lanes lanes, Shapes shapes, EventLog log, Clock clock, int most) {
    this.point = lanes.point();
    this.shapes = shapes;
    this.log = log;
    this.clock = clock;
    this.most = most;
    this.upserts = new Upserts(lanes, shapes, this);
    this.linked = new LinkedChanges(lanes.transactions(), shapes, this::in);
  }

  /** Changes of rows together with those that they are linked to. */
  LinkedChanges linked() {
    return linked;
  }

  /** The same, in a transaction that sees tables as {@code seen} has them. */
  RowChanges in(Db tx, Shapes seen) {
    return new RowChanges(Lanes.of(tx), seen, log, clock, most);
  }

  /** Rows that are stored whether or not they exist. */
  public Upserts upserts() {
    return upserts;
  }

  /**
   * What a caller asks to be stored.
   *
   * @param permissions what the row shall grant; null leaves that as it is, or to the table
   * @param expected the versions that may be changed; null for any, or none
   */
  public record Draft(
      String id,
      JsonObject data,
      @Nullable List<Permission> permissions,
      @Nullable Expected expected) {

    /** What shall be stored whatever is there. */
    public Draft(String id, JsonObject data, @Nullable List<Permission> permissions) {
      this(id, data, permissions, null);
    }
  }

  /** Stores new rows, all or none, and answers each as JSON in the order of {@code drafts}. */
  public Future<List<String>> create(Change change, Table.Place place, List<Draft> drafts) {
    requireFew(drafts);
    return shapes
        .with(
            place,
            change.actor(),
            shape -> {
              var table = shape.table();
              if (LinkedChanges.concern(table, drafts)) return linked.create(change, place, drafts);
              Rows.requireOpen(change.actor(), table);
              Access.requireCreate(change.actor(), table);
              shape.views().requireRows(change.actor());
              var time = now();
              var rows = new ArrayList<NewRow>(drafts.size());
              for (var draft : drafts) rows.add(fresh(change.actor(), shape, draft, time));
              return insert(shape, rows, happening(change, table, false));
            })
        .recover(failure -> said(failure, drafts.getFirst().id()));
  }

  private Future<List<String>> insert(Shape shape, List<NewRow> rows, Happening happening) {
    var heads = rows.stream().map(RowJson::head).toArray(String[]::new);
    var tails = rows.stream().map(shape.json()::tail).toArray(String[]::new);
    var sql = shape.sql().created(rows, heads, tails, happening);
    return point
        .listAsync(row -> Map.entry(row.getString(0), row.getLong(1)), sql.text(), sql.args())
        .map(
            made -> {
              var sequences = new LinkedHashMap<String, Long>();
              for (var row : made) sequences.put(row.getKey(), row.getValue());
              var texts = new ArrayList<String>(rows.size());
              for (int i = 0; i < heads.length; i++) {
                texts.add(shape.opened(heads[i] + sequences.get(rows.get(i).id()) + tails[i]));
              }
              return texts;
            });
  }

  /** Changes what is given of one row; answers the whole row as JSON. */
  public Future<Buffer> update(Change change, Table.Place place, Draft draft) {
    return shapes
        .with(
            place,
            change.actor(),
            shape -> {
              if (LinkedChanges.concern(shape.table(), draft.data)) {
                return linked.update(change, place, draft);
              }
              Rows.requireOpen(change.actor(), shape.table());
              var values = given(change, shape, draft.data);
              if (values.isEmpty() && draft.permissions == null) {
                throw new Refusal(Fault.ROW_MISSING_PAYLOAD, draft.id);
              }
              return update(change, shape, draft, values);
            })
        .recover(failure -> said(failure, draft.id));
  }

  /** As {@link #update}; where nothing is given the row still gets a new version and an event. */
  public Future<Buffer> touch(Change change, Shape shape, Draft draft) {
    Rows.requireOpen(change.actor(), shape.table());
    return update(change, shape, draft, given(change, shape, draft.data))
        .recover(failure -> said(failure, draft.id));
  }

  /** Does one thing to one value of one row; answers the whole row as JSON. */
  public Future<Buffer> operate(Change change, Table.Place place, Deed deed) {
    var draft = new Draft(deed.id, new JsonObject(), null, deed.expected);
    return shapes
        .with(
            place,
            change.actor(),
            shape -> {
              Rows.requireOpen(change.actor(), shape.table());
              var values = operation(shape.table(), deed.column, deed.operator);
              shape.views().requireWrites(change.actor(), values.keySet(), Kind.UPDATE);
              return update(change, shape, draft, values);
            })
        .recover(failure -> said(failure, deed.id));
  }

  private static Map<Column, @Nullable Object> operation(
      Table table, String key, Operator operator) {
    if (table.free()) return Map.of(Column.DOCUMENT, FreeValues.patch(key, operator));
    var column = table.column(key);
    if (column == null) throw new Refusal(Fault.COLUMN_NOT_FOUND, key);
    if (!Operators.fits(column, operator.method())) {
      throw new Refusal(Fault.COLUMN_TYPE_INVALID, key);
    }
    return Map.of(column, Operators.of(column, operator));
  }

  /**
   * Something to be done to one value.
   *
   * @param id of the row
   * @param column as users call it
   * @param expected as in {@link Draft}
   */
  public record Deed(String id, String column, Operator operator, @Nullable Expected expected) {}

  Future<Buffer> update(
      Change change, Shape shape, Draft draft, Map<Column, @Nullable Object> values) {
    var actor = change.actor();
    var target = new Target(shape, Access.of(actor, shape.table(), Kind.UPDATE), draft);
    var row = row(actor, draft, now());
    var sql = target.where(shape.sql().update(row, values, draft.permissions != null));
    return logged(shape, sql, happening(change, shape.table(), false))
        .compose(found -> answer(target, actor, found));
  }

  /** Deletes one row; its event still goes to those who could read it. */
  public Future<Void> delete(
      Change change, Table.Place place, String id, @Nullable Expected expected) {
    var actor = change.actor();
    return shapes.with(
        place,
        actor,
        shape -> {
          Rows.requireOpen(actor, shape.table());
          var target = doomed(actor, shape, id, expected);
          if (LinkedDeletes.concern(shape.table())) {
            return linked
                .delete(change, place, work -> List.of(lock(work, change, target)))
                .mapEmpty();
          }
          var sql = target.where(shape.sql().delete());
          return logged(shape, sql, happening(change, shape.table(), true))
              .compose(found -> answer(target, actor, found))
              .mapEmpty();
        });
  }

  private static Target doomed(Actor actor, Shape shape, String id, @Nullable Expected expected) {
    var access = Access.of(actor, shape.table(), Kind.DELETE);
    return new Target(shape, access, new Draft(id, new JsonObject(), null, expected));
  }

  /** The id of the row, which waits; or a failure that says why it is not to be had. */
  private String lock(LinkedChanges.Within work, Change change, Target target) {
    var id = target.draft.id;
    var sql = target.where(work.shape().sql().lock()).add(" FOR UPDATE");
    if (work.tx().one(row -> true, sql.text(), sql.args()).isPresent()) return id;
    var now = new RowChanges(Lanes.of(work.tx()), work.shapes(), log, clock, most);
    now.answer(target, change.actor(), Optional.empty()).await();
    throw Rows.missing(id);
  }

  /** Whether a row holds all that {@code draft} gives already: nothing would change. */
  public boolean holds(Shape shape, Draft draft) {
    var values = Values.given(shape.table(), draft.data);
    if (values.values().stream().anyMatch(Operation.class::isInstance)) return false;
    var sql = shape.sql().holding(values).add(" AND _id = ").arg(draft.id);
    if (draft.permissions != null) {
      for (var kind : List.of(Kind.READ, Kind.UPDATE, Kind.DELETE)) {
        var roles = Permission.roles(draft.permissions, kind);
        sql.add(" AND _" + kind + " @> ").arg(roles, "text[]");
        sql.add(" AND _" + kind + " <@ ").arg(roles, "text[]");
      }
    }
    return point.one(row -> true, sql.text(), sql.args()).isPresent();
  }

  /** Gives rows a new version and an event: something that they are linked by has changed. */
  public void touchAll(Change change, Shape shape, List<String> ids) {
    if (ids.isEmpty()) return;
    var nothing = row(change.actor(), new Draft("", new JsonObject(), null), now());
    var update = shape.sql().update(nothing, NOTHING, false);
    run(shape, update, ids, happening(change, shape.table(), false));
  }

  /** Deletes rows, with an event for each; answers them as JSON, as they were. */
  public List<String> deleteAll(Change change, Shape shape, List<String> ids) {
    if (ids.isEmpty()) return List.of();
    return run(shape, shape.sql().delete(), ids, happening(change, shape.table(), true));
  }

  private List<String> run(Shape shape, Sql work, List<String> ids, Happening happening) {
    work.add("_id = ANY(").arg(ids.toArray(String[]::new), "text[]").add(")");
    var sql = shape.sql().logged(Sql.of("WITH "), work, happening);
    sql.add("SELECT payload::text FROM shown");
    return point.list(row -> shape.opened(row.getString(0)), sql.text(), sql.args());
  }

  /** One row that is to be changed, and who may. */
  private record Target(Shape shape, Access access, Draft draft) {

    Sql where(Sql change) {
      change.add("_id = ").arg(draft.id).add(" AND ").add(access.condition());
      if (draft.expected != null) change.add(" AND ").add(draft.expected.condition());
      return change;
    }
  }

  private Future<Optional<String>> logged(Shape shape, Sql change, Happening happening) {
    var sql = shape.sql().logged(Sql.of("WITH "), change, happening);
    sql.add("SELECT payload::text FROM shown");
    return point.oneAsync(row -> shape.opened(row.getString(0)), sql.text(), sql.args());
  }

  /**
   * Who may see a row that he may not change is told so, and who may change it that it is another
   * version; to all others it does not exist.
   */
  private Future<Buffer> answer(Target target, Actor actor, Optional<String> found) {
    if (found.isPresent()) return Future.succeededFuture(Buffer.buffer(found.get()));
    var shape = target.shape;
    var id = target.draft.id;
    return exists(shape, id, Access.of(actor, shape.table(), Kind.READ))
        .compose(
            seen -> {
              if (target.draft.expected == null)
                throw seen ? Refusal.unauthorized() : Rows.missing(id);
              if (!seen) throw Rows.missing(id);
              return exists(shape, id, target.access);
            })
        .map(
            may -> {
              throw may ? new Refusal(Fault.ROW_VERSION_MISMATCH, id) : Refusal.unauthorized();
            });
  }

  Future<Boolean> exists(Shape shape, String id, Access access) {
    var sql = shape.sql().exists(id, access.condition());
    return point.oneAsync(row -> true, sql.text(), sql.args()).map(Optional::isPresent);
  }

  Happening happening(Change change, Table table, boolean deletes) {
    return new Happening(
        change,
        log.trace(change),
        table,
        new Happening.Readers(Access.readers(table), Access.byRow(table)),
        deletes);
  }

  static NewRow fresh(Actor actor, Shape shape, Draft draft, OffsetDateTime time) {
    var granted = Access.ofNew(actor, shape.table(), draft.permissions);
    var values = Values.made(shape.table(), draft.data);
    shape.views().requireWrites(actor, values.keySet(), Kind.CREATE);
    return row(draft.id, time, granted, Values.completed(shape.whole(), values));
  }

  /** The values of a change, all of columns that the caller may change. */
  static Map<Column, @Nullable Object> given(Change change, Shape shape, JsonObject data) {
    var values = Values.given(shape.table(), data);
    shape.views().requireWrites(change.actor(), values.keySet(), Kind.UPDATE);
    return values;
  }

  static NewRow row(Actor actor, Draft draft, OffsetDateTime time) {
    var granted =
        draft.permissions == null
            ? List.<Permission>of()
            : Access.allowed(actor, draft.permissions);
    return row(draft.id, time, granted, NOTHING);
  }

  static NewRow row(
      String id,
      OffsetDateTime time,
      List<Permission> granted,
      Map<Column, @Nullable Object> values) {
    return new NewRow(
        id,
        time,
        Permission.roles(granted, Kind.READ),
        Permission.roles(granted, Kind.UPDATE),
        Permission.roles(granted, Kind.DELETE),
        values);
  }

  /** The most rows that one call may write. */
  public int most() {
    return most;
  }

  void requireFew(List<Draft> drafts) {
    if (drafts.isEmpty()) throw new Refusal(Fault.ROW_MISSING_DATA, "");
    if (drafts.size() > most) {
      throw new Refusal(Fault.BAD_REQUEST, "a call writes at most " + most + " rows");
    }
    var ids = new HashSet<String>();
    for (var draft : drafts) {
      if (!ids.add(draft.id)) throw new Refusal(Fault.ROW_ALREADY_EXISTS, draft.id);
    }
  }

  OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }

  /** What PostgreSQL refused, in the words of rows. */
  static <T> Future<T> said(Throwable failure, String id) {
    return Future.failedFuture(refusal(failure, id));
  }

  /** As {@link #said}, for those who wait. */
  static Throwable refusal(Throwable failure, String id) {
    return switch (failure) {
      case Db.Conflict e when e.constraint().endsWith("_id") ->
          new Refusal(Fault.ROW_ALREADY_EXISTS, id);
      case Db.Conflict e -> new Refusal(Fault.ROW_UNIQUE_CONSTRAINT_VIOLATION, "");
      case Db.Raised e -> Operators.refusal(e);
      case DatabaseException e when "54000".equals(e.getSqlState()) ->
          // A value is longer than an index takes, or the row than a page.
          new Refusal(Fault.ROW_INVALID_STRUCTURE, "a value is too long for an index");
      case DatabaseException e when Operators.refusal(e) instanceof Refusal refusal -> refusal;
      default -> failure;
    };
  }
}
