package dev.celadon.event;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log for one node: after a wake-up and at least every {@code pollMs} one statement gives
 * what the last one did not see, for the projects that somebody follows here. When PostgreSQL is
 * away it keeps its place and goes on from there. All its state lives on one event loop; its
 * methods may be called from anywhere.
 */
public final class LogReader {

  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

  /**
   * @param coalesceMs how long a wake-up waits for others to join it, in milliseconds; up to
   *     {@value #BUSY} times as long after a reading that brought many events, since each reading
   *     costs every subscriber a packet
   * @param pollMs how often is read without any wake-up, in milliseconds
   */
  public record Pace(int coalesceMs, int pollMs) {

    private static final int BUSY = 2;

    /** Eight milliseconds, and a second. */
    public static final Pace USUAL = new Pace(8, 1_000);

    int afterMs(int events) {
      return Math.max(1, Math.clamp(events, coalesceMs, BUSY * coalesceMs));
    }
  }

  /** Receives what is read, on the reader's event loop. It must not wait. */
  public interface Listener {

    /** Events in the order of their ids, each delivered once; what it throws is logged. */
    void events(List<Logged> events);

    /** Events may be missing here, because the database has become another one. */
    void gap();
  }

  private final Vertx vertx;
  private final Context loop;
  private final Positions positions;
  private final Pace pace;
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<String, Integer> followers = new HashMap<>();
  private List<Promise<Position>> waiting = new ArrayList<>();
  private @Nullable Position position;
  private int brought;
  private boolean reading;
  private boolean again;
  private boolean failing;
  private long timer = -1;
  private long poll = -1;

  public LogReader(Vertx vertx, Positions positions, Pace pace) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.positions = positions;
    this.pace = pace;
  }

  /** Adds a receiver; do so before {@link #start}. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Begins to poll. */
  public void start() {
    loop.runOnContext(go -> poll = vertx.setPeriodic(pace.pollMs, tick -> poll()));
  }

  /** Reads no more. */
  public void stop() {
    loop.runOnContext(
        go -> {
          vertx.cancelTimer(poll);
          vertx.cancelTimer(timer);
          followers.clear();
          waiting.forEach(promise -> promise.tryFail("the log reader has stopped"));
          waiting.clear();
        });
  }

  /** Something was appended: read soon. Cheap, and harmless when it is not true. */
  public void wake() {
    loop.runOnContext(go -> soon());
  }

  /**
   * Reads {@code projects} too from now on. The answer is the place where the log stood: all that
   * comes behind it will reach the listeners, and nothing before it will after the answer.
   */
  public Future<Position> follow(Set<String> projects) {
    Promise<Position> promise = Promise.promise();
    loop.runOnContext(
        go -> {
          for (var project : projects) followers.merge(project, 1, Integer::sum);
          waiting.add(promise);
          soon();
        });
    return promise.future();
  }

  /** Takes one {@link #follow} back. */
  public void unfollow(Set<String> projects) {
    loop.runOnContext(
        go -> {
          for (var project : projects) {
            followers.computeIfPresent(project, (name, n) -> n == 1 ? null : n - 1);
          }
        });
  }

  private void poll() {
    if (followers.isEmpty()) position = null;
    else soon();
  }

  private void soon() {
    if (followers.isEmpty() || timer != -1) return;
    if (reading) {
      again = true;
      return;
    }
    timer =
        vertx.setTimer(
            pace.afterMs(brought),
            now -> {
              timer = -1;
              read();
            });
  }

  private void read() {
    if (reading || followers.isEmpty()) return;
    reading = true;
    again = false;
    var answering = waiting;
    waiting = new ArrayList<>();
    Future<Slice> slice;
    try {
      slice = positions.read(Set.copyOf(followers.keySet()), position);
    } catch (RuntimeException e) {
      slice = Future.failedFuture(e);
    }
    slice.onComplete(
        result ->
            loop.runOnContext(
                go -> {
                  reading = false;
                  if (result.succeeded()) received(result.result(), answering);
                  else failed(result.cause(), answering);
                }));
  }

  private void received(Slice slice, List<Promise<Position>> answering) {
    if (failing) LOG.info("the log can be read again");
    failing = false;
    position = followers.isEmpty() ? null : slice.next();
    brought = slice.events().size();
    if (slice.gap()) tell(Listener::gap);
    if (!slice.events().isEmpty()) tell(listener -> listener.events(slice.events()));
    if (slice.more()) {
      // Whoever asked to follow is promised what comes after a complete reading only.
      waiting.addAll(answering);
      read();
      return;
    }
    answering.forEach(promise -> promise.tryComplete(slice.next()));
    if (again || !waiting.isEmpty()) soon();
  }

  private void failed(Throwable cause, List<Promise<Position>> answering) {
    // Nothing is lost: the place is kept, and the next poll tries again.
    if (!failing) LOG.warn("the log cannot be read, waiting: {}", cause.toString());
    failing = true;
    waiting.addAll(answering);
  }

  private void tell(Consumer<Listener> what) {
    for (var listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("a receiver of events failed", e);
      }
    }
  }
}
