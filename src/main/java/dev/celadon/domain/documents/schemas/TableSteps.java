package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.Tables;
import dev.celadon.domain.documents.relations.Relation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The steps from a table that is there to the same table as it shall be. */
final class TableSteps {

  private final Planner.Pair pair;
  private final Planner planner;
  private final Table now;
  private final Design.OfTable wanted;
  private final Renames names;
  private final Map<Column, Design.OfColumn> kept = new LinkedHashMap<>();
  private final Map<Relation, Design.OfLink> keptLinks = new LinkedHashMap<>();

  TableSteps(Planner planner, Planner.Pair pair) {
    this.planner = planner;
    this.pair = pair;
    this.now = pair.now();
    this.wanted = pair.wanted();
    var keys = now.columns().stream().map(Column::key).collect(Collectors.toSet());
    Drawing.links(now).forEach(relation -> keys.add(relation.key()));
    this.names = new Renames(Renames.of(wanted.keyed().toList()), keys);
    for (var column : wanted.columns()) {
      var source = names.source(column.key());
      var old = source == null ? null : now.column(source);
      if (old != null && Planner.converts(old, column)) kept.put(old, column);
    }
    for (var link : wanted.links()) {
      var source = names.source(link.key());
      for (var relation : Drawing.links(now)) {
        boolean same = relation.key().equals(source) && planner.stays(relation, link);
        if (same) keptLinks.put(relation, link);
      }
    }
  }

  /** Takes relationships away, while both tables are still there under their old ids. */
  void dropLinks(List<Step> steps) {
    for (var relation : Drawing.links(now)) {
      if (keptLinks.containsKey(relation)) continue;
      var key = relation.key();
      planner.lockLink(now, relation);
      steps.add(
          Step.gone(
              Step.Part.COLUMN_DELETE,
              now.id(),
              planner.drawn(relation),
              planner.losesLinks(now, relation),
              hand -> {
                hand.place(relation.other());
                var change = hand.change(Step.Part.COLUMN_DELETE);
                hand.engine.columns().delete(change, hand.place(now.id()), key);
              }));
    }
  }

  void dropColumns(List<Step> steps) {
    for (var column : now.columns()) {
      if (kept.containsKey(column)) continue;
      planner.locks().use(List.of(now.sql()));
      steps.add(
          Step.gone(
              Step.Part.COLUMN_DELETE,
              wanted.id(),
              Drawing.column(column),
              planner.losses().values(now, column),
              hand ->
                  hand.engine
                      .columns()
                      .delete(
                          hand.change(Step.Part.COLUMN_DELETE),
                          hand.place(wanted.id()),
                          column.key())));
    }
  }

  /** Renames and changes columns, each when its new name is free. */
  void changeColumns(List<Step> steps) {
    var changes = new LinkedHashMap<String, Step>();
    kept.forEach(
        (old, column) -> {
          if (!same(old, column)) changes.put(old.key(), change(old, column));
        });
    keptLinks.forEach(
        (old, link) -> {
          var from = planner.drawn(old);
          if (!from.same(link)) changes.put(old.key(), change(from, link));
        });
    var taken = new HashSet<String>();
    kept.keySet().forEach(column -> taken.add(column.key()));
    keptLinks.keySet().forEach(relation -> taken.add(relation.key()));
    for (var key : names.order(List.copyOf(changes.keySet()), taken)) {
      if (changes.get(key) instanceof Step step) steps.add(step);
    }
  }

  private static boolean same(Column old, Design.OfColumn column) {
    var draft = column.draft();
    return old.key().equals(draft.key())
        && old.kind() == draft.kind()
        && Sameness.settings(old.settings(), draft.settings())
        && Sameness.guards(old.guard(), draft.guard());
  }

  private Step change(Column old, Design.OfColumn column) {
    var draft = column.draft();
    var update =
        new Columns.Update(
            old.key(), draft.kind(), draft.key(), settings -> draft.settings(), draft.guard());
    return new Step(
        Step.Part.COLUMN_UPDATE,
        wanted.id(),
        column.key(),
        Drawing.column(old),
        column,
        false,
        planner.losses().contradiction(now, old, draft),
        hand ->
            hand.engine
                .columns()
                .convert(hand.change(Step.Part.COLUMN_UPDATE), hand.place(wanted.id()), update));
  }

  private Step change(Design.OfLink from, Design.OfLink link) {
    return new Step(
        Step.Part.COLUMN_UPDATE,
        wanted.id(),
        link.key(),
        from,
        link,
        false,
        null,
        hand -> Linking.change(hand, wanted.id(), from, link));
  }

  void changeTable(List<Step> steps) {
    var from = Drawing.traits(now);
    var to = wanted.traits();
    if (from.same(to)) return;
    var update = new Tables.Update(to.name(), to.permissions(), to.secured(), to.enabled());
    steps.add(
        new Step(
            Step.Part.TABLE_UPDATE,
            wanted.id(),
            "",
            from,
            to,
            false,
            null,
            hand ->
                hand.engine
                    .tables()
                    .update(hand.change(Step.Part.TABLE_UPDATE), hand.place(wanted.id()), update)));
  }

  void addColumns(List<Step> steps) {
    for (var column : wanted.columns()) {
      if (kept.containsValue(column)) continue;
      planner.locks().use(List.of(now.sql()));
      steps.add(
          Step.of(
              Step.Part.COLUMN_CREATE,
              wanted.id(),
              column,
              hand ->
                  hand.engine
                      .columns()
                      .create(
                          hand.change(Step.Part.COLUMN_CREATE),
                          hand.place(wanted.id()),
                          column.draft())));
    }
  }

  void addLinks(List<Step> steps) {
    for (var link : wanted.links()) {
      if (!keptLinks.containsValue(link)) steps.add(planner.link(wanted.id(), link));
    }
  }

  /** Those of its indexes, which go before columns go and come when all columns are there. */
  IndexSteps indexes() {
    var keys = new LinkedHashMap<String, String>();
    kept.forEach((column, to) -> keys.put(column.sql(), to.key()));
    return new IndexSteps(pair, keys, planner);
  }
}
