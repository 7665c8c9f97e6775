package dev.celadon.realtime;

import dev.celadon.event.EventNames.Words;
import dev.celadon.event.Snapshot;
import io.vertx.core.json.Json;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscription of one connection. */
final class Subscription {

  private static final String ACCOUNT = "account";

  final String id;

  /** The id as JSON. */
  final String quoted;

  final Connection owner;
  final Filter filter;
  final Words words;

  /** As the client named them. */
  final List<String> channels;

  /** As the index knows them, for who the visitor is now. */
  List<String> keys = List.of();

  /** What this snapshot sees is not sent: it was there before, or a replay has sent it. */
  Snapshot from;

  /** What arrives while older events are being replayed; null when none are. */
  @Nullable ArrayDeque<Published> held;

  boolean active = true;

  /** The event that was matched last, for an event that comes on several channels. */
  long matched;

  Subscription(Connection owner, String id, List<String> channels, Filter filter, Snapshot from) {
    this.owner = owner;
    this.id = id;
    this.quoted = Json.encode(id);
    this.channels = List.copyOf(channels);
    this.filter = filter;
    this.from = from;
    this.words = words(channels);
  }

  private static Words words(List<String> channels) {
    for (var channel : channels) {
      if (channel.contains("documents")) return Words.DOCUMENTS;
      if (channel.contains("rows")) return Words.ROWS;
    }
    return Words.OWN;
  }

  /** Whether a channel speaks of "my account", whoever I am: {@code account}, {@code account.x}. */
  static boolean ownAccount(String channel) {
    return channel.equals(ACCOUNT)
        || channel.equals("account.create")
        || channel.equals("account.update")
        || channel.equals("account.delete");
  }

  /** The channels for {@code visitor}: the own account by its id; for who has none, as they are. */
  static List<String> resolve(List<String> channels, Visitor visitor) {
    var user = visitor.user();
    if (user.isEmpty()) return channels;
    return channels.stream()
        .map(
            channel ->
                ownAccount(channel)
                    ? ACCOUNT + "." + user + channel.substring(ACCOUNT.length())
                    : channel)
        .distinct()
        .toList();
  }
}
