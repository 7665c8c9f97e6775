package dev.celadon.realtime;

import dev.celadon.event.LogReader;
import dev.celadon.event.Positions;
import dev.celadon.event.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of one event loop. Everything here happens on that loop. */
final class Hub {

  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
  private static final Snapshot NOTHING = new Snapshot(1, 1, List.of());
  private static final int TICK_MS = 1_000;

  private final ContextInternal context;
  private final Doorman doorman;
  private final LogReader reader;
  private final Positions history;
  private final Limits limits;
  private final Index index = new Index();
  private final People people = new People();
  private final Set<Connection> connections = new LinkedHashSet<>();

  /**
   * @param context of the event loop, and of nothing that could be taken down while that goes on
   */
  Hub(
      ContextInternal context,
      Doorman doorman,
      LogReader reader,
      Positions history,
      Limits limits) {
    this.context = context;
    this.doorman = doorman;
    this.reader = reader;
    this.history = history;
    this.limits = limits;
    later(TICK_MS, this::tick);
  }

  Doorman doorman() {
    return doorman;
  }

  LogReader reader() {
    return reader;
  }

  Positions history() {
    return history;
  }

  Limits limits() {
    return limits;
  }

  Index index() {
    return index;
  }

  People people() {
    return people;
  }

  int size() {
    return connections.size();
  }

  void joined(Connection connection) {
    connections.add(connection);
  }

  void left(Connection connection, @Nullable Visitor visitor) {
    connections.remove(connection);
    if (visitor == null) return;
    people.move(connection, visitor, null);
    reader.unfollow(followed(visitor));
  }

  /** The project itself, and the one whose users administer it. */
  static Set<String> followed(Visitor visitor) {
    return visitor.project().equals(People.CONSOLE)
        ? Set.of(People.CONSOLE)
        : Set.of(visitor.project(), People.CONSOLE);
  }

  /** Runs {@code work} on the loop. */
  void run(Runnable work) {
    context.runOnContext(go -> guarded(work));
  }

  void later(int ms, Runnable work) {
    context.nettyEventLoop().schedule(() -> run(work), ms, TimeUnit.MILLISECONDS);
  }

  /** Goes on, on the loop, when {@code future} is known. */
  <T> void on(Future<T> future, Consumer<T> success, Consumer<Throwable> failure) {
    future.onComplete(
        result ->
            run(
                () -> {
                  if (result.succeeded()) success.accept(result.result());
                  else failure.accept(result.cause());
                }));
  }

  /** What the log reader has read, in its order. */
  void deliver(List<Published> events) {
    for (var event : events) {
      // First of all, because an id below may have been committed after the change of a role.
      guarded(() -> people.concerned(event, connections).forEach(Connection::refresh));
    }
    for (var event : events) guarded(() -> index.match(event));
  }

  /** The log has become another one: whoever is here may have missed something. */
  void gap() {
    for (var connection : List.copyOf(connections)) {
      if (!connection.greeted()) continue;
      var ids = new ArrayList<String>();
      for (var subscription : connection.subscriptions()) {
        subscription.from = NOTHING;
        ids.add(subscription.id);
      }
      connection.outbox.send(Frames.gap(ids));
    }
  }

  /** Sends everybody away, to come back to another node. */
  void close() {
    for (var connection : List.copyOf(connections)) {
      connection.wire.close(Frames.GOING_AWAY, "The server restarts. Resume from the last seq.");
      connection.ended();
    }
  }

  private void tick() {
    later(TICK_MS, this::tick);
    for (var connection : List.copyOf(connections)) guarded(connection::tick);
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("a task of realtime failed", e);
    }
  }
}
