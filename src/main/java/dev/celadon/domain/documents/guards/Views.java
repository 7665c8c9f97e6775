package dev.celadon.domain.documents.guards;

import dev.celadon.api.Actor;
import dev.celadon.api.Permission.Kind;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.json.RowJson;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.documents.sql.RowSql;
import dev.celadon.domain.query.Spatial;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How a table looks to those who may not read all of its columns. */
public final class Views {

  /** How many are kept; there are as many as there are sets of columns that somebody may read. */
  private static final int MOST = 64;

  private final Table whole;
  private final Spatial spatial;
  private final Seals seals;
  private final boolean guarded;
  private final Map<Set<String>, Shape> kept = new ConcurrentHashMap<>(0);

  public Views(Table whole, Spatial spatial, Seals seals) {
    this.whole = whole;
    this.spatial = spatial;
    this.seals = seals;
    this.guarded =
        whole.columns().stream().anyMatch(column -> !column.guard().none())
            || whole.relations().stream().anyMatch(relation -> !relation.guard().none());
  }

  /** The table with all that is in it. */
  public Table whole() {
    return whole;
  }

  /** What of {@code shape}, that of the whole table, is there for {@code actor}. */
  public Shape of(Shape shape, Actor actor) {
    if (!guarded || actor.privileged()) return shape;
    var hidden = hidden(actor);
    if (hidden.isEmpty()) return shape;
    var known = kept.get(hidden);
    if (known != null) return known;
    var made = without(hidden);
    if (kept.size() < MOST) kept.put(hidden, made);
    return made;
  }

  private Set<String> hidden(Actor actor) {
    var hidden = new HashSet<String>();
    for (var column : whole.columns()) {
      if (!column.guard().reads(actor)) hidden.add(column.key());
    }
    for (var relation : whole.relations()) {
      if (!relation.guard().reads(actor)) hidden.add(relation.key());
    }
    return hidden;
  }

  private Shape without(Set<String> hidden) {
    var columns = whole.columns().stream().filter(c -> !hidden.contains(c.key())).toList();
    var relations =
        whole.relations().stream()
            .map(relation -> hidden.contains(relation.key()) ? relation.unseen() : relation)
            .toList();
    var seen = whole.with(columns, relations);
    return new Shape(
        seen, new RowSql(seen, whole, spatial, seals), new RowJson(whole, seals, hidden), this);
  }

  /** Refuses values for columns that {@code actor} may not give any, in one of these ways. */
  public void requireWrites(Actor actor, Collection<Column> columns, Kind... kinds) {
    if (!guarded || actor.privileged()) return;
    for (var column : columns) require(actor, column.guard(), kinds);
  }

  /** The same for links. */
  public void requireLinks(Actor actor, Collection<Relation> relations, Kind... kinds) {
    if (!guarded || actor.privileged()) return;
    for (var relation : relations) require(actor, relation.guard(), kinds);
  }

  private static void require(Actor actor, Guard guard, Kind... kinds) {
    for (var kind : kinds) if (!guard.writes(actor, kind)) throw Refusal.unauthorized();
  }

  /**
   * Refuses new rows by who may not give a value to a column that needs one: the row could only be
   * incomplete. The refusal names no column.
   */
  public void requireRows(Actor actor) {
    if (!guarded || actor.privileged()) return;
    for (var column : whole.columns()) {
      if (!column.required()) continue;
      if (!column.guard().reads(actor)) throw Refusal.unauthorized();
      require(actor, column.guard(), Kind.CREATE);
    }
  }
}
