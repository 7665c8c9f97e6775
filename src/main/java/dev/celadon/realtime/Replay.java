package dev.celadon.realtime;

import dev.celadon.event.Logged;
import dev.celadon.event.Position;
import dev.celadon.event.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what came after a place in the log, at the pace of the client, until a reading is complete;
 * its snapshot then says which live events are still new.
 */
final class Replay {

  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final int WAIT_MS = 20;
  private static final int RETRY_MS = 400;

  private final Connection connection;
  private final List<Subscription> subscriptions;

  Replay(Connection connection, List<Subscription> subscriptions) {
    this.connection = connection;
    this.subscriptions = subscriptions;
  }

  /** Begins behind {@code position}; null for a token that was never handed out. */
  void start(@Nullable Position position) {
    if (position != null) step(position);
    else gap(connection.from());
  }

  private void step(Position position) {
    if (connection.closed() || subscriptions.stream().noneMatch(each -> each.active)) return;
    var hub = connection.hub;
    hub.on(
        hub.history().read(List.of(connection.visitor().project()), position),
        slice -> received(slice),
        failure -> {
          LOG.debug("a replay waits", failure);
          // Spread out: after an outage everybody comes at once.
          hub.later(
              RETRY_MS + ThreadLocalRandom.current().nextInt(2 * RETRY_MS), () -> step(position));
        });
  }

  private void received(Slice slice) {
    if (connection.closed()) return;
    if (slice.gap()) {
      gap(slice.next());
      return;
    }
    if (connection.refreshing() && !slice.events().isEmpty()) {
      connection.hub.later(WAIT_MS, () -> received(slice));
      return;
    }
    slice.events().forEach(this::send);
    if (slice.more()) connection.outbox.whenEmpty(() -> step(slice.next()));
    else subscriptions.forEach(each -> connection.caughtUp(each, slice.snapshot()));
  }

  private void send(Logged logged) {
    try {
      var event = new Published(logged);
      Set<String> keys = new HashSet<>(event.keys());
      var wanting = new ArrayList<Subscription>(1);
      for (var subscription : subscriptions) {
        if (subscription.keys.stream().anyMatch(keys::contains)) wanting.add(subscription);
      }
      if (!wanting.isEmpty()) connection.send(event, wanting, true);
    } catch (RuntimeException e) {
      LOG.error("event {} of {} skipped", logged.id(), logged.project(), e);
    }
  }

  private void gap(Position now) {
    connection.outbox.send(
        Frames.gap(subscriptions.stream().map(each -> each.id).toList()), now.token());
    subscriptions.forEach(each -> connection.caughtUp(each, now.seen()));
  }
}
