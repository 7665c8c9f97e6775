package dev.celadon.api;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who: {@code any}, {@code guests}, {@code users/verified}, {@code user:id}, {@code team:id/owner}.
 * The grammar is strict: whatever does not parse is not a role.
 */
public record Role(String kind, String id, String dimension) {

  private static final String ID = "[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}";
  private static final Pattern FORM =
      Pattern.compile("([a-z]+)(?::(" + ID + "))?(?:/(" + ID + "))?");
  private static final Set<String> VERIFICATION = Set.of("verified", "unverified");

  public static final Role ANY = new Role("any", "", "");
  public static final Role GUESTS = new Role("guests", "", "");
  public static final Role USERS = new Role("users", "", "");

  public static Role user(String id) {
    return new Role("user", id, "");
  }

  public static Role team(String id) {
    return new Role("team", id, "");
  }

  /** Reads the wire form. */
  public static Role parse(String text) throws Rule.Refused {
    var match = FORM.matcher(text);
    if (!match.matches()) throw refused(text);
    var id = match.group(2) == null ? "" : match.group(2);
    var dimension = match.group(3) == null ? "" : match.group(3);
    var role = new Role(match.group(1), id, dimension);
    if (!role.wellFormed()) throw refused(text);
    return role;
  }

  private boolean wellFormed() {
    return switch (kind) {
      case "any", "guests" -> id.isEmpty() && dimension.isEmpty();
      case "users" -> id.isEmpty() && verification();
      case "user" -> !id.isEmpty() && verification();
      case "team" -> !id.isEmpty();
      case "member", "label" -> !id.isEmpty() && dimension.isEmpty();
      default -> false;
    };
  }

  private boolean verification() {
    return dimension.isEmpty() || VERIFICATION.contains(dimension);
  }

  private static Rule.Refused refused(String text) {
    var shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
    return new Rule.Refused("names no role that exists: '" + shown + "'");
  }

  @Override
  public String toString() {
    return kind + (id.isEmpty() ? "" : ":" + id) + (dimension.isEmpty() ? "" : "/" + dimension);
  }
}
