package dev.celadon.domain.documents.guards;

import dev.celadon.api.Actor;
import dev.celadon.api.Permission;
import dev.celadon.api.Permission.Kind;
import dev.celadon.api.PermissionWords;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the permissions of a column say. Where it names readers, nobody else reads it; where it
 * names anybody who creates or updates, nobody else gives it a value, in a new row or in one that
 * is there. What it says nothing of is as the table and the row decide. Keys and administrators are
 * held to none of it.
 *
 * @param permissions to read, to create and to update; {@code write} is spelled out as the last two
 */
public record Guard(List<Permission> permissions) {

  /** Says nothing. */
  public static final Guard NONE = new Guard(List.of());

  private static final int MOST = 100;

  /** A list of at most 100 permissions. */
  public static Rule<Guard> rule() {
    var permission = Rules.<Permission>rule(Schema.TEXT, Guard::permission);
    return Rules.mapped(Rules.list(permission, MOST), Guard::expanded);
  }

  private static Permission permission(Object raw) throws Rule.Refused {
    if (!(raw instanceof String text)) throw new Rule.Refused("must be a permission string");
    var permission = PermissionWords.parse(text);
    if (permission.kind() == Kind.DELETE) {
      throw new Rule.Refused("takes read, create, update and write: rows are deleted, not columns");
    }
    // Who made a row is known of the row; what a column says holds for all rows alike.
    if (permission.role().id().equals(PermissionWords.CALLER)) {
      throw new Rule.Refused("must name roles, not the maker of a row");
    }
    return permission;
  }

  private static Guard expanded(List<Permission> permissions) {
    var all = Permission.expand(permissions).stream();
    return new Guard(all.filter(permission -> permission.kind() != Kind.DELETE).toList());
  }

  /** What was stored as {@link #texts}. */
  public static Guard of(Stream<String> texts) {
    var permissions = texts.map(Guard::stored).toList();
    return permissions.isEmpty() ? NONE : new Guard(permissions);
  }

  private static Permission stored(String text) {
    try {
      return Permission.parse(text);
    } catch (Rule.Refused e) {
      throw new IllegalStateException("stored permission " + text, e);
    }
  }

  /** Whether it says nothing. */
  public boolean none() {
    return permissions.isEmpty();
  }

  public boolean reads(Actor actor) {
    return permissions.isEmpty() || allows(actor, Kind.READ, named(Kind.READ));
  }

  /** Whether {@code actor} may give the column a value: in a new row, or in one that is there. */
  public boolean writes(Actor actor, Kind kind) {
    return permissions.isEmpty() || allows(actor, kind, named(Kind.CREATE) || named(Kind.UPDATE));
  }

  private boolean allows(Actor actor, Kind kind, boolean named) {
    if (!named || actor.privileged()) return true;
    for (var permission : permissions) {
      boolean held = actor.roles().contains(permission.role().toString());
      if (permission.kind() == kind && held) return true;
    }
    return false;
  }

  private boolean named(Kind kind) {
    for (var permission : permissions) if (permission.kind() == kind) return true;
    return false;
  }

  /** The permissions as they are stored and shown. */
  public String[] texts() {
    return permissions.stream().map(Permission::toString).toArray(String[]::new);
  }

  public JsonArray json() {
    return new JsonArray(List.of(texts()));
  }
}
