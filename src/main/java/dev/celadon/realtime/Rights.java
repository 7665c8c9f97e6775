package dev.celadon.realtime;

import dev.celadon.api.Actor;
import dev.celadon.api.Permission;
import dev.celadon.api.Rule;
import dev.celadon.api.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who may be sent an event, at this moment. */
final class Rights {

  private static final List<String> BY_ITEM =
      List.of("rowSecurity", "documentSecurity", "fileSecurity");

  /**
   * Whether {@code actor} may read {@code event}: as the event itself says, as the newest event of
   * the same resource says, and as the table or bucket around it says now.
   */
  static boolean readable(Published event, Actor actor) {
    if (actor.privileged()) {
      var scopes = scopes(event);
      return actor.scopes().stream().anyMatch(scopes::contains);
    }
    var logged = event.logged();
    return meets(logged.readers(), actor.roles())
        && meets(logged.allowed(), actor.roles())
        && admitted(event, actor.roles());
  }

  private static boolean meets(List<String> readers, Set<String> roles) {
    for (var reader : readers) if (roles.contains(reader)) return true;
    return false;
  }

  private static boolean admitted(Published event, Set<String> roles) {
    var container = event.container();
    if (container == null) return true;
    if (Boolean.FALSE.equals(container.getValue("enabled"))) return false;
    if (grants(container, roles)) return true;
    boolean byItem = BY_ITEM.stream().anyMatch(n -> Boolean.TRUE.equals(container.getValue(n)));
    return byItem && grants(event.payload(), roles);
  }

  private static boolean grants(JsonObject resource, Set<String> roles) {
    return resource.getValue("$permissions") instanceof JsonArray permissions
        && meets(readers(permissions), roles);
  }

  /** The roles that {@code permissions} let read. */
  static List<String> readers(JsonArray permissions) {
    var readers = new ArrayList<String>();
    for (var text : permissions) {
      try {
        var permission = Permission.parse(String.valueOf(text));
        if (permission.kind() == Permission.Kind.READ) readers.add(permission.role().toString());
      } catch (Rule.Refused e) {
        // Grants nothing to anybody.
      }
    }
    return readers;
  }

  /** Whether a column is read by who has {@code roles}: one that names no readers is. */
  static boolean granted(List<String> readers, Set<String> roles) {
    return readers.isEmpty() || meets(readers, roles);
  }

  /** Keys and admins are held to scopes, as when they read by request. */
  private static Set<Scope> scopes(Published event) {
    var names = event.names();
    if (names.ofRow()) return Set.of(Scope.ROWS_READ, Scope.DOCUMENTS_READ);
    return switch (names.kind()) {
      case "tables", "columns", "collections", "attributes", "indexes" ->
          Set.of(Scope.TABLES_READ, Scope.COLLECTIONS_READ);
      case "databases", "tablesdb", "documentsdb", "vectorsdb" -> Set.of(Scope.DATABASES_READ);
      case "memberships" -> Set.of(Scope.TEAMS_READ);
      default -> {
        var own = Scope.of(names.kind() + ".read");
        var root = Scope.of(names.root() + ".read");
        yield Set.of(own != null ? own : root != null ? root : Scope.PROJECT_READ);
      }
    };
  }

  private Rights() {}
}
