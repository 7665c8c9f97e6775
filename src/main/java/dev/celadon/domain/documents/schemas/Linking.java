package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.relations.RelationColumns;
import java.util.Objects;

/** Makes and changes relationships, whose two columns are two things to the engine. */
final class Linking {

  static Step make(String table, Design.OfLink link) {
    return Step.of(
        Step.Part.COLUMN_CREATE,
        table,
        link,
        hand -> {
          var change = hand.change(Step.Part.COLUMN_CREATE);
          hand.engine.relationColumns().create(change, hand.place(table), link.draft());
          var there = hand.place(link.draft().other());
          var otherKey = link.otherKey();
          if (otherKey == null || link.there().none()) return;
          hand.engine
              .relationColumns()
              .update(
                  hand.change(Step.Part.COLUMN_UPDATE),
                  there,
                  otherKey,
                  new RelationColumns.Update(null, null, link.there()));
        });
  }

  static void change(Step.Hand hand, String table, Design.OfLink from, Design.OfLink to) {
    var columns = hand.engine.relationColumns();
    var change = hand.change(Step.Part.COLUMN_UPDATE);
    var there = hand.place(to.draft().other());
    boolean here =
        !from.key().equals(to.key())
            || from.draft().onDelete() != to.draft().onDelete()
            || !Sameness.guards(from.draft().guard(), to.draft().guard());
    if (here) {
      columns.update(
          change,
          hand.place(table),
          from.key(),
          new RelationColumns.Update(to.draft().onDelete(), to.key(), to.draft().guard()));
    }
    var otherKey = from.otherKey();
    if (otherKey == null) return;
    boolean same =
        Objects.equals(otherKey, to.otherKey()) && Sameness.guards(from.there(), to.there());
    if (same) return;
    columns.update(
        change, there, otherKey, new RelationColumns.Update(null, to.otherKey(), to.there()));
  }

  private Linking() {}
}
