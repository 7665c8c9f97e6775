package dev.celadon.realtime;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.event.Position;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one client says, and the answers. */
final class Messages {

  private static final long MINUTE_MS = 60_000;

  /** A client that goes on this many times beyond the limit is not to be reasoned with. */
  private static final int PATIENCE = 10;

  private final Connection connection;
  private List<Map.Entry<Subscription, String>> resuming = new ArrayList<>(0);
  private long minute;
  private int count;

  Messages(Connection connection) {
    this.connection = connection;
  }

  /** One text message. Whatever it holds, the connection is answered and the process lives. */
  void receive(String text) {
    connection.heard();
    if (connection.closed() || !allowed()) return;
    try {
      var message = parse(text);
      switch (Asked.text(message, "type", 32)) {
        case "ping" -> connection.outbox.send(Frames.PONG);
        case "authentication" -> authenticate(object(message));
        case "subscribe" -> subscribe(Asked.of(data(message)));
        case "unsubscribe" -> unsubscribe(data(message));
        case "presence" -> presence(object(message));
        default -> throw Asked.bad("its type is not known");
      }
    } catch (Failure failure) {
      failed(failure);
    }
  }

  /** A message that is no text. */
  void binary() {
    connection.heard();
    if (!connection.closed() && allowed()) failed(Asked.bad("it is not text"));
  }

  private boolean allowed() {
    long now = System.nanoTime() / 1_000_000;
    if (now - minute >= MINUTE_MS) {
      minute = now;
      count = 0;
    }
    count++;
    int limit = connection.hub.limits().messages();
    if (count <= limit) return true;
    if (count > limit * PATIENCE) connection.refuse(Frames.POLICY, "Too many messages.");
    else failed(Failure.with(Fault.REALTIME_TOO_MANY_MESSAGES));
    return false;
  }

  private void failed(Failure failure) {
    switch (failure.fault()) {
      case REALTIME_POLICY_VIOLATION -> connection.refuse(failure);
      case REALTIME_TOO_MANY_MESSAGES -> error(Frames.TOO_MANY, failure);
      default -> error(Frames.BAD_MESSAGE, failure);
    }
  }

  private void error(int code, Failure failure) {
    connection.outbox.send(Frames.error(code, failure.text()));
  }

  private static JsonObject parse(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw Asked.bad("it is not a JSON object");
    }
  }

  private static Object data(JsonObject message) {
    var data = message.getValue("data");
    if (data == null) throw Asked.bad("data is missing");
    return data;
  }

  private static JsonObject object(JsonObject message) {
    if (data(message) instanceof JsonObject object) return object;
    throw Asked.bad("data is an object");
  }

  private void authenticate(JsonObject data) {
    var session = Asked.text(data, "session", Limits.MESSAGE_BYTES);
    if (session.isEmpty()) throw Asked.bad("session is missing");
    var hub = connection.hub;
    hub.on(
        hub.doorman().authenticate(connection.visitor(), session),
        visitor -> {
          if (connection.closed()) return;
          connection.become(visitor);
          var user = new JsonObject().put("user", visitor.account());
          connection.outbox.send(Frames.response("authentication", user));
        },
        this::unanswered);
  }

  private void presence(JsonObject data) {
    var hub = connection.hub;
    hub.on(
        hub.doorman().presence(connection.visitor(), data),
        presence ->
            connection.outbox.send(
                Frames.response("presence", new JsonObject().put("presence", presence))),
        this::unanswered);
  }

  private void unanswered(Throwable cause) {
    if (connection.closed()) return;
    if (cause instanceof Failure failure) failed(failure);
    else connection.outbox.send(Frames.error(Frames.TOO_MANY, "The server is busy. Try again."));
  }

  /** All of {@code rows} or, when one of them is bad, none. */
  void subscribe(List<Asked> rows) {
    var answer = new JsonArray();
    for (var subscription : accept(rows)) {
      answer.add(
          new JsonObject()
              .put("subscriptionId", subscription.id)
              .put("channels", new JsonArray(subscription.keys))
              .put("queries", new JsonArray(rows.get(answer.size()).queries()))
              .put("seq", connection.from().token()));
    }
    connection.outbox.send(
        Frames.response("subscribe", new JsonObject().put("subscriptions", answer)));
    replay();
  }

  /** Adds the subscriptions; those that resume hold back what is live until {@link #replay}. */
  List<Subscription> accept(List<Asked> rows) {
    var fresh = new LinkedHashMap<String, Subscription>();
    for (var row : rows) {
      var id = row.id().isEmpty() ? Ids.unique() : row.id();
      var filter = Filter.of(row.parsed());
      var subscription =
          new Subscription(connection, id, row.channels(), filter, connection.from().seen());
      if (fresh.put(id, subscription) != null) throw Asked.bad("a subscription stands twice");
      if (row.since().isEmpty()) continue;
      subscription.held = new ArrayDeque<>(0);
      resuming.add(Map.entry(subscription, row.since()));
    }
    int channels = fresh.values().stream().mapToInt(each -> each.channels.size()).sum();
    for (var there : connection.subscriptions()) {
      if (!fresh.containsKey(there.id)) channels += there.channels.size();
    }
    int limit = connection.hub.limits().channels();
    if (channels > limit) {
      throw Failure.with(
          Fault.REALTIME_POLICY_VIOLATION, "there are more than " + limit + " channels");
    }
    fresh.values().forEach(connection::add);
    return List.copyOf(fresh.values());
  }

  /** Begins the replays that {@link #accept} noted: one for each place to resume from. */
  void replay() {
    var places = new LinkedHashMap<String, List<Subscription>>();
    for (var each : resuming) {
      places.computeIfAbsent(each.getValue(), place -> new ArrayList<>()).add(each.getKey());
    }
    resuming = new ArrayList<>(0);
    places.forEach(
        (token, subscriptions) ->
            new Replay(connection, subscriptions).start(Position.parse(token).orElse(null)));
  }

  private void unsubscribe(Object data) {
    if (!(data instanceof JsonArray rows)) throw Asked.bad("data is a list");
    var answer = new JsonArray();
    for (int i = 0; i < rows.size(); i++) {
      if (!(rows.getValue(i) instanceof JsonObject row)) throw Asked.bad("a row is an object");
      var id = Asked.text(row, "subscriptionId", Limits.CHANNEL_CHARACTERS);
      answer.add(new JsonObject().put("subscriptionId", id).put("removed", connection.remove(id)));
    }
    connection.outbox.send(
        Frames.response("unsubscribe", new JsonObject().put("subscriptions", answer)));
  }
}
