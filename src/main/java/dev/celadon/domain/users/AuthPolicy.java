package dev.celadon.domain.users;

import dev.celadon.domain.lists.EmailRule;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a project has decided about signing up and signing in. */
@FunctionalInterface
public interface AuthPolicy {

  /** The project's decisions as they are now; called on virtual threads, so it may wait. */
  Settings of(String project);

  /** A way to become a user or to be one. */
  enum Method {
    EMAIL_PASSWORD,
    MAGIC_URL,
    EMAIL_OTP,
    ANONYMOUS,
    INVITES,
    JWT,
    PHONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What a new password must have: so many characters, and some of each kind that is true. */
  record Strength(int min, boolean upper, boolean lower, boolean digit, boolean symbol) {

    /** Nothing beyond what every password must have. */
    public static final Strength ANY = new Strength(8, false, false, false, false);
  }

  /**
   * The decisions of one project.
   *
   * @param methods the ways that are switched on
   * @param signUp whether strangers may become users; for the console, after its first account
   * @param users how many users there may be; 0 for any number
   * @param sessions how many sessions a user may have; the oldest makes room. 0 for any number
   * @param session how long a session lasts
   * @param strength what a new password must have beside its length
   * @param history how many earlier passwords may not be used again; 0 for none
   * @param personalData whether passwords that contain the user's name, email or phone are refused
   * @param endsSessions whether a new password ends the user's other sessions
   * @param uncommon whether well-known passwords are refused
   * @param emails what users' own email addresses must be
   */
  record Settings(
      Set<Method> methods,
      boolean signUp,
      long users,
      int sessions,
      Duration session,
      Strength strength,
      int history,
      boolean personalData,
      boolean endsSessions,
      boolean uncommon,
      Set<EmailRule> emails) {

    /** What holds where a project has decided nothing. */
    public static final Settings DEFAULT =
        new Settings(
            Set.copyOf(EnumSet.allOf(Method.class)),
            true,
            0,
            10,
            Duration.ofDays(365),
            Strength.ANY,
            0,
            false,
            true,
            false,
            Set.of());

    /** The same with sign-up closed, as the console has it after its first account. */
    public Settings closed() {
      return new Settings(
          methods,
          false,
          users,
          sessions,
          session,
          strength,
          history,
          personalData,
          endsSessions,
          uncommon,
          emails);
    }
  }
}
