package dev.celadon.domain.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition of what follows one row in an order of several steps. */
final class Keyset {

  /**
   * What comes strictly after the row that holds {@code values} in the columns of {@code steps}.
   * The first line bounds the first step by itself, which lets an index begin at the cursor.
   */
  static Sql after(List<Order> steps, List<@Nullable Object> values) {
    var condition = Sql.of("(");
    var bound = bound(steps.getFirst(), values.getFirst());
    if (!bound.isEmpty()) bound = narrowed(steps.getFirst(), values.getFirst(), bound);
    if (!bound.isEmpty()) condition.add(bound).add(" AND ");
    condition.add("(");
    boolean first = true;
    for (int i = 0; i < steps.size(); i++) {
      var beyond = beyond(steps.get(i), values.get(i));
      if (beyond.isEmpty()) continue;
      if (!first) condition.add(" OR ");
      first = false;
      condition.add("(");
      for (int j = 0; j < i; j++) condition.add(same(steps.get(j), values.get(j))).add(" AND ");
      condition.add(beyond).add(")");
    }
    // The last step is never null, so at least one line was written.
    return condition.add("))");
  }

  /** Empty where nothing can be beyond: a null in ascending order is the last of all. */
  private static Sql beyond(Order step, @Nullable Object value) {
    var column = step.by().column();
    if (value == null) return step.descending() ? Sql.of(column).add(" IS NOT NULL") : new Sql();
    var type = step.by().type().sql();
    if (step.descending()) return Sql.of(column).add(" < ").arg(value, type);
    if (!step.by().nullable()) return Sql.of(column).add(" > ").arg(value, type);
    return Sql.of("(" + column).add(" > ").arg(value, type).add(" OR " + column + " IS NULL)");
  }

  private static Sql same(Order step, @Nullable Object value) {
    var column = step.by().column();
    if (value == null) return Sql.of(column).add(" IS NULL");
    return Sql.of(column).add(" = ").arg(value, step.by().type().sql());
  }

  private static Sql bound(Order step, @Nullable Object value) {
    var column = step.by().column();
    if (value == null) return step.descending() ? new Sql() : Sql.of(column).add(" IS NULL");
    var type = step.by().type().sql();
    if (step.descending()) return Sql.of(column).add(" <= ").arg(value, type);
    return step.by().nullable() ? new Sql() : Sql.of(column).add(" >= ").arg(value, type);
  }

  private static Sql narrowed(Order step, @Nullable Object value, Sql bound) {
    if (value == null) return bound;
    return Beginning.compare(step.by(), step.descending() ? " <= " : " >= ", value, bound);
  }

  private Keyset() {}
}
