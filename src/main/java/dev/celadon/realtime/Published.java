package dev.celadon.realtime;

import dev.celadon.api.Time;
import dev.celadon.event.EventNames;
import dev.celadon.event.EventNames.Words;
import dev.celadon.event.Logged;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to many subscribers: whatever is the same for all is made once, when the
 * first needs it. Shared by event loops; making something twice does no harm.
 */
final class Published {

  private final Logged logged;
  private final EventNames names;
  private final Set<String> channels;
  private final byte[][] heads = new byte[Words.values().length][];
  private @Nullable JsonObject payload;
  private @Nullable String seq;
  private @Nullable JsonObject container;

  /** Reads the event's names; throws when its template and its ids do not fit. */
  Published(Logged logged) {
    this.logged = logged;
    this.names = EventNames.of(logged.template());
    this.channels = names.channels(logged.ids());
  }

  Logged logged() {
    return logged;
  }

  EventNames names() {
    return names;
  }

  /** Under which the index holds the subscriptions: the bare {@code account} is nobody's own. */
  List<String> keys() {
    var keys = new ArrayList<String>(channels.size());
    for (var channel : channels) if (!Subscription.ownAccount(channel)) keys.add(channel);
    return keys;
  }

  /** About how many bytes a frame of this event has. */
  int size() {
    return logged.payload().length() + 1_024;
  }

  /** The place in the log behind this event. */
  String seq() {
    if (seq == null) seq = logged.position().token();
    return seq;
  }

  /** What follows the ids of subscriptions, which follow {@link #head}. */
  static final String END = "]}}";

  /** The frame up to the ids of subscriptions, which are a list as JSON; the same for all. */
  byte[] head(Words words) {
    var head = heads[words.ordinal()];
    if (head == null) {
      heads[words.ordinal()] = head = text(words).getBytes(StandardCharsets.UTF_8);
    }
    return head;
  }

  private String text(Words words) {
    var all = new JsonArray(names.names(logged.ids()).stream().toList());
    var data =
        new JsonObject()
            .put("events", all)
            .put("channels", new JsonArray(channels.stream().toList()))
            .put("timestamp", Time.format(logged.time()))
            .put("event", names.shortName(logged.ids(), words))
            .put("id", logged.position().epoch() + "-" + logged.id())
            .put("seq", seq())
            .encode();
    // The payload is JSON text as it stands in the log: nothing reads it on its way.
    return "{\"type\":\"event\",\"data\":"
        + data.substring(0, data.length() - 1)
        + ",\"payload\":"
        + logged.payload()
        + ",\"subscriptions\":[";
  }

  /** The payload to be asked by queries; not to be changed. */
  JsonObject payload() {
    if (payload == null) payload = parse(logged.payload());
    return payload;
  }

  /** What the table or bucket around it has become since; null where it is what it was. */
  @Nullable JsonObject container() {
    var text = logged.container();
    if (text != null && container == null) container = parse(text);
    return container;
  }

  private static JsonObject parse(String text) {
    try {
      return Json.decodeValue(text) instanceof JsonObject json ? json : new JsonObject();
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }
}
