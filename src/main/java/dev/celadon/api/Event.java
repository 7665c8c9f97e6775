package dev.celadon.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A template such as {@code databases.[databaseId].collections.[collectionId].create}. */
public record Event(String template, List<String> parts) {

  public static Event of(String template) {
    return new Event(template, List.of(template.split("\\.")));
  }

  /** The ids that must be known before this event can be named, in order. */
  public Stream<String> placeholders() {
    return parts.stream().filter(Event::open).map(part -> part.substring(1, part.length() - 1));
  }

  /** The values of {@link #placeholders} in order, as the log stores them. */
  public String[] ids(Map<String, String> ids) {
    return placeholders()
        .map(
            name -> {
              var id = ids.get(name);
              if (id == null) throw new IllegalStateException(template + " needs " + name);
              return id;
            })
        .toArray(String[]::new);
  }

  /**
   * Every name under which one occurrence is published: each id, and each id as {@code *}; the most
   * specific first. Quadratic in nothing: 2^ids names, and no template has more than five ids.
   */
  public Set<String> names(List<String> ids) {
    List<String> names = List.of("");
    int next = 0;
    for (var part : parts) {
      var value = open(part) ? ids.get(next++) : part;
      var longer = new ArrayList<String>(names.size() * 2);
      for (var head : names) {
        var dot = head.isEmpty() ? "" : head + ".";
        longer.add(dot + value);
        if (open(part)) longer.add(dot + "*");
      }
      names = longer;
    }
    return new LinkedHashSet<>(names);
  }

  /** Whether a part of a template is the place of an id. */
  public static boolean open(String part) {
    return part.startsWith("[");
  }
}
