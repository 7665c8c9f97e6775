package dev.celadon.store;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * SQL. The plain methods wait for their answer and belong on virtual threads; those that end in
 * {@code Async} return at once and belong on event loops, where a hot path is worth it.
 *
 * <p>What PostgreSQL says no to arrives as {@link Conflict}, {@link Raised}, {@link TimedOut} or
 * {@link Unavailable}; any other refusal is the driver's {@link PgException} with its SQL state.
 */
public final class Db {

  private static final String UNDO = "ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part";
  private static final int RETRIES = 3;
  private static final int BACKOFF_MS = 20;

  private final Route route;
  private final @Nullable Pool pool;
  private final boolean inTransaction;
  private final AtomicInteger shape;
  private volatile boolean over;

  private Db(Route route, @Nullable Pool pool, boolean inTransaction, AtomicInteger shape) {
    this.route = route;
    this.pool = pool;
    this.inTransaction = inTransaction;
    this.shape = shape;
  }

  /** Statements go where {@code route} sends them; transactions are not offered. */
  static Db routed(Route route) {
    return new Db(route, null, false, new AtomicInteger());
  }

  /** Statements take any connection of the pool, and transactions are offered. */
  static Db pooled(Pool pool) {
    return new Db(work -> work.apply(pool), pool, false, new AtomicInteger());
  }

  /** The first row, read by {@code read}, or nothing when there is none. */
  public <T> Optional<T> one(Function<Row, T> read, String sql, @Nullable Object... args) {
    return first(read, execute(sql, args).await());
  }

  /** Every row, read by {@code read}, in the order of the statement. */
  public <T> List<T> list(Function<Row, T> read, String sql, @Nullable Object... args) {
    return all(read, execute(sql, args).await());
  }

  /** Runs a statement and says how many rows it touched. */
  public int run(String sql, @Nullable Object... args) {
    return execute(sql, args).await().rowCount();
  }

  /** {@link #one} for an event loop. */
  public <T> Future<Optional<T>> oneAsync(
      Function<Row, T> read, String sql, @Nullable Object... args) {
    return execute(sql, args).map(rows -> first(read, rows));
  }

  /** {@link #list} for an event loop. */
  public <T> Future<List<T>> listAsync(
      Function<Row, T> read, String sql, @Nullable Object... args) {
    return execute(sql, args).map(rows -> all(read, rows));
  }

  /** {@link #run} for an event loop. */
  public Future<Integer> runAsync(String sql, @Nullable Object... args) {
    return execute(sql, args).map(RowSet::rowCount);
  }

  /** Runs several statements, parted by semicolons and without arguments, as one text: DDL. */
  public void script(String sql) {
    noted(route.run(client -> client.query(sql).execute())).recover(Db::translated).await();
  }

  /** {@link #tx(int, Function)} under the statement timeout that every connection starts with. */
  public <T> T tx(Function<Db, T> work) {
    return tx(0, work);
  }

  /**
   * All or nothing. What {@code work} returns is returned after the commit. When PostgreSQL breaks
   * the transaction off because of another one (a deadlock, a failed serialization) it is run
   * again, up to three times more: {@code work} must have no effect outside the database.
   *
   * <p>Within a transaction {@code work} becomes a part of it, under its timeout.
   *
   * @param timeoutMs milliseconds that one statement may take; 0 keeps the connection's setting
   * @throws Unavailable also when the collisions do not end
   */
  public <T> T tx(int timeoutMs, Function<Db, T> work) {
    if (inTransaction) {
      return work.apply(this);
    }
    for (int attempt = 0; ; attempt++) {
      try {
        return once(timeoutMs, work);
      } catch (PgException e) {
        if (!collided(e) && !outdated(e)) {
          throw e;
        }
        if (attempt == RETRIES) {
          throw new Unavailable("transactions kept colliding: " + e.getSqlState());
        }
        pause(BACKOFF_MS << attempt);
      }
    }
  }

  /**
   * A part of a transaction that may fail alone: what it did is undone then, and the transaction
   * goes on.
   */
  public <T> T attempt(Function<Db, T> work) {
    return part(work, false);
  }

  /** A part of a transaction that is only tried: what it did is undone, and what it says stays. */
  public <T> T trial(Function<Db, T> work) {
    return part(work, true);
  }

  private <T> T part(Function<Db, T> work, boolean undone) {
    if (!inTransaction) {
      throw new IllegalStateException("a part needs a transaction that it is a part of");
    }
    script("SAVEPOINT part");
    T result;
    try {
      result = work.apply(this);
    } catch (Throwable failure) {
      undo(failure);
      throw failure;
    }
    script(undone ? UNDO : "RELEASE SAVEPOINT part");
    return result;
  }

  private void undo(Throwable failure) {
    try {
      script(UNDO);
      over = false;
    } catch (RuntimeException broken) {
      // The first failure is what the caller must see.
      failure.addSuppressed(broken);
    }
  }

  private <T> T once(int timeoutMs, Function<Db, T> work) {
    if (pool == null) {
      throw new IllegalStateException("transactions need the pool of transactions, do not nest");
    }
    SqlConnection connection = pool.getConnection().recover(Db::translated).await();
    // Not by the driver's own transactions: they end with the first statement that fails, even
    // where a part of the transaction was meant to be able to.
    var db = new Db(run -> run.apply(connection), null, true, shape);
    try {
      db.script("BEGIN");
      if (timeoutMs > 0) {
        db.script("SET LOCAL statement_timeout = " + timeoutMs);
      }
      T result = work.apply(db);
      db.commit();
      return result;
    } catch (Throwable failure) {
      // The failure is what the caller must see; a broken connection cannot roll back anyway.
      connection.query("ROLLBACK").execute().otherwiseEmpty().await();
      throw failure;
    } finally {
      connection.close().otherwiseEmpty().await();
    }
  }

  /**
   * Work on one connection but outside of a transaction: what PostgreSQL does not do within one.
   *
   * @param timeoutMs milliseconds that one statement may take
   */
  public <T> T session(int timeoutMs, Function<Db, T> work) {
    if (pool == null) throw new IllegalStateException("sessions need the pool of transactions");
    SqlConnection connection = pool.getConnection().recover(Db::translated).await();
    var db = new Db(run -> run.apply(connection), null, false, shape);
    try {
      db.script("SET statement_timeout = " + timeoutMs);
      return work.apply(db);
    } finally {
      connection.query("RESET statement_timeout").execute().otherwiseEmpty().await();
      connection.close().otherwiseEmpty().await();
    }
  }

  /** PostgreSQL would take the COMMIT of a transaction that is over for a rollback, and say yes. */
  private void commit() {
    if (over) {
      throw new IllegalStateException("a statement failed and the transaction went on without it");
    }
    script("COMMIT");
  }

  private Future<RowSet<Row>> execute(String sql, @Nullable Object... args) {
    int before = shape.get();
    return attempt(before, sql, args)
        .recover(
            failure -> {
              if (!outdated(failure)) {
                return translated(failure);
              }
              shape.compareAndSet(before, before + 1);
              // Within a transaction all is lost already: tx starts again with the new shape.
              return inTransaction
                  ? Future.failedFuture(failure)
                  : attempt(shape.get(), sql, args).recover(Db::translated);
            });
  }

  /**
   * A statement that was prepared before a column of its answer changed type fails for ever. The
   * drivers of all connections know it by its text, so a changed text makes them prepare it anew.
   */
  private Future<RowSet<Row>> attempt(int shape, String sql, @Nullable Object... args) {
    String text = shape == 0 ? sql : sql + " /*" + shape + "*/";
    return noted(route.run(client -> client.preparedQuery(text).execute(Tuple.wrap(args))));
  }

  /** What fails within a transaction ends it, or the part of it that can be undone. */
  private Future<RowSet<Row>> noted(Future<RowSet<Row>> statement) {
    return inTransaction ? statement.onFailure(failure -> over = true) : statement;
  }

  private static <T> Optional<T> first(Function<Row, T> read, RowSet<Row> rows) {
    var each = rows.iterator();
    return each.hasNext() ? Optional.of(read.apply(each.next())) : Optional.empty();
  }

  private static <T> List<T> all(Function<Row, T> read, RowSet<Row> rows) {
    return rows.stream().map(read).toList();
  }

  private static <T> Future<T> translated(Throwable failure) {
    return Future.failedFuture(Refusals.of(failure));
  }

  private static boolean collided(PgException e) {
    return "40001".equals(e.getSqlState()) || "40P01".equals(e.getSqlState());
  }

  private static boolean outdated(Throwable failure) {
    return failure instanceof PgException e
        && "0A000".equals(e.getSqlState())
        && e.getErrorMessage().startsWith("cached plan");
  }

  private static void pause(int upToMs) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(upToMs / 2, upToMs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted between two attempts of a transaction");
    }
  }

  /** Hands a statement to the client that shall run it. */
  @FunctionalInterface
  interface Route {
    Future<RowSet<Row>> run(Function<SqlClient, Future<RowSet<Row>>> work);
  }

  /** A unique constraint said no; the domain decides what that means. */
  public static final class Conflict extends RuntimeException {
    private final String constraint;

    Conflict(String constraint) {
      super("unique constraint " + constraint, null, false, false);
      this.constraint = constraint;
    }

    /** The name of the constraint or index that was violated. */
    public String constraint() {
      return constraint;
    }
  }

  /** A function of ours in the database said no, with a state of the class CE. */
  public static final class Raised extends RuntimeException {
    private final String state;

    Raised(String state, String message) {
      super(message, null, false, false);
      this.state = state;
    }

    /** Which of our refusals it is. */
    public String state() {
      return state;
    }

    /** What the function said. */
    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /** A statement took longer than it was allowed to and was cancelled; nothing of it remains. */
  public static final class TimedOut extends RuntimeException {
    TimedOut() {
      super("the statement took too long", null, false, false);
    }
  }

  /**
   * PostgreSQL cannot be reached, is starting or stopping, or all connections are busy. When the
   * connection broke while a statement ran, whether it took effect is not known.
   */
  public static final class Unavailable extends RuntimeException {
    Unavailable(String message) {
      super(message, null, false, false);
    }
  }
}
