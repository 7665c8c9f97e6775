package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.transfer.Import.Status;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files of rows. What comes is checked and kept while it comes, so a request that breaks off
 * has lost nothing but its last few records: the next goes on where {@code bytes} says, or begins
 * again, and what is kept already is passed over. When the file is whole its rows are stored.
 */
public final class Receiving {

  /** How many requests of a node may bring a file at once: each may hold some records. */
  private static final int AT_ONCE = 8;

  /** How many files of a node are stored at once: each takes a connection to PostgreSQL. */
  private static final int STORED_AT_ONCE = 2;

  /** A request waits so long for its rows to be stored, in milliseconds; then it only says so. */
  private static final long PATIENCE_MS = 20_000;

  /** What a user may bring is this part of what a key may. */
  private static final int USER_PART = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

  private final Documents documents;
  private final Imports imports;
  private final long maxBytes;
  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final Semaphore stores = new Semaphore(STORED_AT_ONCE);

  /** Takes files for tables of {@code documents}, no longer than its bounds say. */
  public Receiving(Documents documents) {
    this.documents = documents;
    this.imports = documents.imports();
    this.maxBytes = documents.bounds().importBytes();
  }

  /**
   * Takes what {@code arrival} brings, and stores all if that is the end. Waits.
   *
   * @throws Failure {@link Fault#BAD_REQUEST} for what is no file of this form or names columns
   *     that there are not; {@link Fault#BODY_TOO_LARGE}; {@link Fault#IMPORT_IN_PROGRESS} where
   *     somebody else goes on with it; {@link Fault#BUSY}
   */
  public Import take(Arrival arrival) {
    var shape = documents.bulk().open(arrival.change(), arrival.place()).await();
    if (arrival.change().actor() instanceof Actor.Guest) {
      throw Failure.with(Fault.USER_UNAUTHORIZED);
    }
    if (!slots.tryAcquire()) throw Failure.with(Fault.BUSY);
    try {
      var taken = take(arrival, shape, begun(arrival, shape));
      boolean whole = !arrival.ticket().more() && taken.status() == Status.OPEN;
      return whole ? stored(arrival, taken) : taken;
    } finally {
      slots.release();
    }
  }

  private Import begun(Arrival arrival, Shape shape) {
    var ticket = arrival.ticket();
    var settings = arrival.settings();
    var found = imports.find(arrival.caller(), ticket.id());
    if (found.isEmpty()) {
      if (ticket.offset() > 0) throw beyond(0);
      var columns = settings.columns();
      Checking.requireColumns(shape.table(), columns);
      return imports.create(arrival.caller(), shape.table(), ticket.id(), settings);
    }
    var one = found.get();
    boolean here = Imports.of(one, arrival.place()) && one.number() == shape.table().number();
    if (!here) throw Imports.missing(ticket.id());
    if (!one.settings().equals(settings)) {
      throw Failure.with(
          Fault.ARGUMENT_INVALID, "this import was begun with other settings of its file");
    }
    if (ticket.offset() > one.progress().bytes()) throw beyond(one.progress().bytes());
    return one;
  }

  private static Failure beyond(long bytes) {
    return Failure.with(
        Fault.ARGUMENT_INVALID, "offset is beyond the " + bytes + " bytes that have been taken");
  }

  private Import take(Arrival arrival, Shape shape, Import one) {
    var vessel = Vessel.of(documents.seals(), shape, one.id());
    var work = new Checking.Work(imports, documents.bulk(), vessel);
    var checking = new Checking(work, arrival, shape, one);
    var progress = one.progress();
    var records =
        new Records(one.settings().form(), progress.bytes(), progress.lines(), checking::take);
    boolean wanted = one.status() == Status.OPEN;
    boolean whole = false;
    try {
      read(arrival, progress.bytes(), wanted ? records::add : passed -> {});
      if (wanted && !arrival.ticket().more()) {
        records.end();
        checking.requireHeader();
      }
      whole = true;
    } finally {
      if (wanted && !whole) leave(arrival, checking);
    }
    return wanted ? one.with(checking.keep()) : one;
  }

  /** Also what came before a connection broke is there to stay; what has nothing is not. */
  private void leave(Arrival arrival, Checking checking) {
    try {
      if (checking.keep().bytes() == 0) imports.forget(arrival.project(), arrival.ticket().id());
    } catch (RuntimeException lost) {
      LOG.debug("the last records of a broken request are not kept: {}", lost.toString());
    }
  }

  /** Hands on what is new in the body. */
  private void read(Arrival arrival, long known, Consumer<Buffer> taker) {
    boolean user = arrival.change().actor() instanceof Actor.User;
    long most = user ? maxBytes / USER_PART : maxBytes;
    long at = arrival.ticket().offset();
    while (arrival.body().next().await() instanceof Buffer piece) {
      long skipped = Math.clamp(known - at, 0, piece.length());
      at += piece.length();
      if (at > most) throw Failure.with(Fault.BODY_TOO_LARGE, most);
      if (skipped < piece.length()) {
        taker.accept(skipped == 0 ? piece : piece.slice((int) skipped, piece.length()));
      }
    }
  }

  /** Stores it, on a thread that goes on when the request has lost its patience. */
  private Import stored(Arrival arrival, Import one) {
    var done = new CompletableFuture<Import>();
    Thread.ofVirtual()
        .name("import")
        .start(
            () -> {
              try {
                stores.acquire();
                try {
                  done.complete(new Storing(documents, arrival).store(imports, one));
                } finally {
                  stores.release();
                }
              } catch (Throwable failure) {
                if (!done.completeExceptionally(failure)) throw new IllegalStateException(failure);
              }
            });
    try {
      return done.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException later) {
      done.whenComplete(
          (end, failure) -> {
            if (failure != null) LOG.warn("an import is not stored: {}", failure.toString());
          });
      return imports.get(arrival.caller(), arrival.place(), one.id());
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Failure.with(Fault.BUSY);
    }
  }
}
