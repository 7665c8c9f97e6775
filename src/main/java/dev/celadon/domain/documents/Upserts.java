package dev.celadon.domain.documents;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Fault;
import dev.celadon.api.Permission.Kind;
import dev.celadon.domain.documents.RowChanges.Draft;
import dev.celadon.domain.documents.operators.Operation;
import dev.celadon.domain.documents.relations.LinkedChanges;
import dev.celadon.domain.documents.sql.NewRow;
import dev.celadon.domain.documents.sql.UpsertSql;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.DatabaseException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that are stored where they do not exist, and changed where they do. */
public final class Upserts {

  private final Db point;
  private final Db transactions;
  private final Shapes shapes;
  private final RowChanges changes;

  Upserts(Lanes lanes, Shapes shapes, RowChanges changes) {
    this.point = lanes.point();
    this.transactions = lanes.transactions();
    this.shapes = shapes;
    this.changes = changes;
  }

  /** Stores one row, or changes what is given of one that exists; answers the row as JSON. */
  public Future<Buffer> one(Change change, Table.Place place, Draft draft) {
    return shapes
        .with(
            place,
            change.actor(),
            shape -> {
              if (LinkedChanges.concern(shape.table(), draft.data())) {
                return changes.linked().upsert(change, place, draft);
              }
              Rows.requireOpen(change.actor(), shape.table());
              Access.requireCreate(change.actor(), shape.table());
              // Whoever expects a version expects a row: none is made then.
              if (draft.expected() != null) return changed(change, shape, draft);
              shape.views().requireRows(change.actor());
              var group = group(change.actor(), shape, List.of(draft)).getFirst();
              var sql = sql(change, shape, group);
              return point
                  .oneAsync(row -> shape.opened(row.getString(1)), sql.text(), sql.args())
                  .compose(
                      found ->
                          found.isPresent()
                              ? Future.succeededFuture(Buffer.buffer(found.get()))
                              : refused(shape, change.actor(), draft.id()));
            })
        .recover(failure -> RowChanges.said(failure, draft.id()));
  }

  private Future<Buffer> changed(Change change, Shape shape, Draft draft) {
    var values = RowChanges.given(change, shape, draft.data());
    return changes
        .update(change, shape, draft, values)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof Refusal r && r.fault() == Fault.ROW_NOT_FOUND
                        ? new Refusal(Fault.ROW_VERSION_MISMATCH, draft.id())
                        : failure));
  }

  private Future<Buffer> refused(Shape shape, Actor actor, String id) {
    return changes
        .exists(shape, id, Access.of(actor, shape.table(), Kind.READ))
        .map(
            seen -> {
              throw seen ? Refusal.unauthorized() : new Refusal(Fault.ROW_ALREADY_EXISTS, id);
            });
  }

  /** Stores each draft as {@link #one} does, all or none; answers the rows as JSON. Waits. */
  public List<String> many(Change change, Table.Place place, List<Draft> drafts) {
    changes.requireFew(drafts);
    try {
      return transactions.tx(tx -> all(tx, change, place, drafts));
    } catch (Values.Unknown unknown) {
      throw unknown.refusal();
    } catch (Db.Conflict | Db.Raised refused) {
      throw thrown(refused);
    } catch (DatabaseException refused) {
      if (!Shapes.outdated(refused)) throw thrown(refused);
      // The table went or changed after its shape was read; the second time it says which.
      return transactions.tx(tx -> all(tx, change, place, drafts));
    }
  }

  private static RuntimeException thrown(RuntimeException refused) {
    return RowChanges.refusal(refused, "") instanceof RuntimeException said ? said : refused;
  }

  private List<String> all(Db tx, Change change, Table.Place place, List<Draft> drafts) {
    var shape = shapes.of(TableRows.read(tx, place)).seenBy(change.actor());
    if (LinkedChanges.concern(shape.table(), drafts)) {
      return changes.in(tx, shapes.in(tx)).linked().upsertAll(change, place, drafts);
    }
    Rows.requireOpen(change.actor(), shape.table());
    Access.requireCreate(change.actor(), shape.table());
    shape.views().requireRows(change.actor());
    var stored = new HashMap<String, String>();
    for (var group : group(change.actor(), shape, drafts)) {
      var sql = sql(change, shape, group);
      tx.list(
          row -> stored.put(row.getString(0), shape.opened(row.getString(1))),
          sql.text(),
          sql.args());
    }
    if (stored.size() < drafts.size()) throw Refusal.unauthorized();
    return drafts.stream().map(draft -> stored.get(draft.id())).toList();
  }

  /** Drafts that give the same columns and do the same to them: one statement stores them. */
  private record Group(Key key, List<Draft> drafts, List<Map<Column, @Nullable Object>> values) {}

  /**
   * @param part so that a statement gets no more than it takes
   */
  private record Key(
      Set<Column> given, Map<Column, Operation> operations, boolean permissions, int part) {}

  /** In the order of ids: callers who store the same rows wait for each other. */
  private static List<Group> group(Actor actor, Shape shape, List<Draft> drafts) {
    var groups = new LinkedHashMap<Key, Group>();
    int most = BulkRows.together(shape.table(), drafts.size());
    int number = 0;
    for (var draft : drafts.stream().sorted(Comparator.comparing(Draft::id)).toList()) {
      var values = Values.given(shape.table(), draft.data());
      // Which of the two it will be, only the statement finds out.
      shape.views().requireWrites(actor, values.keySet(), Kind.CREATE, Kind.UPDATE);
      var operations = new HashMap<Column, Operation>();
      values.forEach(
          (column, value) -> {
            if (value instanceof Operation operation && operation.computes())
              operations.put(column, operation);
          });
      boolean granted = draft.permissions() != null;
      var key = new Key(values.keySet(), operations, granted, number++ / most);
      var group =
          groups.computeIfAbsent(key, k -> new Group(k, new ArrayList<>(), new ArrayList<>()));
      group.drafts.add(draft);
      group.values.add(values);
    }
    return List.copyOf(groups.values());
  }

  /** Stores a group; returns id and JSON of each row. */
  private Sql sql(Change change, Shape shape, Group group) {
    var upsert = upsert(change.actor(), shape, group, changes.now());
    var happening = changes.happening(change, shape.table(), false);
    var sql = shape.sql().logged(Sql.of("WITH "), upsert, happening);
    sql.add("SELECT _id, payload::text");
    if (!group.key.operations.isEmpty()) sql.add(", celadon.sure(_version)");
    return sql.add(" FROM shown");
  }

  private static Sql upsert(Actor actor, Shape shape, Group group, OffsetDateTime time) {
    var table = shape.table();
    var given = group.values.getFirst();
    var rows = new ArrayList<NewRow>(group.drafts.size());
    for (int i = 0; i < group.drafts.size(); i++) {
      var draft = group.drafts.get(i);
      var granted = Access.ofNew(actor, table, draft.permissions());
      var values = Values.completed(shape.whole(), new LinkedHashMap<>(group.values.get(i)));
      rows.add(RowChanges.row(draft.id(), time, granted, values));
    }
    var allowed = Access.of(actor, table, Kind.UPDATE).condition();
    return shape
        .sql()
        .upserts()
        .of(rows, given, new UpsertSql.Conflict(group.key.permissions, allowed));
  }
}
