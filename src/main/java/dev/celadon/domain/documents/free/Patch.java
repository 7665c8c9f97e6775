package dev.celadon.domain.documents.free;

import dev.celadon.api.Time;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.documents.operators.Operation;
import dev.celadon.domain.query.Sql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;

/**
 * A change of a free document.
 *
 * @param values replace those at the top that have the same names
 * @param operations what is done at paths after that, each of path, method and values
 */
public record Patch(JsonObject values, JsonArray operations) implements Operation {

  /** The most bytes of a document: of the most characters, each of four bytes. */
  private static final int MOST_BYTES = 4 * Values.MAX_ROW;

  @Override
  public boolean computes() {
    return !operations.isEmpty();
  }

  @Override
  public Sql on(Sql current, OffsetDateTime time) {
    var before = Sql.of("coalesce(").add(current).add(", '{}')");
    if (!computes()) return joined(before, new Sql().arg(values, "jsonb"));
    return Sql.of("celadon.documented(")
        .add(before)
        .add(", ")
        .arg(values, "jsonb")
        .add(", ")
        .arg(operations, "jsonb")
        .add(", ")
        .arg(Time.format(time.toInstant()), "text")
        .add(", " + MOST_BYTES + ")");
  }

  /** A document with the values of another one in it, in SQL. */
  public static Sql joined(Sql document, Sql more) {
    return Sql.of("celadon.roomy(")
        .add(document)
        .add(" || ")
        .add(more)
        .add(", " + MOST_BYTES + ")");
  }
}
