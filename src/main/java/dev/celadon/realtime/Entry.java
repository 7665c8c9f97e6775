package dev.celadon.realtime;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.event.Position;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one connection through the door: who is it, where does the log stand, greeting. */
final class Entry {

  private static final Logger LOG = LoggerFactory.getLogger(Entry.class);

  private final Connection connection;
  private final HttpServerRequest request;
  private final String since;

  Entry(Connection connection, HttpServerRequest request, String since) {
    this.connection = connection;
    this.request = request;
    this.since = since;
  }

  /**
   * @param ready runs after the greeting
   * @param refused runs when there is none
   */
  void enter(Runnable ready, Consumer<Failure> refused) {
    var hub = connection.hub;
    hub.joined(connection);
    hub.on(
        hub.doorman().admit(request),
        visitor -> admitted(visitor, ready, refused),
        failure -> refused.accept(worded(failure)));
  }

  private void admitted(Visitor visitor, Runnable ready, Consumer<Failure> refused) {
    if (connection.closed()) return;
    var hub = connection.hub;
    var projects = Hub.followed(visitor);
    hub.on(
        hub.reader().follow(projects),
        position -> {
          if (connection.closed()) {
            hub.reader().unfollow(projects);
            return;
          }
          connection.open(visitor, position);
          try {
            greet(visitor, position);
            ready.run();
          } catch (Failure failure) {
            refused.accept(failure);
          }
        },
        failure -> refused.accept(worded(failure)));
  }

  /** The first frame. What the URL subscribes to is named in it; a replay follows. */
  private void greet(Visitor visitor, Position position) {
    var asked = Asked.of(request.params(), since);
    var rows = new ArrayList<Asked>();
    for (var slot : asked.values()) {
      rows.add(new Asked(Ids.unique(), slot.channels(), slot.queries(), slot.since()));
    }
    var slots = new JsonObject();
    var channels = new LinkedHashSet<String>();
    var names = asked.keySet().iterator();
    for (var subscription : connection.messages.accept(rows)) {
      slots.put(names.next(), subscription.id);
      channels.addAll(subscription.keys);
    }
    // Who resumes is told no new place before the replay has brought him there.
    var seq = since.isEmpty() ? position.token() : "";
    connection.outbox.send(Frames.connected(channels, visitor.account(), slots, seq), seq);
    connection.messages.replay();
  }

  private static Failure worded(Throwable cause) {
    if (cause instanceof Failure failure) return failure;
    LOG.warn("a connection could not be admitted: {}", cause.toString());
    return Failure.with(Fault.BUSY);
  }
}
