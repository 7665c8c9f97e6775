package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.Tables;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.domain.query.Spatial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps from the tables that are there to those that shall be. Whatever goes, goes first, so
 * that its name is free; then what stays is renamed and changed, then what is new is made.
 */
final class Planner {

  /** A table that is there and what it shall be. */
  record Pair(Table now, Design.OfTable wanted) {}

  private final List<Table> now;
  private final Design wanted;
  private final Losses losses;
  private final Spatial spatial;
  private final Locks locks = new Locks();
  private final Renames names;
  private final Map<String, Table> byId = new LinkedHashMap<>();

  Planner(List<Table> now, Design wanted, Losses losses, Spatial spatial) {
    this.now = now;
    this.wanted = wanted;
    this.losses = losses;
    this.spatial = spatial;
    now.forEach(table -> byId.put(table.id(), table));
    var ids = new HashMap<String, @Nullable String>();
    wanted.tables().forEach(table -> ids.put(table.id(), table.renamedFrom()));
    this.names = new Renames(ids, byId.keySet());
  }

  Losses losses() {
    return losses;
  }

  /** What the steps need for themselves; known once there are {@link #steps}. */
  Locks locks() {
    return locks;
  }

  /** What is needed of a table to make or take away a relationship of it. */
  void lockLink(Table table, Relation relation) {
    var there = Objects.requireNonNull(byId.get(relation.other()));
    var keeper = RelationColumns.keeper(table, there, relation);
    locks.use(List.of(table.sql(), there.sql(), keeper));
  }

  /** What is needed to link the rows of two tables, as far as they are there. */
  private void lockNew(String table, Design.OfLink link) {
    for (var id : List.of(table, link.draft().other())) {
      var source = names.source(id);
      var there = source == null ? null : byId.get(source);
      if (there != null) locks.use(List.of(there.sql()));
    }
  }

  /** Makes a relationship of the table that is to be called {@code table}. */
  Step link(String table, Design.OfLink link) {
    lockNew(table, link);
    return Linking.make(table, link);
  }

  Spatial spatial() {
    return spatial;
  }

  /** Whether values stay what they are where {@code old} becomes {@code column}. */
  static boolean converts(Column old, Design.OfColumn column) {
    var draft = column.draft();
    return draft.kind().takes(old.kind())
        && old.array() == draft.settings().array()
        && old.encrypted() == draft.settings().encrypt();
  }

  /** Whether links stay what they are where {@code old} becomes {@code link}. */
  boolean stays(Relation old, Design.OfLink link) {
    return old.kind() == link.draft().kind()
        && old.twoWay() == link.draft().twoWay()
        && Objects.equals(names.target(old.other()), link.draft().other());
  }

  Design.OfLink drawn(Relation relation) {
    return Drawing.link(relation, now);
  }

  boolean losesLinks(Table table, Relation relation) {
    return losses.links(table, Objects.requireNonNull(byId.get(relation.other())), relation);
  }

  List<Step> steps() {
    var kept = new LinkedHashMap<String, TableSteps>();
    for (var table : wanted.tables()) {
      var source = names.source(table.id());
      if (source == null) continue;
      var pair = new Pair(Objects.requireNonNull(byId.get(source)), table);
      kept.put(table.id(), new TableSteps(this, pair));
    }
    var steps = new ArrayList<Step>();
    var stay = kept.values();
    stay.forEach(table -> table.dropLinks(steps));
    dropTables(steps);
    renameTables(steps);
    var indexes = stay.stream().map(TableSteps::indexes).toList();
    indexes.forEach(table -> table.drop(steps));
    stay.forEach(table -> table.dropColumns(steps));
    stay.forEach(table -> table.changeColumns(steps));
    stay.forEach(table -> table.changeTable(steps));
    for (var table : wanted.tables()) if (!kept.containsKey(table.id())) steps.add(make(table));
    stay.forEach(table -> table.addColumns(steps));
    for (var table : wanted.tables()) {
      var old = kept.get(table.id());
      if (old != null) old.addLinks(steps);
      else table.links().forEach(link -> steps.add(link(table.id(), link)));
    }
    indexes.forEach(table -> table.add(steps));
    return steps;
  }

  private void dropTables(List<Step> steps) {
    for (var table : now) {
      if (names.target(table.id()) != null) continue;
      var drawn = Drawing.of(List.of(table)).tables().getFirst();
      locks.use(List.of(table.sql()));
      table.relations().forEach(relation -> lockLink(table, relation));
      steps.add(
          Step.gone(
              Step.Part.TABLE_DELETE,
              table.id(),
              drawn,
              losses.rows(table),
              hand -> {
                table.relations().forEach(relation -> hand.place(relation.other()));
                var change = hand.change(Step.Part.TABLE_DELETE);
                hand.engine.tables().delete(change, hand.place(table.id()));
              }));
    }
  }

  private void renameTables(List<Step> steps) {
    var froms =
        byId.keySet().stream()
            .filter(id -> names.target(id) != null && !id.equals(names.target(id)))
            .toList();
    var taken = new HashSet<>(byId.keySet());
    taken.removeIf(id -> names.target(id) == null);
    for (var from : names.order(froms, taken)) {
      var to = Objects.requireNonNull(names.target(from));
      var table = Objects.requireNonNull(byId.get(from));
      steps.add(
          new Step(
              Step.Part.TABLE_RENAME,
              to,
              "",
              new Design.Id(from),
              new Design.Id(to),
              false,
              null,
              hand -> {
                hand.place(to);
                table.relations().forEach(relation -> hand.place(relation.other()));
                hand.engine
                    .tables()
                    .rename(
                        hand.change(Step.Part.TABLE_DELETE),
                        hand.change(Step.Part.TABLE_CREATE),
                        hand.place(from),
                        to);
              }));
    }
  }

  private static Step make(Design.OfTable table) {
    var traits = table.traits();
    var draft =
        new Tables.Draft(
            traits.name(),
            traits.permissions(),
            traits.secured(),
            traits.enabled(),
            table.columns().stream().map(Design.OfColumn::draft).toList(),
            List.of(),
            table.indexes().stream().map(Design.OfIndex::draft).toList());
    return Step.of(
        Step.Part.TABLE_CREATE,
        table.id(),
        table,
        hand ->
            hand.engine
                .tables()
                .create(hand.change(Step.Part.TABLE_CREATE), hand.place(table.id()), draft));
  }
}
