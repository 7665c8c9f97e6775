package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Source;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.staging.Caller;
import java.util.function.Function;

/**
 * A request that brings a file, or a part of one.
 *
 * @param id of the import
 * @param offset where in the file the body begins
 * @param more whether the file goes on after the body: then nothing is stored yet
 * @param words says what the engine refuses
 */
public record Arrival(
    Change change,
    Table.Place place,
    Ticket ticket,
    Import.Settings settings,
    Source body,
    Function<Refusal, Failure> words) {

  /** Which import, and which part of it. */
  public record Ticket(String id, long offset, boolean more) {}

  Caller caller() {
    return new Caller(change.project(), change.actor(), 0);
  }

  String project() {
    return change.project();
  }
}
