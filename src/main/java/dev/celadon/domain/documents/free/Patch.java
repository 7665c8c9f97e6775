package dev.celadon.domain.documents.free;

import dev.celadon.api.Time;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.documents.operators.Operation;
import dev.celadon.domain.query.Sql;
import java.time.OffsetDateTime;

/**
 * A change of a free document, as JSON in texts: of two objects that are equal each keeps its own
 * order.
 *
 * @param values an object; its values replace those at the top that have the same names
 * @param operations a list of what is done at paths after that, each of path, method and values
 */
public record Patch(String values, String operations) implements Operation {

  /** An object that changes nothing. */
  static final String NOTHING = "{}";

  private static final String NONE = "[]";

  /** The most bytes of a document: of the most characters, each of four bytes. */
  private static final int MOST_BYTES = 4 * Values.MAX_ROW;

  @Override
  public boolean computes() {
    return !operations.equals(NONE);
  }

  @Override
  public Sql on(Sql current, OffsetDateTime time) {
    var before = Sql.of("coalesce(").add(current).add(", '{}')");
    if (!computes()) return joined(before, new Sql().arg(values, "text"));
    return Sql.of("celadon.documented(")
        .add(before)
        .add(", ")
        .arg(values, "text")
        .add(", ")
        .arg(operations, "text")
        .add("::json, ")
        .arg(Time.format(time.toInstant()), "text")
        .add(", " + MOST_BYTES + ")");
  }

  /** A document with the values of another one in it, in SQL. */
  public static Sql joined(Sql document, Sql more) {
    return Sql.of("celadon.roomy(celadon.merged(")
        .add(document)
        .add(", ")
        .add(more)
        .add("), " + MOST_BYTES + ")");
  }
}
