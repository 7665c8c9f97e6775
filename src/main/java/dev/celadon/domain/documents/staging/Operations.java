package dev.celadon.domain.documents.staging;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.staging.Transaction.Status;
import dev.celadon.store.Db;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is staged in transactions. To stage an operation, all that was staged before is done, then
 * the operation itself, and all of it undone again: so its answer and its refusals are those of the
 * engine, permissions included, and only the operation is kept. Who reads within a transaction
 * reads in the same way, and a commit is the same without the undoing.
 *
 * <p>Each time it is compared what the operations change ({@link WriteSet}). If somebody else has
 * changed one of the rows since it was staged, deleted it, taken its id or its unique value, or
 * made a row that a change of many would touch now, that is a conflict. What is committed is
 * therefore what was seen when it was staged, or nothing. Rows that were only read do not count.
 */
public final class Operations {

  /** The most operations that one transaction holds. */
  public static final int MAX_OPERATIONS = 100;

  /** The most changes of rows that its operations may come to. */
  public static final int MAX_ROWS = 1_000;

  /** The most characters that its operations have together, as JSON. */
  public static final int MAX_CHARACTERS = 4 << 20;

  /**
   * Within a node, who wants the same transaction waits here and not with a connection in his
   * hands. Several transactions may share one lock.
   */
  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(256).toArray(ReentrantLock[]::new);

  private final Documents documents;

  public Operations(Documents documents) {
    this.documents = documents;
  }

  /**
   * What came of staging.
   *
   * @param answers what each operation would answer
   */
  public record Staged(Transaction transaction, List<Object> answers) {}

  /**
   * Adds operations, all or none.
   *
   * @throws Failure what an operation is refused with; {@link Fault#TRANSACTION_NOT_FOUND}, {@link
   *     Fault#TRANSACTION_NOT_READY}, {@link Fault#TRANSACTION_EXPIRED}, {@link
   *     Fault#TRANSACTION_CONFLICT}, {@link Fault#TRANSACTION_LIMIT_EXCEEDED}
   */
  public Staged stage(Caller caller, String id, List<Operation> added, Performer performer) {
    return alone(
        caller,
        id,
        () ->
            documents.tx(
                caller.timeoutMs(),
                (tx, engine) -> {
                  var transaction = Transactions.open(tx, caller, id);
                  long characters = requireRoom(transaction, added);
                  var tried = new Replay(tx, engine, caller, performer, transaction);
                  var done = tx.trial(part -> tried(tried, added));
                  if (done.writes.rows() > MAX_ROWS) throw tooMuch(MAX_ROWS + " changes of rows");
                  keep(tx, caller, transaction, sealed(engine, caller, transaction, added));
                  var growth = new Growth(added.size(), characters, done.writes);
                  return new Staged(grown(tx, caller, transaction, growth), done.answers);
                }));
  }

  /** What operations answered, and what all have changed then. */
  private record Done(List<Object> answers, WriteSet writes) {}

  private static Done tried(Replay replay, List<Operation> added) {
    var rows = new HashSet<String>();
    for (var operation : added) rows.addAll(operation.rows());
    replay.staged(rows);
    return new Done(replay.further(added), replay.writes());
  }

  /** By what a transaction grows, and what it changes in all. */
  private record Growth(int operations, long characters, WriteSet writes) {}

  /**
   * What {@code reading} sees when all that is staged is done.
   *
   * @throws Failure as {@link #stage}, and what the reading is refused with
   */
  public Object read(
      Caller caller, String id, Performer performer, Function<Documents, Object> reading) {
    return alone(
        caller,
        id,
        () ->
            documents.tx(
                caller.timeoutMs(),
                (tx, engine) -> {
                  var transaction = Transactions.open(tx, caller, id);
                  return tx.trial(
                      part -> {
                        new Replay(tx, engine, caller, performer, transaction).staged(Set.of());
                        return reading.apply(engine);
                      });
                }));
  }

  /** How a commit ended: a failure is kept, too. */
  private record Outcome(Transaction transaction, @Nullable Failure failure) {}

  /**
   * Does all that is staged, with its events, or nothing of it; a transaction that cannot be
   * committed has failed for good.
   *
   * @throws Failure {@link Fault#TRANSACTION_CONFLICT}; {@link Fault#TRANSACTION_FAILED} when an
   *     operation has become impossible for another reason; and as {@link #stage}
   */
  public Transaction commit(Caller caller, String id, Performer performer) {
    var outcome =
        alone(
            caller,
            id,
            () ->
                documents.tx(
                    caller.timeoutMs(), (tx, engine) -> commit(tx, engine, caller, id, performer)));
    if (outcome.failure != null) throw outcome.failure;
    return outcome.transaction;
  }

  private static Outcome commit(
      Db tx, Documents engine, Caller caller, String id, Performer performer) {
    var transaction = Transactions.open(tx, caller, id);
    var replay = new Replay(tx, engine, caller, performer, transaction);
    try {
      tx.attempt(
          part -> {
            replay.staged(Set.of());
            return true;
          });
    } catch (Failure failure) {
      return new Outcome(Transactions.end(tx, caller, transaction, Status.FAILED), failure);
    }
    return new Outcome(Transactions.end(tx, caller, transaction, Status.COMMITTED), null);
  }

  private static long requireRoom(Transaction transaction, List<Operation> added) {
    if (transaction.operations() + added.size() > MAX_OPERATIONS) {
      throw tooMuch(MAX_OPERATIONS + " operations");
    }
    long characters = 0;
    for (var operation : added) characters += operation.parameters().length();
    if (transaction.characters() + characters > MAX_CHARACTERS) {
      throw tooMuch(MAX_CHARACTERS + " characters");
    }
    return characters;
  }

  private static Failure tooMuch(String most) {
    return Failure.with(Fault.TRANSACTION_LIMIT_EXCEEDED, most + " in one");
  }

  private static List<Operation> sealed(
      Documents engine, Caller caller, Transaction transaction, List<Operation> added) {
    var place = Replay.place(caller, transaction);
    return added.stream()
        .map(each -> each.as(engine.seals().seal(place, each.parameters())))
        .toList();
  }

  private static void keep(Db tx, Caller caller, Transaction transaction, List<Operation> added) {
    tx.run(
        """
        INSERT INTO celadon.operations
        SELECT $1::text, $2::text, $3::integer + n, e, p
        FROM unnest($4::text[], $5::text[]) WITH ORDINALITY AS x (e, p, n)\
        """,
        caller.project(),
        transaction.id(),
        transaction.operations(),
        added.stream().map(Operation::endpoint).toArray(String[]::new),
        added.stream().map(Operation::parameters).toArray(String[]::new));
  }

  private static Transaction grown(Db tx, Caller caller, Transaction before, Growth growth) {
    return tx.one(
            Transaction::of,
            "UPDATE celadon.transactions SET operations = operations + $3,"
                + " characters = characters + $4, writes = $5, touched = $6,"
                + " updated = clock_timestamp() WHERE project = $1 AND id = $2 RETURNING "
                + Transaction.COLUMNS,
            caller.project(),
            before.id(),
            growth.operations,
            growth.characters,
            growth.writes.digest(),
            growth.writes.touched().toArray(String[]::new))
        .orElseThrow();
  }

  private <T> T alone(Caller caller, String id, Supplier<T> work) {
    var lock = locks[Math.floorMod((caller.project() + "/" + id).hashCode(), locks.length)];
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
