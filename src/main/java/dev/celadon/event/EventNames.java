package dev.celadon.event;

import dev.celadon.api.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that one event is called: its names for triggers and subscribers, the channels that
 * carry it, and the short name. Made from the template once, applied to ids for each event.
 */
public final class EventNames {

  private static final Set<String> ACTIONS = Set.of("create", "update", "upsert", "delete");

  private static final Map<String, EventNames> KNOWN = new ConcurrentHashMap<>();

  private final List<Event> mirrors;
  private final String action;
  private final List<String> parts;

  private EventNames(String template) {
    parts = Event.of(template).parts();
    mirrors = Vocabulary.mirrors(parts).stream().map(EventNames::event).toList();
    var rest = parts.subList(lastId(parts) + 1, parts.size());
    action = rest.stream().filter(ACTIONS::contains).findFirst().orElse(parts.getLast());
  }

  /** For the template that an endpoint declares; there are as many as endpoints. */
  public static EventNames of(String template) {
    return KNOWN.computeIfAbsent(template, EventNames::new);
  }

  private static Event event(List<String> parts) {
    return new Event(String.join(".", parts), parts);
  }

  /** Every name, the event's own first: with ids, with {@code *}, and in each vocabulary. */
  public Set<String> names(List<String> ids) {
    var names = new LinkedHashSet<String>();
    for (var mirror : mirrors) names.addAll(mirror.names(ids));
    return names;
  }

  /** Which words {@link #shortName} uses for what happens to a row. */
  public enum Words {
    /** Those of the endpoint that made the change. */
    OWN,
    ROWS,
    DOCUMENTS
  }

  /**
   * The most specific name without the last id, {@code databases.a.tables.b.rows.create}, for
   * handlers that compare one string.
   */
  public String shortName(List<String> ids, Words words) {
    var own = words == Words.OWN || !ofRow();
    var spoken = own ? parts : Vocabulary.translate(parts, words == Words.ROWS);
    int last = lastId(spoken);
    var name = new StringBuilder();
    int next = 0;
    for (int i = 0; i < spoken.size(); i++) {
      var word = Event.open(spoken.get(i)) ? ids.get(next++) : spoken.get(i);
      if (i == last) continue;
      name.append(name.isEmpty() ? "" : ".").append(word);
    }
    return name.toString();
  }

  /** Whether what happened, happened to a row or a document. */
  public boolean ofRow() {
    int last = lastId(parts);
    return last > 0 && Set.of("rows", "documents").contains(parts.get(last - 1));
  }

  /**
   * The channels that carry the event: the resource's kind and the resource in each vocabulary, the
   * short nouns, and each of them followed by the action.
   */
  public Set<String> channels(List<String> ids) {
    var bare = new LinkedHashSet<String>();
    nouns(ids, bare);
    for (var mirror : mirrors) path(mirror.parts(), ids, bare);
    var all = new LinkedHashSet<>(bare);
    for (var channel : bare) all.add(channel + "." + action);
    return all;
  }

  private void nouns(List<String> ids, Set<String> channels) {
    if (ids.isEmpty()) return;
    var last = ids.getLast();
    if (ofRow()) channels.addAll(List.of("rows", "documents"));
    switch (kind()) {
      case "users" -> channels.addAll(List.of("account", "account." + ids.getFirst()));
      case "files" -> channels.add("files");
      case "memberships" -> channels.addAll(List.of("memberships", "memberships." + last));
      case "executions" ->
          channels.addAll(
              List.of("executions", "executions." + last, "functions." + ids.getFirst()));
      default -> {}
    }
  }

  /** {@code users} for all that happens to a user, else the noun before the last id, or empty. */
  public String kind() {
    if (parts.getFirst().equals("users")) return "users";
    int last = lastId(parts);
    return last > 0 ? parts.get(last - 1) : "";
  }

  /** The first word: {@code databases}, {@code users}, {@code project}. */
  public String root() {
    return parts.getFirst();
  }

  private static void path(List<String> parts, List<String> ids, Set<String> channels) {
    int last = Math.max(lastId(parts), 0);
    var path = new ArrayList<String>();
    int next = 0;
    for (int i = 0; i <= last; i++) {
      if (i == last && i > 0) channels.add(String.join(".", path));
      path.add(Event.open(parts.get(i)) ? ids.get(next++) : parts.get(i));
    }
    channels.add(String.join(".", path));
  }

  private static int lastId(List<String> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) if (Event.open(parts.get(i))) return i;
    return -1;
  }
}
