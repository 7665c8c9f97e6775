package dev.celadon.domain.documents.schemas;

import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the things that are there each wanted one is. One that names what it was called before
 * is that one, as long as that is still called so; afterwards the old name is of no meaning.
 */
final class Renames {

  private final Map<String, @Nullable String> wanted;
  private final Set<String> existing;
  private final Map<String, String> sources = new LinkedHashMap<>();

  /**
   * @param wanted what each is to be called, and what it may have been called before
   */
  Renames(Map<String, @Nullable String> wanted, Set<String> existing) {
    this.wanted = wanted;
    this.existing = existing;
    for (var name : wanted.keySet()) {
      var source = renamed(name, new HashSet<>()) ? wanted.get(name) : kept(name);
      if (source != null) sources.put(name, source);
    }
  }

  private @Nullable String kept(String name) {
    return existing.contains(name) && !leaves(name, new HashSet<>()) ? name : null;
  }

  /** Whether {@code name} is what something else is called so far. */
  private boolean renamed(String name, Set<String> seen) {
    var from = wanted.get(name);
    if (from == null || !existing.contains(from)) return false;
    if (!existing.contains(name) || leaves(name, seen)) return true;
    // It has been done before, and something new has been given the old name.
    if (wanted.containsKey(from)) return false;
    throw refusal("both '" + from + "' and '" + name + "' exist: which one is renamed?");
  }

  /** Whether what is called {@code name} so far gets another name. */
  private boolean leaves(String name, Set<String> seen) {
    if (!seen.add(name)) throw refusal("renames go in a circle at '" + name + "'");
    for (var other : wanted.entrySet()) {
      if (!name.equals(other.getValue()) || name.equals(other.getKey())) continue;
      if (renamed(other.getKey(), seen)) return true;
    }
    return false;
  }

  /** What is called so far what shall be called {@code name}; null where it is new. */
  @Nullable String source(String name) {
    return sources.get(name);
  }

  /** What shall be called what is called {@code source} so far; null where it shall go. */
  @Nullable String target(String source) {
    for (var entry : sources.entrySet()) {
      if (entry.getValue().equals(source)) return entry.getKey();
    }
    return null;
  }

  /**
   * {@code froms} in an order in which each finds its new name free.
   *
   * @param taken the names that are taken at first
   */
  List<String> order(List<String> froms, Set<String> taken) {
    var names = new HashSet<>(taken);
    var pending = new ArrayList<>(froms);
    var order = new ArrayList<String>();
    while (!pending.isEmpty()) {
      var next =
          pending.stream().filter(from -> free(names, from)).findFirst().orElse(pending.getFirst());
      pending.remove(next);
      names.remove(next);
      var target = target(next);
      if (target != null) names.add(target);
      order.add(next);
    }
    return order;
  }

  private boolean free(Set<String> names, String from) {
    var target = target(from);
    return from.equals(target) || !names.contains(target);
  }

  /** What each of {@code keyed} shall be called, and what it may have been called before. */
  static Map<String, @Nullable String> of(List<? extends Design.Keyed> keyed) {
    var all = new HashMap<String, @Nullable String>();
    for (var one : keyed) all.put(one.key(), one.renamedFrom());
    return all;
  }

  private static Refusal refusal(String reason) {
    return new Refusal(Fault.ARGUMENT_INVALID, reason);
  }
}
