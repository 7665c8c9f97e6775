package dev.celadon.realtime;

import dev.celadon.api.Actor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose connections these are, on one event loop, and which of them an event concerns: a role, a
 * session or the project itself may have changed. The log says so before anything that comes after.
 */
final class People {

  /** The project whose users administer the others. */
  static final String CONSOLE = "console";

  private static final Set<String> OF_PROJECT =
      Set.of("services", "protocols", "platforms", "project", "projects");

  private final Map<String, List<Connection>> people = new HashMap<>();

  /** {@code connection} was {@code before} and is {@code now}; null for nobody. */
  void move(Connection connection, @Nullable Visitor before, @Nullable Visitor now) {
    var from = before == null ? "" : key(before);
    var to = now == null ? "" : key(now);
    if (from.equals(to)) return;
    var there = people.get(from);
    if (there != null && there.remove(connection) && there.isEmpty()) people.remove(from);
    if (!to.isEmpty()) people.computeIfAbsent(to, key -> new ArrayList<>(1)).add(connection);
  }

  private static String key(Visitor visitor) {
    return switch (visitor.actor()) {
      case Actor.User user -> key(visitor.project(), user.id());
      case Actor.Admin admin -> key(CONSOLE, admin.id());
      default -> "";
    };
  }

  private static String key(String project, String user) {
    return project + "/" + user;
  }

  /** The connections among {@code all} whose visitors must be asked about anew. */
  Set<Connection> concerned(Published event, Iterable<Connection> all) {
    var logged = event.logged();
    var project = logged.project();
    var found = new HashSet<Connection>();
    switch (event.names().root()) {
      case "users" -> add(found, project, logged.ids().getFirst());
      case "teams" -> {
        if (event.names().kind().equals("memberships")) {
          if (event.payload().getValue("userId") instanceof String user) add(found, project, user);
          else team(found, all, project, logged.ids().getFirst());
        } else if (logged.template().endsWith(".delete")) {
          team(found, all, project, logged.ids().getFirst());
        }
      }
      case "keys" ->
          of(
              found,
              all,
              who ->
                  who.actor() instanceof Actor.Key key && key.id().equals(logged.ids().getFirst()));
      default -> {
        if (OF_PROJECT.contains(event.names().root())) project(found, all, event);
      }
    }
    return found;
  }

  private void add(Set<Connection> found, String project, String user) {
    found.addAll(people.getOrDefault(key(project, user), List.of()));
  }

  private static void team(
      Set<Connection> found, Iterable<Connection> all, String project, String team) {
    var role = "team:" + team;
    of(
        found,
        all,
        who ->
            who.actor() instanceof Actor.User user
                ? who.project().equals(project) && user.roles().contains(role)
                : who.actor() instanceof Actor.Admin && project.equals(CONSOLE));
  }

  private static void project(Set<Connection> found, Iterable<Connection> all, Published event) {
    var ids = event.logged().ids();
    var named = event.names().root().equals("projects") && !ids.isEmpty() ? ids.getFirst() : "";
    of(
        found,
        all,
        who -> who.project().equals(event.logged().project()) || who.project().equals(named));
  }

  private static void of(
      Set<Connection> found, Iterable<Connection> all, Predicate<Visitor> which) {
    for (var connection : all) {
      if (connection.greeted() && which.test(connection.visitor())) found.add(connection);
    }
  }
}
