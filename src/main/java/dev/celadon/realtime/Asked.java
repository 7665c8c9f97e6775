package dev.celadon.realtime;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One subscription as a client asks for it, in a frame or in the URL.
 *
 * @param id the client's name for it, or its slot in the URL; empty for the server to choose
 * @param since the token to resume from, or empty
 */
record Asked(String id, List<String> channels, List<Object> queries, String since) {

  private static final Pattern CHANNELS = Pattern.compile("channels(\\[\\d*])?");
  private static final Pattern QUERIES = Pattern.compile("queries(\\[\\d*])?");
  private static final Pattern SLOT = Pattern.compile("(.+)\\[(\\d{1,3})]\\[\\d*]");
  private static final int ID_CHARACTERS = 64;

  List<Query> parsed() {
    return queries.stream().map(Query::parse).toList();
  }

  /**
   * The rows of a {@code subscribe} message.
   *
   * @throws Failure {@link Fault#REALTIME_MESSAGE_FORMAT_INVALID}
   */
  static List<Asked> of(Object data) {
    if (!(data instanceof JsonArray rows)) throw bad("data is a list of subscriptions");
    var asked = new ArrayList<Asked>();
    for (int i = 0; i < rows.size(); i++) {
      if (!(rows.getValue(i) instanceof JsonObject row)) throw bad("a subscription is an object");
      var channels = texts(row, "channels");
      if (channels.isEmpty()) throw bad("a subscription names at least one channel");
      asked.add(
          new Asked(
              text(row, "subscriptionId", ID_CHARACTERS),
              channels,
              list(row, "queries").stream().toList(),
              text(row, "since", Integer.MAX_VALUE)));
    }
    if (asked.isEmpty()) throw bad("data holds no subscription");
    return asked;
  }

  /** The subscriptions in the URL by their slots; empty when it names no channels. */
  static Map<String, Asked> of(MultiMap params, String since) {
    var channels = new LinkedHashSet<String>();
    var everywhere = new ArrayList<Object>();
    for (var param : params) {
      if (CHANNELS.matcher(param.getKey()).matches()) channels.add(checked(param.getValue()));
      if (QUERIES.matcher(param.getKey()).matches()) everywhere.add(param.getValue());
    }
    if (channels.isEmpty()) return Map.of();
    var slots = new LinkedHashMap<String, Map<String, List<Object>>>();
    var placed = new LinkedHashSet<String>();
    for (var param : params) {
      var match = SLOT.matcher(param.getKey());
      if (!match.matches() || !channels.contains(match.group(1))) continue;
      placed.add(match.group(1));
      slots
          .computeIfAbsent(match.group(2), slot -> new LinkedHashMap<>())
          .computeIfAbsent(match.group(1), channel -> new ArrayList<>())
          .add(param.getValue());
    }
    var rest = new LinkedHashSet<>(channels);
    rest.removeAll(placed);
    if (!rest.isEmpty()) {
      var first = slots.computeIfAbsent("0", slot -> new LinkedHashMap<>());
      for (var channel : rest) first.put(channel, List.of());
    }
    var asked = new LinkedHashMap<String, Asked>();
    slots.forEach((slot, named) -> asked.put(slot, slot(slot, named, everywhere, since)));
    return asked;
  }

  /** The queries of a slot stand with each of its channels: the same ones, once. */
  private static Asked slot(
      String slot, Map<String, List<Object>> named, List<Object> everywhere, String since) {
    Set<Object> queries = new LinkedHashSet<>(everywhere);
    named.values().forEach(queries::addAll);
    return new Asked(slot, List.copyOf(named.keySet()), List.copyOf(queries), since);
  }

  /** The text {@code name}, or an empty one. */
  static String text(JsonObject row, String name, int max) {
    var value = row.getValue(name);
    if (value == null) return "";
    if (value instanceof String text && text.length() <= max) return text;
    throw bad(name + " is a text of at most " + max + " characters");
  }

  private static List<String> texts(JsonObject row, String name) {
    var texts = new LinkedHashSet<String>();
    for (var value : list(row, name)) {
      if (!(value instanceof String text)) throw bad(name + " is a list of texts");
      texts.add(checked(text));
    }
    return List.copyOf(texts);
  }

  private static JsonArray list(JsonObject row, String name) {
    var value = row.getValue(name);
    if (value == null) return new JsonArray();
    if (value instanceof JsonArray list) return list;
    throw bad(name + " is a list");
  }

  private static String checked(String channel) {
    if (channel.isEmpty() || channel.length() > Limits.CHANNEL_CHARACTERS) {
      throw bad("a channel has 1 to " + Limits.CHANNEL_CHARACTERS + " characters");
    }
    return channel;
  }

  static Failure bad(String reason) {
    return Failure.with(Fault.REALTIME_MESSAGE_FORMAT_INVALID, reason);
  }
}
