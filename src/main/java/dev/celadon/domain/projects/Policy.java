package dev.celadon.domain.projects;

import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule that a project sets for its users: what can be set, within which bounds, by default. */
public enum Policy {
  PASSWORD_DICTIONARY("password-dictionary", flag("enabled", false)),
  PASSWORD_HISTORY("password-history", number("total", 0, 0, 20)),
  PASSWORD_STRENGTH(
      "password-strength",
      number("min", 8, 8, 256),
      flag("uppercase", false),
      flag("lowercase", false),
      flag("number", false),
      flag("symbols", false)),
  PASSWORD_PERSONAL_DATA("password-personal-data", flag("enabled", false)),
  SESSION_ALERT("session-alert", flag("enabled", false)),
  SESSION_DURATION("session-duration", number("duration", 31_536_000, 60, 31_536_000)),
  SESSION_INVALIDATION("session-invalidation", flag("enabled", true)),
  SESSION_LIMIT("session-limit", number("total", 10, 1, 100)),
  USER_LIMIT("user-limit", number("total", 0, 0, 10_000)),
  MEMBERSHIP_PRIVACY(
      "membership-privacy",
      flag("userId", true),
      flag("userEmail", false),
      flag("userPhone", false),
      flag("userName", false),
      flag("userMFA", false),
      flag("userAccessedAt", false)),
  DENY_ALIASED_EMAIL("deny-aliased-email", flag("enabled", false)),
  DENY_DISPOSABLE_EMAIL("deny-disposable-email", flag("enabled", false)),
  DENY_FREE_EMAIL("deny-free-email", flag("enabled", false)),
  DENY_CORPORATE_EMAIL("deny-corporate-email", flag("enabled", false));

  /** One value of a policy: its wire name, its rule and what it is unless set. */
  public record Setting(String name, Rule<?> rule, Object fallback) {}

  private static final Map<String, Policy> BY_WIRE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Policy::wire, policy -> policy));

  private final String wire;
  private final List<Setting> settings;

  Policy(String wire, Setting... settings) {
    this.wire = wire;
    this.settings = List.of(settings);
  }

  /** The id on the wire: {@code session-limit}. */
  public String wire() {
    return wire;
  }

  /** What setting it does, in a sentence for clients. */
  public String doc() {
    var doc = "Sets what the policy " + wire + " asks for.";
    return this == SESSION_ALERT ? doc + " It is kept; mails are not sent yet." : doc;
  }

  public List<Setting> settings() {
    return settings;
  }

  /** The policy of this id, or null if there is none. */
  public static @Nullable Policy of(String wire) {
    return BY_WIRE.get(wire);
  }

  /** The value of one setting: as stored in a project's {@code policies}, or the default. */
  Object value(JsonObject policies, String setting) {
    var fallback =
        settings.stream().filter(s -> s.name.equals(setting)).findFirst().orElseThrow().fallback;
    var stored = policies.getJsonObject(wire);
    return stored == null ? fallback : stored.getValue(setting, fallback);
  }

  boolean flag(JsonObject policies) {
    return (boolean) value(policies, "enabled");
  }

  int number(JsonObject policies, String setting) {
    return ((Number) value(policies, setting)).intValue();
  }

  /** The whole policy as the wire shows it. */
  public JsonObject render(JsonObject policies) {
    var json = new JsonObject().put("$id", wire);
    for (var setting : settings) json.put(setting.name, value(policies, setting.name));
    return json;
  }

  @Override
  public String toString() {
    return wire;
  }

  private static Setting flag(String name, boolean fallback) {
    return new Setting(name, Rules.bool(), fallback);
  }

  private static Setting number(String name, long fallback, long min, long max) {
    return new Setting(name, Rules.integer(min, max), fallback);
  }
}
