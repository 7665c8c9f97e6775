package dev.celadon.realtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who wants what, on one event loop: project and channel to subscriptions. An event costs as many
 * look-ups as it has channels, and beyond that only for its receivers.
 */
final class Index {

  private final Map<String, Map<String, List<Subscription>>> projects = new HashMap<>();

  void add(String project, Subscription subscription) {
    var channels = projects.computeIfAbsent(project, name -> new HashMap<>());
    for (var key : subscription.keys) {
      channels.computeIfAbsent(key, name -> new ArrayList<>(1)).add(subscription);
    }
  }

  void remove(String project, Subscription subscription) {
    var channels = projects.get(project);
    if (channels == null) return;
    for (var key : subscription.keys) {
      var there = channels.get(key);
      if (there == null) continue;
      // Large lists are those of shared channels; their order does not matter.
      int at = there.lastIndexOf(subscription);
      if (at < 0) continue;
      var last = there.removeLast();
      if (at < there.size()) there.set(at, last);
      if (there.isEmpty()) channels.remove(key);
    }
    if (channels.isEmpty()) projects.remove(project);
  }

  /** Whether anybody here wants anything of {@code project}. */
  boolean has(String project) {
    return projects.containsKey(project);
  }

  /** Hands each connection that wants {@code event} the subscriptions that say so. */
  void match(Published event) {
    var channels = projects.get(event.logged().project());
    if (channels == null) return;
    long id = event.logged().id();
    var wanting = new ArrayList<Connection>();
    for (var key : event.keys()) {
      var subscriptions = channels.get(key);
      if (subscriptions == null) continue;
      for (var subscription : subscriptions) {
        if (subscription.matched == id) continue;
        subscription.matched = id;
        if (subscription.owner.matched.isEmpty()) wanting.add(subscription.owner);
        subscription.owner.want(subscription);
      }
    }
    for (var connection : wanting) {
      var matched = connection.matched;
      connection.matched = List.of();
      connection.offer(event, matched);
    }
  }
}
