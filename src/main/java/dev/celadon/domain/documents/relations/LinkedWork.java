package dev.celadon.domain.documents.relations;

import dev.celadon.api.Change;
import dev.celadon.api.Ids;
import dev.celadon.api.Permission;
import dev.celadon.api.Permission.Kind;
import dev.celadon.api.PermissionWords;
import dev.celadon.api.Rule;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.RowChanges.Draft;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Shapes;
import dev.celadon.domain.documents.Table;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows and their related rows, written in one transaction. */
final class LinkedWork {

  /** The most rows that one call may write through others. */
  static final int MAX_NESTED = 500;

  private static final Rule<List<Permission>> PERMISSIONS = PermissionWords.rule();

  private final Db tx;
  private final Change change;
  private final Shapes shapes;
  private final RowChanges rows;
  private final Links links;
  private int nested;

  LinkedWork(Db tx, Change change, Shapes shapes, RowChanges rows) {
    this.tx = tx;
    this.change = change;
    this.shapes = shapes;
    this.rows = rows;
    this.links = new Links(tx, Verb.UPDATE.of(change), rows);
  }

  Shape shape(Table.Place place) {
    return shapes.with(place, change.actor(), Future::succeededFuture).await();
  }

  String create(Change change, Shape shape, Draft draft, int depth) {
    var table = shape.table();
    requireLinks(shape, draft, Kind.CREATE);
    var text = rows.create(change, table.place(), List.of(plain(table, draft))).await().getFirst();
    link(shape, draft, depth, true);
    return text;
  }

  String update(Change change, Shape shape, Draft draft, int depth) {
    var table = shape.table();
    requireLinks(shape, draft, Kind.UPDATE);
    var text = rows.touch(change, shape, plain(table, draft)).await().toString();
    link(shape, draft, depth, false);
    return text;
  }

  String upsert(Change change, Shape shape, Draft draft) {
    var table = shape.table();
    requireLinks(shape, draft, Kind.CREATE, Kind.UPDATE);
    var text = rows.upserts().one(change, table.place(), plain(table, draft)).await().toString();
    link(shape, draft, 0, false);
    return text;
  }

  LinkedChanges.Within within(Shape shape) {
    return new LinkedChanges.Within(tx, shapes, shape);
  }

  List<String> delete(Shape shape, List<String> ids) {
    var place = shape.table().place();
    return new LinkedDeletes(tx, change, rows, other -> shape(place.beside(other)))
        .delete(shape, ids);
  }

  private void requireLinks(Shape shape, Draft draft, Kind... kinds) {
    var named = Asked.named(shape.table(), draft.data());
    shape.views().requireLinks(change.actor(), named, kinds);
  }

  private static Draft plain(Table table, Draft draft) {
    var plain = Asked.plain(table, draft.data());
    return new Draft(draft.id(), plain, draft.permissions(), draft.expected());
  }

  private void link(Shape shape, Draft draft, int depth, boolean fresh) {
    for (var asked : Asked.of(shape.table(), draft.data())) {
      var there = shape(shape.table().place().beside(asked.relation().other()));
      var sides = new Sides(shape.table(), there.table(), asked.relation());
      var wanted = new Links.Wanted();
      for (var item : asked.items()) {
        boolean whole = item instanceof JsonObject;
        wanted.ids().add(whole ? nest(there, (JsonObject) item, depth + 1, wanted) : (String) item);
      }
      links.set(sides, there, draft.id(), wanted, fresh);
    }
  }

  /** Stores a related row; one that exists is changed by what is given of it. */
  private String nest(Shape there, JsonObject row, int depth, Links.Wanted wanted) {
    if (depth > Reach.MAX_DEPTH) {
      throw Asked.invalid("rows may be written through at most " + Reach.MAX_DEPTH + " others");
    }
    if (++nested > MAX_NESTED) {
      throw Asked.invalid("a call writes at most " + MAX_NESTED + " rows through others");
    }
    var id = row.getValue("$id");
    if (id == null || Ids.UNIQUE.equals(id)) {
      return made(there, new Draft(Ids.unique(), row, permissions(row)), depth, wanted);
    }
    if (!(id instanceof String known) || !Ids.valid(known)) {
      throw Asked.invalid("the $id of a related row is not an id");
    }
    var draft = new Draft(known, row, permissions(row));
    if (!exists(there, known)) return made(there, draft, depth, wanted);
    if (says(there, draft)) return known;
    update(Verb.UPDATE.of(change), there, draft, depth);
    wanted.changed().add(known);
    return known;
  }

  /** Whether {@code draft} says nothing new: it is what somebody read, or an id alone. */
  private boolean says(Shape there, Draft draft) {
    if (Asked.any(there.table(), draft.data())) return false;
    return rows.holds(there, draft);
  }

  private String made(Shape there, Draft draft, int depth, Links.Wanted wanted) {
    create(Verb.CREATE.of(change), there, draft, depth);
    wanted.made().add(draft.id());
    return draft.id();
  }

  private boolean exists(Shape there, String id) {
    var sql = there.sql().exists(id, Visible.to(change.actor(), there.table()));
    return tx.one(row -> true, sql.text(), sql.args()).isPresent();
  }

  private static @Nullable List<Permission> permissions(JsonObject row) {
    var permissions = row.getValue("$permissions");
    if (permissions == null) return null;
    try {
      return PERMISSIONS.accept(permissions);
    } catch (Rule.Refused refused) {
      throw Asked.invalid("the $permissions of a related row " + refused.reason());
    }
  }

  /** {@code text}, the row of {@code draft} as JSON, with the related rows that it speaks of. */
  String shown(Shape shape, Draft draft, String text) {
    var branches = branches(shape, List.of(draft.data()), 1);
    if (branches.isEmpty()) return text;
    var ids = List.of(draft.id());
    return Loaded.of(tx, change.actor(), branches, ids).await().with(text, draft.id());
  }

  private List<Branch> branches(Shape shape, List<JsonObject> data, int depth) {
    var branches = new ArrayList<Branch>();
    if (depth > Reach.MAX_DEPTH) return branches;
    for (var relation : shape.table().relations()) {
      if (data.stream().noneMatch(row -> row.containsKey(relation.key()))) continue;
      if (!relation.shown()) continue;
      var there = shape(shape.table().place().beside(relation.other()));
      var inner = new ArrayList<JsonObject>();
      for (var row : data) {
        for (var asked : Asked.of(shape.table(), row)) {
          if (!asked.relation().equals(relation)) continue;
          for (var item : asked.items()) if (item instanceof JsonObject one) inner.add(one);
        }
      }
      var columns = there.table().columns();
      branches.add(new Branch(relation, shape, there, columns, branches(there, inner, depth + 1)));
    }
    return branches;
  }
}
