package dev.celadon.domain.documents.relations;

import dev.celadon.api.Change;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Deletes rows and does to those that are linked to them what their relationships say. That is the
 * rule of whoever designed the tables, so it asks no permission of the related rows: linking did.
 */
public final class LinkedDeletes {

  /** The most rows that may go, or lose a link, with one call. */
  static final int MAX_ROWS = 10_000;

  private final Db tx;
  private final Change change;
  private final RowChanges rows;
  private final Function<String, Shape> shapes;
  private final Map<Long, Doomed> doomed = new LinkedHashMap<>();
  private int count;

  /**
   * Deletes in one transaction.
   *
   * @param shapes the shape of a table, by its id
   */
  LinkedDeletes(Db tx, Change change, RowChanges rows, Function<String, Shape> shapes) {
    this.tx = tx;
    this.change = change;
    this.rows = rows;
    this.shapes = shapes;
  }

  /** The rows of one table that go. */
  private record Doomed(Shape shape, Set<String> ids) {}

  /** Whether a deletion of a row of {@code table} may concern other rows. */
  public static boolean concern(Table table) {
    for (var relation : table.relations()) {
      boolean apart = relation.kept() != Relation.Kept.HERE;
      if (apart || relation.onDeleteHere() != Relation.OnDelete.SET_NULL) return true;
    }
    return false;
  }

  /** Deletes rows that are locked already and may be deleted; answers them as they were. */
  List<String> delete(Shape shape, List<String> ids) {
    doom(shape, ids);
    for (var one : doomed.values()) requireFree(one);
    var released = new LinkedHashMap<Long, Doomed>();
    for (var one : doomed.values()) release(one, released);
    for (var one : released.values()) {
      var left = doomed.get(one.shape.table().number());
      if (left != null) one.ids.removeAll(left.ids);
      rows.touchAll(Verb.UPDATE.of(change), one.shape, List.copyOf(one.ids));
    }
    var gone = rows.deleteAll(change, shape, ids);
    for (var one : doomed.values()) {
      var rest = new ArrayList<>(one.ids);
      if (one.shape.table().number() == shape.table().number()) rest.removeAll(ids);
      rows.deleteAll(Verb.DELETE.of(change), one.shape, rest);
    }
    return gone;
  }

  /** Finds all that goes with rows, by cascades and cascades of these. */
  private void doom(Shape shape, Collection<String> ids) {
    var known =
        doomed.computeIfAbsent(
            shape.table().number(), number -> new Doomed(shape, new LinkedHashSet<>()));
    var fresh = ids.stream().filter(known.ids::add).toList();
    if (fresh.isEmpty()) return;
    requireFew(fresh.size());
    for (var relation : shape.table().relations()) {
      if (relation.onDeleteHere() != Relation.OnDelete.CASCADE) continue;
      var there = shapes.apply(relation.other());
      doom(there, linked(new Sides(shape.table(), there.table(), relation), fresh));
    }
  }

  private void requireFew(int more) {
    count += more;
    if (count > MAX_ROWS) {
      throw new Refusal(Fault.BAD_REQUEST, "more than " + MAX_ROWS + " related rows are concerned");
    }
  }

  /** The ids of the rows that are linked to {@code ids}, locked. */
  private List<String> linked(Sides sides, Collection<String> ids) {
    var relation = sides.relation();
    var sql = Sql.of("SELECT t._id FROM " + sides.there().sql() + " AS t WHERE ");
    switch (relation.kept()) {
      case HERE ->
          sql.add("t._id IN (SELECT " + relation.link() + " FROM " + sides.here().sql())
              .add(" WHERE _id = ANY(");
      case THERE -> sql.add("(t." + relation.link() + " = ANY(");
      case APART ->
          sql.add("t._id IN (SELECT " + relation.far() + " FROM " + sides.pairs())
              .add(" WHERE " + relation.near() + " = ANY(");
    }
    sql.arg(Links.texts(ids), "text[]").add(")) ORDER BY t._id");
    sql.add(" LIMIT " + (MAX_ROWS + 1) + " FOR UPDATE");
    return tx.list(row -> row.getString(0), sql.text(), sql.args());
  }

  /** Refuses the call where a row stays that keeps another from going. */
  private void requireFree(Doomed going) {
    var table = going.shape.table();
    for (var relation : table.relations()) {
      if (relation.onDeleteHere() != Relation.OnDelete.RESTRICT) continue;
      var there = shapes.apply(relation.other());
      var linked = linked(new Sides(table, there.table(), relation), going.ids);
      if (!staying(there, linked).isEmpty()) throw new Refusal(Fault.ROW_DELETE_RESTRICTED, "");
    }
  }

  private List<String> staying(Shape there, List<String> linked) {
    var going = doomed.get(there.table().number());
    if (going == null) return linked;
    return linked.stream().filter(id -> !going.ids.contains(id)).toList();
  }

  /** Undoes all links of rows that go; notes those that lose one and stay. */
  private void release(Doomed going, Map<Long, Doomed> released) {
    var table = going.shape.table();
    var ids = Links.texts(going.ids);
    for (var relation : table.relations()) {
      var there = shapes.apply(relation.other());
      var sides = new Sides(table, there.table(), relation);
      switch (relation.kept()) {
        case HERE -> unlink(table, relation, "_id", ids);
        case THERE -> {
          var staying = staying(there, linked(sides, going.ids));
          requireFew(staying.size());
          unlink(there.table(), relation, relation.link(), ids);
          released
              .computeIfAbsent(
                  there.table().number(), number -> new Doomed(there, new LinkedHashSet<>()))
              .ids
              .addAll(staying);
        }
        case APART ->
            tx.run(
                "DELETE FROM " + sides.pairs() + " WHERE " + relation.near() + " = ANY($1::text[])",
                (Object) ids);
      }
    }
  }

  private void unlink(Table holder, Relation relation, String by, String[] ids) {
    tx.run(
        "UPDATE %1$s SET %2$s = NULL WHERE %3$s = ANY($1::text[]) AND %2$s IS NOT NULL"
            .formatted(holder.sql(), relation.link(), by),
        (Object) ids);
  }
}
