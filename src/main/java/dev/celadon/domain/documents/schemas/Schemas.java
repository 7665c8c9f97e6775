package dev.celadon.domain.documents.schemas;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.TableRows;
import dev.celadon.domain.query.Spatial;
import dev.celadon.store.Db;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the design of a database, and brings a database in line with one. */
public final class Schemas {

  /** The most steps that are done at once: each takes locks, of which PostgreSQL has not many. */
  public static final int MAX_STEPS = 1_000;

  /** The most tables that are made or deleted at once. */
  public static final int MAX_TABLE_STEPS = 200;

  /** How long all steps together may take, in milliseconds; then nothing has been done. */
  public static final int MOST_MS = 25_000;

  private final Documents documents;
  private final Db db;
  private final Consumer<Table.Place> forget;

  /**
   * @param forget is told which tables have changed, after the commit
   */
  public Schemas(Documents documents, Db db, Consumer<Table.Place> forget) {
    this.documents = documents;
    this.db = db;
    this.forget = forget;
  }

  /**
   * What a database shall become.
   *
   * @param expected says whether what is there is what the caller believes
   * @param lossy whether what is stored may be lost
   * @param mostMs how long it may take, in milliseconds, where that is less than {@link #MOST_MS}
   */
  public record Asked(Design wanted, Predicate<Design> expected, boolean lossy, int mostMs) {}

  /**
   * What was found or done.
   *
   * @param now the design after it
   */
  public record Outcome(Design now, List<Step> steps) {

    /** Whether a step loses what is stored. */
    public boolean loses() {
      return steps.stream().anyMatch(Step::loses);
    }
  }

  /** A step could not be done, and so none was. */
  public static final class Stopped extends RuntimeException {
    private final int number;
    private final Step step;
    private final Refusal refusal;

    private Stopped(int number, Step step, Refusal refusal) {
      super(refusal.getMessage(), null, false, false);
      this.number = number;
      this.step = step;
      this.refusal = refusal;
    }

    /** Counts the steps from 1. */
    public int number() {
      return number;
    }

    public Step step() {
      return step;
    }

    public Refusal refusal() {
      return refusal;
    }
  }

  /** The design of a database; {@code database} names any place in it. */
  public Design read(Table.Place database) {
    return Drawing.of(TableRows.all(db, database));
  }

  /** The steps that {@link #apply} would do now. */
  public Outcome plan(Table.Place database, Asked asked) {
    var tables = TableRows.all(db, database);
    return new Outcome(Drawing.of(tables), planner(db, tables, asked).steps());
  }

  private Planner planner(Db from, List<Table> tables, Asked asked) {
    if (!asked.expected.test(Drawing.of(tables))) throw Failure.with(Fault.SCHEMA_MISMATCH);
    return new Planner(tables, asked.wanted, new Losses(from), spatial());
  }

  /** What is to be done, and may be; nobody else uses the tables any more. */
  private List<Step> steps(Db tx, List<Table> tables, Asked asked, long endNs) {
    var planner = planner(tx, tables, asked);
    requireAllowed(planner.steps(), asked.lossy);
    planner.locks().take(tx, endNs);
    var steps = planner(tx, tables, asked).steps();
    requireAllowed(steps, asked.lossy);
    return steps;
  }

  /** What geometry can have an index here. */
  public Spatial spatial() {
    return documents.spatial();
  }

  /**
   * Does all steps in one transaction, each with the event of its own endpoint. Indexes of large
   * tables are only noted in it, and made after it. Waits.
   *
   * @param changes what each kind of step is to the log
   */
  public Outcome apply(Table.Place database, Asked asked, Function<Step.Part, Change> changes) {
    int mostMs = Math.min(asked.mostMs, MOST_MS);
    var done =
        documents.tx(
            mostMs,
            (tx, engine) -> {
              long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMs);
              var tables = TableRows.lockAll(tx, database);
              var steps = steps(tx, tables, asked, endNs);
              var hand = new Step.Hand(engine, database, changes);
              for (int i = 0; i < steps.size(); i++) {
                if (System.nanoTime() > endNs) throw Failure.with(Fault.DATABASE_TIMEOUT);
                run(steps.get(i), i + 1, hand);
              }
              var now = steps.isEmpty() ? tables : TableRows.all(tx, database);
              return new Done(new Outcome(Drawing.of(now), steps), hand);
            });
    done.hand.touched.forEach(forget);
    finish(done.hand.begun);
    return done.outcome;
  }

  private record Done(Outcome outcome, Step.Hand hand) {}

  private static void requireAllowed(List<Step> steps, boolean lossy) {
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      if (step.refused() != null) throw new Stopped(i + 1, step, step.refused());
      if (step.loses() && !lossy) {
        throw new Stopped(i + 1, step, new Refusal(Fault.SCHEMA_LOSES_DATA, ""));
      }
    }
    var tables = steps.stream().filter(Schemas::weighty).count();
    if (steps.size() > MAX_STEPS || tables > MAX_TABLE_STEPS) {
      throw Failure.with(
          Fault.ARGUMENT_INVALID,
          "at most %d steps are done at once, %d of which make or delete tables"
              .formatted(MAX_STEPS, MAX_TABLE_STEPS));
    }
  }

  private static boolean weighty(Step step) {
    return step.part() == Step.Part.TABLE_CREATE || step.part() == Step.Part.TABLE_DELETE;
  }

  private static void run(Step step, int number, Step.Hand hand) {
    try {
      step.work().with(hand);
    } catch (Refusal refusal) {
      throw new Stopped(number, step, refusal);
    }
  }

  private void finish(List<Indexes.Begun> begun) {
    var left = begun.stream().filter(one -> !one.found().index().state().available()).toList();
    if (!left.isEmpty()) documents.indexes().finish(left);
  }
}
