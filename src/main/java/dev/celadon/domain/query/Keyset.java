package dev.celadon.domain.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes after one row in an order of several steps, as conditions that let an index begin at
 * that row. Rows without a value for the first step lie apart from all others, before or behind
 * them, and no one range of an index holds both: then there are two conditions, of two parts.
 */
final class Keyset {

  private final List<Order> steps;
  private final @Nullable Sql absent;

  /**
   * An order.
   *
   * @param absent where the first step is by a value of another table, what {@link Paths#absent}
   *     says of it
   */
  Keyset(List<Order> steps, @Nullable Sql absent) {
    this.steps = steps;
    this.absent = absent;
  }

  /** The parts of the whole: a join by value can follow an index, one that may miss cannot. */
  List<Sql> whole() {
    if (absent == null) return List.of();
    var first = steps.getFirst();
    var parts = List.of(held(first, true), unheld());
    return first.descending() ? parts.reversed() : parts;
  }

  /**
   * The parts, in order, of what comes strictly after the row that holds {@code values} in the
   * columns of the steps.
   */
  List<Sql> after(List<@Nullable Object> values) {
    var first = steps.getFirst();
    boolean held = values.getFirst() != null;
    var parts = new ArrayList<Sql>();
    parts.add(held ? among(values) : amongNone(values));
    if (first.by().nullable() && held != first.descending())
      parts.add(held ? unheld() : held(first, true));
    return parts;
  }

  /** The rows without a value for the first step. */
  private Sql unheld() {
    var condition = held(steps.getFirst(), false);
    return absent == null || absent.isEmpty() ? condition : condition.add(" AND ").add(absent);
  }

  private static Sql held(Order step, boolean held) {
    var by = step.by();
    // Where an index is of beginnings it knows of nothing else.
    var column = by.beginning() > 0 ? Beginning.of(by) : by.column();
    return Sql.of(column + (held ? " IS NOT NULL" : " IS NULL"));
  }

  /** After a row without a value, those of the others without one. */
  private Sql amongNone(List<@Nullable Object> values) {
    var condition = unheld().add(" AND ");
    return lines(condition.add("("), values, 1).add(")");
  }

  /** After a row with a value, those of the others with one. */
  private Sql among(List<@Nullable Object> values) {
    int count = bounded(values);
    var bound = bound(values, count);
    if (count == steps.size()) return bound;
    return lines(bound.add(" AND ("), values, 0).add(")");
  }

  /** How many steps, from the first, can be compared as one: in one direction, and without gaps. */
  private int bounded(List<@Nullable Object> values) {
    int count = 1;
    var first = steps.getFirst();
    if (absent != null || first.by().beginning() > 0) return count;
    while (count < steps.size()) {
      var step = steps.get(count);
      // In descending order what has no value came before; in ascending order it is to come.
      boolean gaps = values.get(count) == null || (step.by().nullable() && !step.descending());
      boolean other = step.descending() != first.descending() || step.by().beginning() > 0;
      if (gaps || other) break;
      count++;
    }
    return count;
  }

  private Sql bound(List<@Nullable Object> values, int count) {
    var first = steps.getFirst();
    var operator = first.descending() ? " <" : " >";
    if (count < steps.size()) operator += "=";
    var columns = new Sql();
    var row = new Sql();
    for (int i = 0; i < count; i++) {
      var by = steps.get(i).by();
      columns.add((i == 0 ? "" : ", ") + by.column());
      row.add(i == 0 ? "" : ", ").arg(values.get(i), by.type().sql());
    }
    operator += " ";
    if (count == 1) {
      var exact = columns.add(operator).add(row);
      var value = values.getFirst();
      return value == null ? exact : Beginning.compare(first.by(), operator, value, exact);
    }
    return Sql.of("(").add(columns).add(")" + operator + "(").add(row).add(")");
  }

  /** One alternative for each step from {@code from} on: the same up to it, and beyond in it. */
  private Sql lines(Sql condition, List<@Nullable Object> values, int from) {
    boolean begun = false;
    for (int i = from; i < steps.size(); i++) {
      var beyond = beyond(steps.get(i), values.get(i), i == 0);
      if (beyond.isEmpty()) continue;
      condition.add(begun ? " OR (" : "(");
      begun = true;
      for (int j = from; j < i; j++) {
        condition.add(same(steps.get(j), values.get(j))).add(" AND ");
      }
      condition.add(beyond).add(")");
    }
    // The last step is never null, so at least one line was written.
    return condition;
  }

  /** Empty where nothing can be beyond: a null in ascending order is the last of all. */
  private static Sql beyond(Order step, @Nullable Object value, boolean parted) {
    var column = step.by().column();
    if (value == null) return step.descending() ? held(step, true) : new Sql();
    var type = step.by().type().sql();
    if (step.descending()) return Sql.of(column).add(" < ").arg(value, type);
    var greater = Sql.of(column).add(" > ").arg(value, type);
    if (parted || !step.by().nullable()) return greater;
    return Sql.of("(").add(greater).add(" OR " + column + " IS NULL)");
  }

  private static Sql same(Order step, @Nullable Object value) {
    if (value == null) return held(step, false);
    return Sql.of(step.by().column()).add(" = ").arg(value, step.by().type().sql());
  }
}
