package dev.celadon.domain.users;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of a user; what is null stays as it is. */
public record UserEdit(
    @Nullable String name,
    @Nullable String email,
    @Nullable String phone,
    @Nullable List<String> labels,
    @Nullable Boolean active,
    @Nullable Boolean emailVerified,
    @Nullable Boolean phoneVerified,
    @Nullable JsonObject prefs) {

  /** Nothing but the time of the change. */
  static final UserEdit NOTHING = new UserEdit(null, null, null, null, null, null, null, null);

  public static UserEdit name(String name) {
    return new UserEdit(name, null, null, null, null, null, null, null);
  }

  /** A new email has yet to be verified. */
  public static UserEdit email(String email) {
    var canonical = Emails.canonical(email);
    return new UserEdit(null, canonical, null, null, null, false, null, null);
  }

  /** A new phone number has yet to be verified. */
  public static UserEdit phone(String phone) {
    return new UserEdit(null, null, phone, null, null, null, false, null);
  }

  public static UserEdit labels(List<String> labels) {
    var once = labels.stream().distinct().toList();
    return new UserEdit(null, null, null, once, null, null, null, null);
  }

  public static UserEdit active(boolean active) {
    return new UserEdit(null, null, null, null, active, null, null, null);
  }

  public static UserEdit emailVerified(boolean verified) {
    return new UserEdit(null, null, null, null, null, verified, null, null);
  }

  public static UserEdit phoneVerified(boolean verified) {
    return new UserEdit(null, null, null, null, null, null, verified, null);
  }

  public static UserEdit prefs(JsonObject prefs) {
    return new UserEdit(null, null, null, null, null, null, null, prefs);
  }
}
