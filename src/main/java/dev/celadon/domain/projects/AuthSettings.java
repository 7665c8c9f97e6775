package dev.celadon.domain.projects;

import static dev.celadon.domain.projects.Policy.*;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the users of a project may sign up and in.
 *
 * @param methodsOff ways to sign in that are switched off, such as {@code email-password}
 * @param sessionSeconds how long a new session lives
 * @param sessionLimit how many sessions a user may have; the oldest makes room
 * @param userLimit how many users the project may have; 0 for any number
 * @param passwordHistory how many former passwords are refused; 0 for none
 * @param passwordDictionary whether well-known passwords are refused
 * @param personalData whether passwords that contain the user's name, email or phone are refused
 * @param sessionAlerts whether a user is told by mail of a new session
 * @param sessionInvalidation whether a new password ends the user's other sessions
 * @param emailsDenied the {@code deny-…-email} policies that are on
 */
public record AuthSettings(
    Set<String> methodsOff,
    int sessionSeconds,
    int sessionLimit,
    int userLimit,
    int passwordHistory,
    boolean passwordDictionary,
    boolean personalData,
    boolean sessionAlerts,
    boolean sessionInvalidation,
    PasswordStrength strength,
    MembershipPrivacy privacy,
    Set<Policy> emailsDenied) {

  /** What a new password must have beside {@code min} characters. */
  public record PasswordStrength(
      int min, boolean uppercase, boolean lowercase, boolean number, boolean symbols) {}

  /** What the members of a team may see of each other. */
  public record MembershipPrivacy(
      boolean userId,
      boolean userEmail,
      boolean userPhone,
      boolean userName,
      boolean mfa,
      boolean accessedAt) {}

  /** The settings of a project that never changed any. */
  public static final AuthSettings DEFAULTS = of(new JsonObject(), Set.of());

  static AuthSettings of(JsonObject policies, Set<String> methodsOff) {
    return new AuthSettings(
        methodsOff,
        SESSION_DURATION.number(policies, "duration"),
        SESSION_LIMIT.number(policies, "total"),
        USER_LIMIT.number(policies, "total"),
        PASSWORD_HISTORY.number(policies, "total"),
        PASSWORD_DICTIONARY.flag(policies),
        PASSWORD_PERSONAL_DATA.flag(policies),
        SESSION_ALERT.flag(policies),
        SESSION_INVALIDATION.flag(policies),
        strength(policies),
        privacy(policies),
        Stream.of(DENY_ALIASED_EMAIL, DENY_DISPOSABLE_EMAIL, DENY_FREE_EMAIL, DENY_CORPORATE_EMAIL)
            .filter(policy -> policy.flag(policies))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether users may sign in in this way. */
  public boolean allows(String method) {
    return !methodsOff.contains(method);
  }

  private static PasswordStrength strength(JsonObject policies) {
    return new PasswordStrength(
        PASSWORD_STRENGTH.number(policies, "min"),
        (boolean) PASSWORD_STRENGTH.value(policies, "uppercase"),
        (boolean) PASSWORD_STRENGTH.value(policies, "lowercase"),
        (boolean) PASSWORD_STRENGTH.value(policies, "number"),
        (boolean) PASSWORD_STRENGTH.value(policies, "symbols"));
  }

  private static MembershipPrivacy privacy(JsonObject policies) {
    return new MembershipPrivacy(
        (boolean) MEMBERSHIP_PRIVACY.value(policies, "userId"),
        (boolean) MEMBERSHIP_PRIVACY.value(policies, "userEmail"),
        (boolean) MEMBERSHIP_PRIVACY.value(policies, "userPhone"),
        (boolean) MEMBERSHIP_PRIVACY.value(policies, "userName"),
        (boolean) MEMBERSHIP_PRIVACY.value(policies, "userMFA"),
        (boolean) MEMBERSHIP_PRIVACY.value(policies, "userAccessedAt"));
  }
}
