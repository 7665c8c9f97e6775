package dev.celadon.domain.documents.schemas;

import dev.celadon.domain.documents.Index;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.indexing.IndexPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps between the indexes of a table and those that it shall have. */
final class IndexSteps {

  private final Table now;
  private final Design.OfTable wanted;
  private final Map<String, String> keys;
  private final IndexPlan plan;
  private final Planner planner;
  private final Set<String> kept = new HashSet<>();

  /**
   * @param keys what the columns that stay shall be called, by their names in SQL
   */
  IndexSteps(Planner.Pair pair, Map<String, String> keys, Planner planner) {
    this.now = pair.now();
    this.wanted = pair.wanted();
    this.keys = keys;
    this.plan = new IndexPlan(Drawing.table(now.place(), wanted), planner.spatial());
    this.planner = planner;
    for (var index : wanted.indexes()) {
      var old = now.index(index.draft().key());
      if (old != null && same(old, index)) kept.add(old.key());
    }
  }

  private boolean same(Index old, Design.OfIndex index) {
    var draft = index.draft();
    var columns = old.columns().stream().map(this::keyOf).toList();
    if (!old.kind().equals(draft.kind()) || !columns.equals(draft.columns())) return false;
    int size = columns.size();
    var lengths = plan.lengths(draft.kind(), plan.columns(draft.kind(), columns), draft.lengths());
    return Sameness.orders(old.orders(), draft.orders(), size)
        && (Sameness.lengths(old.lengths(), draft.lengths(), size)
            || Sameness.lengths(old.lengths(), lengths, size));
  }

  /** What a column shall be called; null where it does not stay. */
  private @Nullable String keyOf(String sql) {
    var own = now.keyOf(sql);
    return own.startsWith("$") ? own : keys.get(sql);
  }

  void drop(List<Step> steps) {
    var drawn = Drawing.of(List.of(now)).tables().getFirst().indexes();
    for (var index : drawn) {
      var key = index.draft().key();
      if (kept.contains(key)) continue;
      planner.locks().use(List.of(now.sql()));
      steps.add(
          Step.gone(
              Step.Part.INDEX_DELETE,
              wanted.id(),
              index,
              false,
              hand ->
                  hand.engine
                      .indexes()
                      .delete(hand.change(Step.Part.INDEX_DELETE), hand.place(wanted.id()), key)));
    }
  }

  void add(List<Step> steps) {
    for (var index : wanted.indexes()) {
      if (kept.contains(index.draft().key())) continue;
      if (!planner.losses().large(now)) planner.locks().write(now.sql());
      steps.add(
          Step.of(
              Step.Part.INDEX_CREATE,
              wanted.id(),
              index,
              hand ->
                  hand.begun.add(
                      hand.engine
                          .indexes()
                          .begin(
                              hand.change(Step.Part.INDEX_CREATE),
                              hand.place(wanted.id()),
                              index.draft()))));
    }
  }
}
