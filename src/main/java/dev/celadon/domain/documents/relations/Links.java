package dev.celadon.domain.documents.relations;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Permission.Kind;
import dev.celadon.domain.documents.Access;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links between rows, as callers set them. Linking takes the right to read the related row. Where
 * the link is kept in that row it changes, which takes the right to update it; and where its life
 * comes to depend on the other's by a cascade, the right to delete it. Links to rows that the
 * caller may not read are left as they are.
 */
final class Links {

  private final Db tx;
  private final Change change;
  private final Actor actor;
  private final RowChanges rows;

  /**
   * Links in one transaction.
   *
   * @param change that of related rows
   */
  Links(Db tx, Change change, RowChanges rows) {
    this.tx = tx;
    this.change = change;
    this.actor = change.actor();
    this.rows = rows;
  }

  /**
   * What a row shall be linked to.
   *
   * @param made those of {@code ids} that this call made
   * @param changed those that it has changed already
   */
  record Wanted(Set<String> ids, Set<String> made, Set<String> changed) {

    Wanted() {
      this(new LinkedHashSet<>(), new HashSet<>(), new HashSet<>());
    }

    /** Whether there has been an event of the row in this call. */
    boolean wasSaid(String id) {
      return made.contains(id) || changed.contains(id);
    }
  }

  /** What the caller may do to a related row. */
  private record Rights(boolean update, boolean delete) {}

  /** Links the row {@code id} to exactly what is wanted, as far as the caller may see. */
  void set(Sides sides, Shape there, String id, Wanted wanted, boolean fresh) {
    var linked = fresh ? Map.<String, Rights>of() : linked(sides, id);
    var added = wanted.ids.stream().filter(one -> !linked.containsKey(one)).toList();
    var removed = new ArrayList<String>();
    linked.forEach(
        (one, rights) -> {
          if (wanted.ids.contains(one)) return;
          if (sides.relation().kept() == Relation.Kept.THERE && !rights.update) {
            throw Refusal.unauthorized();
          }
          removed.add(one);
        });
    requireRights(sides, wanted, added);
    switch (sides.relation().kept()) {
      case HERE -> {
        if (!added.isEmpty()) point(sides, List.of(id), added.getFirst());
        else if (wanted.ids.isEmpty()) point(sides, List.of(id), null);
      }
      case THERE -> {
        point(sides, removed, null);
        point(sides, added, id);
        added.stream().filter(one -> !wanted.wasSaid(one)).forEach(removed::add);
        rows.touchAll(change, there, removed);
      }
      case APART -> pair(sides, id, added, removed);
    }
  }

  /** Refuses what may not be linked; what may not be read is not there. */
  private void requireRights(Sides sides, Wanted wanted, List<String> added) {
    var others = added.stream().filter(id -> !wanted.made.contains(id)).toList();
    if (others.isEmpty()) return;
    var found = rights(sides, Sql.of("_id = ANY(").arg(texts(others), "text[]").add(")"));
    boolean changes = sides.relation().kept() == Relation.Kept.THERE;
    boolean cascades = sides.relation().onDeleteHere() == Relation.OnDelete.CASCADE;
    for (var id : others) {
      var rights = found.get(id);
      if (rights == null) throw Asked.invalid("there is no row '" + id + "' to link to");
      if (changes && !rights.update && !wanted.changed.contains(id)) throw Refusal.unauthorized();
      if (cascades && !rights.delete) throw Refusal.unauthorized();
    }
  }

  /** The rows to which {@code id} is linked, of those that the caller may read. */
  private Map<String, Rights> linked(Sides sides, String id) {
    var relation = sides.relation();
    var which =
        switch (relation.kept()) {
          case HERE ->
              Sql.of("_id = (SELECT " + relation.link() + " FROM " + sides.here().sql())
                  .add(" WHERE _id = ")
                  .arg(id, "text")
                  .add(")");
          case THERE -> Sql.of(relation.link() + " = ").arg(id, "text");
          case APART ->
              Sql.of("_id IN (SELECT " + relation.far() + " FROM " + sides.pairs())
                  .add(" WHERE " + relation.near() + " = ")
                  .arg(id, "text")
                  .add(")");
        };
    return rights(sides, which);
  }

  private Map<String, Rights> rights(Sides sides, Sql which) {
    var there = sides.there();
    boolean changes = sides.relation().kept() == Relation.Kept.THERE;
    var sql = Sql.of("SELECT _id, (").add(Access.of(actor, there, Kind.UPDATE).condition());
    sql.add("), (").add(Access.of(actor, there, Kind.DELETE).condition());
    sql.add(") FROM " + there.sql() + " AS t WHERE ").add(which);
    sql.add(" AND ").add(Visible.to(actor, there));
    sql.add(" ORDER BY _id LIMIT " + (Loaded.MAX_LOADED + 1));
    sql.add(changes ? " FOR NO KEY UPDATE" : " FOR KEY SHARE");
    var rights = new LinkedHashMap<String, Rights>();
    tx.list(
        row -> rights.put(row.getString(0), new Rights(row.getBoolean(1), row.getBoolean(2))),
        sql.text(),
        sql.args());
    if (rights.size() > Loaded.MAX_LOADED) {
      throw Asked.invalid("more than " + Loaded.MAX_LOADED + " rows are linked");
    }
    return rights;
  }

  /** Has the rows {@code ids} of the table that keeps the links point to {@code target}. */
  private void point(Sides sides, List<String> ids, @Nullable String target) {
    if (ids.isEmpty()) return;
    tx.run(
        "UPDATE "
            + sides.holder().sql()
            + " SET "
            + sides.relation().link()
            + " = $1::text WHERE _id = ANY($2::text[])",
        target,
        texts(ids));
  }

  private void pair(Sides sides, String id, List<String> added, List<String> removed) {
    var relation = sides.relation();
    if (!added.isEmpty()) {
      tx.run(
          "INSERT INTO %s (%s, %s) SELECT $1::text, unnest($2::text[]) ON CONFLICT DO NOTHING"
              .formatted(sides.pairs(), relation.near(), relation.far()),
          id,
          texts(added));
    }
    if (!removed.isEmpty()) {
      tx.run(
          "DELETE FROM %s WHERE %s = $1::text AND %s = ANY($2::text[])"
              .formatted(sides.pairs(), relation.near(), relation.far()),
          id,
          texts(removed));
    }
  }

  static String[] texts(Collection<String> ids) {
    return ids.toArray(String[]::new);
  }
}
