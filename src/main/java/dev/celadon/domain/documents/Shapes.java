package dev.celadon.domain.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.sqlclient.DatabaseException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The shapes of tables in memory. A change on this node is seen by the next call; one on another
 * node after at most {@value #LIFE_MS} ms, or at once where a statement or a key no longer fits.
 */
public final class Shapes {

  /** After this, in milliseconds, a shape is read again before it is used. */
  private static final long LIFE_MS = 1_000;

  /** After this a shape is read again in the background, by one of those who use it. */
  private static final long FRESH_MS = 500;

  /** No such column, table or schema; a plan that no longer fits; a link that was not known of. */
  private static final Set<String> OUTDATED =
      Set.of("42703", "42P01", "3F000", "0A000", "40001", "40P01", "23503");

  /** How often a call begins again whose tables change under its hands. */
  static final int TRIES = 5;

  /** A regular expression that PostgreSQL cannot read; only PostgreSQL knows. */
  private static final String BAD_PATTERN = "2201B";

  private record Entry(Shape shape, long readAtNs, AtomicBoolean refreshing) {
    long ageMs() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - readAtNs);
    }
  }

  private final Db db;
  private final Shape.Means means;
  private final boolean single;
  private final AtomicLong changes = new AtomicLong();
  private final Cache<Table.Place, Entry> entries =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(Duration.ofMillis(LIFE_MS))
          .build();

  Shapes(Db db, Shape.Means means) {
    this(db, means, false);
  }

  private Shapes(Db db, Shape.Means means, boolean single) {
    this.db = db;
    this.means = means;
    this.single = single;
  }

  /** What shapes are made with. */
  Shape.Means means() {
    return means;
  }

  /** The shape of a table as it was just read. */
  Shape of(Table table) {
    return new Shape(table, means);
  }

  /**
   * Shapes as one transaction sees them: each is read once, and nothing is tried again, because a
   * transaction in which a statement failed is over.
   */
  public Shapes in(Db tx) {
    return new Shapes(tx, means, true);
  }

  /** To be called after the commit of a change. What is being read meanwhile is not kept. */
  public void forget(Table.Place place) {
    changes.incrementAndGet();
    entries.invalidate(place);
  }

  /** As {@link #forget(Table.Place)}, for all tables of all projects. */
  void forgetAll() {
    changes.incrementAndGet();
    entries.invalidateAll();
  }

  /**
   * Does {@code work} with the shape of a table, and again with its shape read anew if the one in
   * memory turns out to be outdated; up to {@value #TRIES} times where the table changes all along.
   */
  public <T> Future<T> with(Table.Place place, Function<Shape, Future<T>> work) {
    var entry = entries.getIfPresent(place);
    if (single) {
      var shape = entry == null ? read(place) : Future.succeededFuture(entry.shape);
      return shape.compose(found -> attempt(work, found)).recover(Shapes::said);
    }
    if (entry == null || entry.ageMs() >= LIFE_MS) {
      return read(place)
          .compose(
              shape -> attempt(work, shape).recover(failure -> late(place, work, failure, TRIES)))
          .recover(Shapes::said);
    }
    if (entry.ageMs() >= FRESH_MS && entry.refreshing.compareAndSet(false, true)) read(place);
    return attempt(work, entry.shape)
        .recover(failure -> again(place, entry.shape, work, failure))
        .recover(Shapes::said);
  }

  /** As {@link #with(Table.Place, Function)}, with what {@code actor} may know of the table. */
  public <T> Future<T> with(Table.Place place, Actor actor, Function<Shape, Future<T>> work) {
    return with(place, shape -> work.apply(shape.seenBy(actor)));
  }

  /** A shape just read is outdated only if the table went while it was being used. */
  private <T> Future<T> late(
      Table.Place place, Function<Shape, Future<T>> work, Throwable failure, int left) {
    boolean gone = failure instanceof DatabaseException && outdated(failure);
    if (!gone || left == 0) return Future.failedFuture(failure);
    forgetBeside(place);
    return read(place)
        .compose(shape -> attempt(work, shape).recover(next -> late(place, work, next, left - 1)));
  }

  private <T> Future<T> again(
      Table.Place place, Shape used, Function<Shape, Future<T>> work, Throwable failure) {
    if (!outdated(failure)) return Future.failedFuture(failure);
    if (failure instanceof DatabaseException) forgetBeside(place);
    return read(place)
        .compose(
            shape ->
                shape.table().equals(used.table()) && !(failure instanceof DatabaseException)
                    ? Future.failedFuture(failure)
                    : attempt(work, shape).recover(next -> late(place, work, next, TRIES - 1)));
  }

  /** What PostgreSQL did not find may be of any table that this one leads to. */
  private void forgetBeside(Table.Place place) {
    changes.incrementAndGet();
    entries
        .asMap()
        .keySet()
        .removeIf(
            other ->
                other.project().equals(place.project())
                    && other.database().equals(place.database()));
  }

  private static <T> Future<T> attempt(Function<Shape, Future<T>> work, Shape shape) {
    try {
      return work.apply(shape);
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
  }

  /** Whether another shape, or another try, could help: a statement is done whole or not. */
  public static boolean outdated(Throwable failure) {
    return switch (failure) {
      case DatabaseException e -> OUTDATED.contains(String.valueOf(e.getSqlState()));
      case Values.Unknown e -> true;
      case Failure e -> e.fault() == Fault.QUERY_INVALID;
      default -> false;
    };
  }

  private static <T> Future<T> said(Throwable failure) {
    return Future.failedFuture(
        switch (failure) {
          case Values.Unknown unknown -> unknown.refusal();
          case DatabaseException e when BAD_PATTERN.equals(e.getSqlState()) ->
              Failure.with(Fault.QUERY_INVALID, "the regular expression is malformed");
          default -> failure;
        });
  }

  private Future<Shape> read(Table.Place place) {
    long before = changes.get();
    return TableRows.readAsync(db, place)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(keep(place, found.get(), before))
                    : gone(place));
  }

  private Future<Shape> gone(Table.Place place) {
    entries.invalidate(place);
    return TableRows.missingAsync(db, place).compose(Future::failedFuture);
  }

  private Shape keep(Table.Place place, Table found, long before) {
    var shape = of(found);
    if (changes.get() == before) {
      entries.put(place, new Entry(shape, System.nanoTime(), new AtomicBoolean()));
      // A change may have come in between the two lines above.
      if (changes.get() != before) entries.invalidate(place);
    }
    return shape;
  }
}
