package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Index;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes a design of tables that are there, and a table of a design, to try indexes on. */
public final class Drawing {

  /** The design of a database that has these tables. */
  static Design of(List<Table> tables) {
    return new Design(tables.stream().map(table -> of(table, tables)).toList());
  }

  private static Design.OfTable of(Table table, List<Table> all) {
    return new Design.OfTable(
        table.id(),
        null,
        traits(table),
        table.columns().stream().map(Drawing::column).toList(),
        links(table).stream().map(relation -> link(relation, all)).toList(),
        table.indexes().stream().map(index -> index(table, index)).toList());
  }

  static Design.Traits traits(Table table) {
    return new Design.Traits(table.name(), table.enabled(), table.secured(), table.permissions());
  }

  static Design.OfColumn column(Column column) {
    return new Design.OfColumn(
        new Columns.Draft(column.key(), column.kind(), column.settings(), column.guard()), null);
  }

  /** The relations that were made in {@code table}. */
  static List<Relation> links(Table table) {
    return table.relations().stream().filter(Relation::parent).toList();
  }

  static Design.OfLink link(Relation relation, List<Table> all) {
    var draft =
        new RelationColumns.Draft(
            relation.other(),
            relation.kind(),
            relation.twoWay(),
            relation.key(),
            relation.twoWay() ? relation.otherKey() : null,
            relation.onDelete(),
            relation.guard());
    var there =
        all.stream()
            .filter(table -> table.number() == relation.otherNumber())
            .flatMap(table -> table.relations().stream())
            .filter(other -> other.number() == relation.number() && !other.parent())
            .map(Relation::guard)
            .findFirst();
    return new Design.OfLink(draft, there.orElse(Guard.NONE), null);
  }

  private static Design.OfIndex index(Table table, Index index) {
    var keys = index.columns().stream().map(table::keyOf).toList();
    return new Design.OfIndex(
        new Indexes.Draft(index.key(), index.kind(), keys, index.orders(), index.lengths()));
  }

  /** A table as {@code wanted} says, that nobody has made: its columns have numbers of no worth. */
  public static Table table(Table.Place place, Design.OfTable wanted) {
    var columns = new ArrayList<Column>();
    for (var column : wanted.columns()) {
      var draft = column.draft();
      columns.add(
          new Column(
              columns.size(),
              draft.key(),
              draft.kind(),
              draft.settings(),
              draft.guard(),
              Instant.EPOCH,
              Instant.EPOCH));
    }
    var traits = wanted.traits();
    return new Table(
        place,
        0,
        0,
        traits.name(),
        traits.enabled(),
        true,
        traits.secured(),
        traits.permissions(),
        columns,
        List.of(),
        List.of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private Drawing() {}
}
