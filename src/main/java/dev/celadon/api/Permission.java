package dev.celadon.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a {@link Role} may do to one resource: {@code read("user:5f1")}. */
public record Permission(Kind kind, Role role) {

  /** What may be done. {@code write} stands for create, update and delete. */
  public enum Kind {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    WRITE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern FORM =
      Pattern.compile("(create|read|update|delete|write)\\(\"([^\"\\\\]{1,128})\"\\)");

  /** Reads the wire form, strictly. */
  public static Permission parse(String text) throws Rule.Refused {
    var match = FORM.matcher(text);
    if (!match.matches()) throw new Rule.Refused("must be a permission such as read(\"any\")");
    var kind = Kind.valueOf(match.group(1).toUpperCase(Locale.ROOT));
    return new Permission(kind, Role.parse(match.group(2)));
  }

  /** {@code write} spelled out as create, update and delete; each permission once, in order. */
  public static List<Permission> expand(List<Permission> permissions) {
    return permissions.stream().flatMap(Permission::expanded).distinct().toList();
  }

  private Stream<Permission> expanded() {
    return kind != Kind.WRITE
        ? Stream.of(this)
        : Stream.of(Kind.CREATE, Kind.UPDATE, Kind.DELETE).map(k -> new Permission(k, role));
  }

  /** The roles that {@code permissions} allow {@code kind}, as texts. Expand first. */
  public static String[] roles(List<Permission> permissions, Kind kind) {
    var roles = new ArrayList<String>();
    for (var permission : permissions) {
      if (permission.kind == kind) roles.add(permission.role.toString());
    }
    return roles.toArray(String[]::new);
  }

  @Override
  public String toString() {
    return kind + "(\"" + role + "\")";
  }
}
