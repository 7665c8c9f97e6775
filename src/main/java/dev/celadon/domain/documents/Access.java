package dev.celadon.domain.documents;

import dev.celadon.api.Actor;
import dev.celadon.api.Permission;
import dev.celadon.api.PermissionWords;
import dev.celadon.api.Role;
import dev.celadon.domain.query.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do to the rows of a table, in one respect: to all of them, to those that grant
 * it themselves, or to none.
 *
 * @param column the array of roles that a row grants this to, in SQL
 */
public record Access(boolean all, boolean some, String column, String[] roles) {

  public static Access of(Actor actor, Table table, Permission.Kind kind) {
    boolean all = actor.privileged() || granted(actor, table, kind);
    boolean some = all || table.secured() || templated(table);
    var roles = all ? new String[0] : actor.roles().toArray(String[]::new);
    return new Access(all, some, "_" + kind, roles);
  }

  private static boolean granted(Actor actor, Table table, Permission.Kind kind) {
    for (var permission : table.permissions()) {
      if (permission.kind() == kind && actor.roles().contains(permission.role().toString())) {
        return true;
      }
    }
    return false;
  }

  /** A condition on rows: what may be touched. */
  public Sql condition() {
    if (all) return Sql.of("TRUE");
    if (!some) return Sql.of("FALSE");
    return Sql.of("t." + column + " && ").arg(roles, "text[]");
  }

  /** Whether rows of {@code table} grant anything themselves. */
  static boolean byRow(Table table) {
    return table.secured() || templated(table);
  }

  private static boolean templated(Table table) {
    for (var permission : table.permissions()) if (isTemplate(permission)) return true;
    return false;
  }

  /** Those who may read all rows of {@code table}. */
  static String[] readers(Table table) {
    return table.permissions().stream()
        .filter(p -> p.kind() == Permission.Kind.READ && !isTemplate(p))
        .map(p -> p.role().toString())
        .toArray(String[]::new);
  }

  /** Refuses callers who may not add a row to {@code table}. */
  static void requireCreate(Actor actor, Table table) {
    if (!actor.privileged() && !granted(actor, table, Permission.Kind.CREATE)) {
      throw Refusal.unauthorized();
    }
  }

  /**
   * What a new row grants: what was asked for, or else the table's templates, or else everything to
   * the user who makes it, and nothing to anybody where a key does.
   */
  static List<Permission> ofNew(Actor actor, Table table, @Nullable List<Permission> asked) {
    if (asked != null) return allowed(actor, asked);
    if (!(actor instanceof Actor.User user)) return List.of();
    var templates = table.permissions().stream().filter(Access::isTemplate).toList();
    if (!templates.isEmpty()) return filled(templates, actor);
    var self = Role.user(user.id());
    return Stream.of(Permission.Kind.READ, Permission.Kind.UPDATE, Permission.Kind.DELETE)
        .map(kind -> new Permission(kind, self))
        .toList();
  }

  /** What was asked for, its templates filled; a client may grant only roles that it holds. */
  static List<Permission> allowed(Actor actor, List<Permission> asked) {
    var filled = filled(asked, actor);
    if (actor.privileged()) return filled;
    for (var permission : filled) {
      if (!actor.roles().contains(permission.role().toString())) {
        throw Refusal.unauthorized();
      }
    }
    return filled;
  }

  /** Without the templates, where nobody is signed in to fill them. */
  private static List<Permission> filled(List<Permission> permissions, Actor actor) {
    var filled = new ArrayList<Permission>(permissions.size());
    for (var permission : permissions) {
      if (!isTemplate(permission)) {
        filled.add(permission);
      } else if (actor instanceof Actor.User user) {
        var role = new Role("user", user.id(), permission.role().dimension());
        filled.add(new Permission(permission.kind(), role));
      }
    }
    return filled.stream().distinct().toList();
  }

  static boolean isTemplate(Permission permission) {
    return permission.role().id().equals(PermissionWords.CALLER);
  }
}
