package dev.celadon.domain.documents.staging;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.store.Db;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Does the operations of a transaction, in a transaction of PostgreSQL that may be undone after.
 *
 * @param tx the transaction of PostgreSQL; {@code engine} works in it
 */
record Replay(Db tx, Documents engine, Caller caller, Performer performer, Transaction of) {

  /**
   * Does what was staged, which changes what it was staged to change.
   *
   * @param more rows that will be changed after that
   * @throws Failure {@link Fault#TRANSACTION_CONFLICT}, {@link Fault#TRANSACTION_FAILED}
   */
  void staged(Set<String> more) {
    hold(more);
    if (of.operations() == 0) return;
    for (var operation : operations()) {
      try {
        performer.perform(engine, operation);
      } catch (Failure failure) {
        throw failed(failure);
      }
    }
    if (!writes().digest().equals(of.writes())) {
      throw Failure.with(Fault.TRANSACTION_CONFLICT, of.id());
    }
  }

  /** Does further operations, and says what each answers. */
  List<Object> further(List<Operation> operations) {
    var answers = new ArrayList<Object>(operations.size());
    for (var operation : operations) {
      try {
        answers.add(performer.perform(engine, operation));
      } catch (Failure failure) {
        if (operations.size() == 1) throw failure;
        int number = answers.size() + 1;
        throw Failure.of(failure.fault(), "Operation " + number + ": " + failure.text());
      }
    }
    return answers;
  }

  /** All that has been changed so far. */
  WriteSet writes() {
    return WriteSet.of(tx, caller.project());
  }

  /**
   * Keeps others away from the rows until the end. Whoever takes them, takes them in the same
   * order, so transactions that change the same rows wait for each other and not both.
   */
  private void hold(Set<String> more) {
    var rows = new TreeSet<>(of.touched());
    rows.addAll(more);
    var tables = new TreeMap<String, List<String>>();
    for (var row : rows) {
      int slash = row.lastIndexOf('/');
      tables
          .computeIfAbsent(row.substring(0, slash), table -> new ArrayList<>())
          .add(row.substring(slash + 1));
    }
    tables.forEach(
        (table, ids) -> {
          int slash = table.indexOf('/');
          var place =
              new Table.Place(
                  caller.project(), table.substring(0, slash), table.substring(slash + 1));
          try {
            engine.rows().hold(place, ids).await();
          } catch (Refusal gone) {
            // What has become of the table is said by the operations on it.
            return;
          }
        });
  }

  private List<Operation> operations() {
    return tx.list(
        row ->
            new Operation(
                row.getString(0),
                engine.seals().open(place(caller, of), row.getString(1)),
                Set.of()),
        """
        SELECT endpoint, parameters FROM celadon.operations
        WHERE project = $1 AND transaction = $2 ORDER BY number\
        """,
        caller.project(),
        of.id());
  }

  /** Where the parameters of an operation stand, sealed: they hold what rows may hold sealed. */
  static String place(Caller caller, Transaction of) {
    return caller.project() + "/" + of.id();
  }

  /** What was possible when it was staged: has somebody changed a row, or something else? */
  private Failure failed(Failure failure) {
    var fault = failure.fault();
    boolean row = fault.type().startsWith("row_") || fault.type().startsWith("document_");
    boolean changed = row && (fault.status() == 404 || fault.status() == 409);
    return changed || fault.status() == 412
        ? Failure.with(Fault.TRANSACTION_CONFLICT, of.id())
        : Failure.with(Fault.TRANSACTION_FAILED, of.id(), failure.text());
  }
}
