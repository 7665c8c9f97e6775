package dev.celadon.realtime;

import dev.celadon.api.Actor;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to many subscribers: whatever is the same for all is made once, when the
 * first needs it. Shared by event loops; making something twice does no harm.
 */
final class Published {

  /** Of how many selections the frames are kept; those of others are made for each subscriber. */
  private static final int MOST_TRIMMED = 16;

  private final Logged logged;
  private final EventNames names;
  private final Set<String> channels;
  private final byte[][] heads = new byte[Words.values().length][];
  private final Map<Part, byte[]> trimmed = new ConcurrentHashMap<>(0);
  private @Nullable JsonObject payload;
  private @Nullable String seq;
  private @Nullable JsonObject container;
  private @Nullable Map<String, List<String>> columns;

  /**
   * One form of an event; a connection whose subscriptions select differently gets several.
   *
   * @param select the values to be shown of a row; empty for all
   * @param hidden the values not to be shown of a row, see {@link #hidden}
   * @param last whether the connection then has the whole event: only that form says so by its
   *     {@code seq}, since who resumes behind it gets no other form
   */
  record Part(Words words, Set<String> select, Set<String> hidden, boolean last) {}

  private record Frame(Published event, Part part, String ids) implements Outbox.Frame {
    @Override
    public void to(Wire wire) {
      wire.write(event.head(part), ids + END, part.last ? event.seq() : "");
    }

    @Override
    public int size() {
      return event.size();
    }
  }

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

  /**
   * The event as one connection gets it.
   *
   * @param ids of the subscriptions that get it, as a list in JSON without its brackets
   */
  Outbox.Frame frame(Part part, String ids) {
    return new Frame(this, part, ids);
  }

  /** The place in the log behind this event. */
  private String seq() {
    if (seq == null) seq = logged.position().token();
    return seq;
  }

  /** What follows the ids of subscriptions, which follow {@link #head}. */
  private static final String END = "]}}";

  /** The frame up to the ids of subscriptions, which are a list as JSON; the same for all. */
  private byte[] head(Part part) {
    if (!part.select.isEmpty() || !part.hidden.isEmpty()) return trimmed(part);
    var head = heads[part.words.ordinal()];
    if (head == null) {
      heads[part.words.ordinal()] = head = text(part, logged.payload());
    }
    return head;
  }

  private byte[] trimmed(Part part) {
    var head = trimmed.get(part);
    if (head == null) {
      var row = payload(part.hidden);
      if (!part.select.isEmpty()) row = Filter.trimmed(row, part.select);
      head = text(part, row.encode());
      if (trimmed.size() < MOST_TRIMMED) trimmed.put(part, head);
    }
    return head;
  }

  private byte[] text(Part part, String shown) {
    var all = new JsonArray(names.names(logged.ids()).stream().toList());
    var data =
        new JsonObject()
            .put("events", all)
            .put("channels", new JsonArray(channels.stream().toList()))
            .put("timestamp", Time.format(logged.time()))
            .put("event", names.shortName(logged.ids(), part.words))
            .put("id", logged.position().epoch() + "-" + logged.id());
    if (part.last) data.put("seq", seq());
    var text = data.encode();
    // The payload is JSON text as it stands in the log: nothing reads a whole one on its way.
    var head =
        "{\"type\":\"event\",\"data\":"
            + text.substring(0, text.length() - 1)
            + ",\"payload\":"
            + shown
            + ",\"subscriptions\":[";
    return head.getBytes(StandardCharsets.UTF_8);
  }

  /** The payload to be asked by queries; not to be changed. */
  JsonObject payload() {
    if (payload == null) payload = parse(logged.payload());
    return payload;
  }

  /** The same without what is {@code hidden}. */
  JsonObject payload(Set<String> hidden) {
    if (hidden.isEmpty()) return payload();
    var shown = payload().copy();
    hidden.forEach(shown::remove);
    return shown;
  }

  /**
   * The values of a row that {@code actor} may not read at this moment: those of columns that do
   * not let him, and in a table that has such columns also what is of no column any more.
   */
  Set<String> hidden(Actor actor) {
    if (logged.columns() == null || actor.privileged()) return Set.of();
    var hidden = new HashSet<String>();
    for (var key : payload().fieldNames()) {
      if (key.startsWith("$")) continue;
      var readers = columns().get(key);
      if (readers == null || !Rights.granted(readers, actor.roles())) hidden.add(key);
    }
    return hidden;
  }

  /** The roles that may read each column; none for all. */
  private Map<String, List<String>> columns() {
    if (columns == null) {
      var readers = new HashMap<String, List<String>>();
      for (var column : parse(String.valueOf(logged.columns()))) {
        readers.put(column.getKey(), Rights.readers((JsonArray) column.getValue()));
      }
      columns = readers;
    }
    return columns;
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
