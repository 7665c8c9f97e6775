package dev.celadon.api;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Permissions of tables, rows, buckets and files, in the words of the protocol and in those of the
 * product's guide: {@code read:any} for {@code read("any")}, the roles {@code owner}, {@code
 * member} and {@code guest}, and {@code user:{userId}}. {@code owner} and {@code user:{userId}} are
 * a role whose id is {@link #CALLER}, to be replaced by whoever makes a row or a file.
 */
public final class PermissionWords {

  /** Stands for the id of the user who makes a row or a file. */
  public static final String CALLER = "{userId}";

  private static final Pattern LONG =
      Pattern.compile("(create|read|update|delete|write)\\(\"([^\"\\\\]{1,128})\"\\)");
  private static final Pattern SHORT =
      Pattern.compile("(create|read|update|delete|write):([^\"\\\\]{1,128})");
  private static final int MOST = 100;

  /** At most 100 permissions, {@code write} spelled out, templates kept. */
  public static Rule<List<Permission>> rule() {
    var permission =
        Rules.<Permission>rule(
            Schema.TEXT,
            raw -> {
              if (raw instanceof String text) return parse(text);
              throw new Rule.Refused("must be a permission string");
            });
    return Rules.mapped(Rules.list(permission, MOST), Permission::expand);
  }

  /** Reads one permission, strictly. */
  public static Permission parse(String text) throws Rule.Refused {
    var match = LONG.matcher(text);
    if (!match.matches()) match = SHORT.matcher(text);
    if (!match.matches()) return Permission.parse(text);
    var kind = Permission.Kind.valueOf(match.group(1).toUpperCase(Locale.ROOT));
    return new Permission(kind, role(match.group(2)));
  }

  private static Role role(String text) throws Rule.Refused {
    return switch (text) {
      case "owner", "user:{userId}" -> Role.user(CALLER);
      case "user:{userId}/verified" -> new Role("user", CALLER, "verified");
      case "user:{userId}/unverified" -> new Role("user", CALLER, "unverified");
      case "member" -> Role.USERS;
      case "guest" -> Role.GUESTS;
      default -> Role.parse(text);
    };
  }

  private PermissionWords() {}
}
