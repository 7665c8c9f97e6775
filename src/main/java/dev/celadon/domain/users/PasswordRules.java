package dev.celadon.domain.users;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.lists.CommonPasswords;
import dev.celadon.domain.users.AuthPolicy.Settings;
import dev.celadon.domain.users.AuthPolicy.Strength;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** What a project wants of a new password, beyond its length. */
final class PasswordRules {

  /** A shorter name is no hint to a password. */
  private static final int TELLING = 4;

  /**
   * Refuses a password that the project does not want of this person, whatever it was before.
   *
   * @throws Failure {@link Fault#ARGUMENT_INVALID}, or {@link Fault#PASSWORD_PERSONAL_DATA}
   */
  static void check(Settings settings, NewUser person, String password) {
    checkStrength(settings.strength(), password);
    if (settings.uncommon() && CommonPasswords.contain(password)) {
      throw Failure.with(
          Fault.ARGUMENT_INVALID, "the password is well known and among the first to be guessed");
    }
    checkPersonal(settings, person, password);
  }

  private static void checkStrength(Strength wanted, String password) {
    boolean good =
        password.length() >= wanted.min()
            && (!wanted.upper() || password.chars().anyMatch(Character::isUpperCase))
            && (!wanted.lower() || password.chars().anyMatch(Character::isLowerCase))
            && (!wanted.digit() || password.chars().anyMatch(Character::isDigit))
            && (!wanted.symbol() || !password.chars().allMatch(Character::isLetterOrDigit));
    if (good) return;
    var text = new StringJoiner(", ").add("the password needs " + wanted.min() + " characters");
    if (wanted.upper()) text.add("a capital letter");
    if (wanted.lower()) text.add("a small letter");
    if (wanted.digit()) text.add("a digit");
    if (wanted.symbol()) text.add("a symbol");
    throw Failure.with(Fault.ARGUMENT_INVALID, text);
  }

  /**
   * Refuses a password that contains what others know of the user.
   *
   * @throws Failure {@link Fault#PASSWORD_PERSONAL_DATA}
   */
  static void checkPersonal(Settings settings, NewUser person, String password) {
    if (!settings.personalData()) return;
    var lower = password.toLowerCase(Locale.ROOT);
    var mailbox = person.email() == null ? null : person.email().split("@", 2)[0];
    var number = person.phone() == null ? null : person.phone().substring(1);
    var whole = Stream.of(person.id(), person.name(), person.email(), mailbox, number);
    var known =
        Stream.concat(whole, Stream.of(person.name().split("\\s+")))
            .filter(text -> text != null && text.length() >= TELLING)
            .map(text -> text.toLowerCase(Locale.ROOT));
    if (known.anyMatch(lower::contains)) throw Failure.with(Fault.PASSWORD_PERSONAL_DATA);
  }

  /**
   * Refuses a password that the user had before.
   *
   * @param before hashes, the latest first, as many as the project remembers
   * @throws Failure {@link Fault#PASSWORD_RECENTLY_USED}
   */
  static void checkHistory(Hashes hashes, List<String> before, String password) {
    for (var hash : before) {
      if (hashes.verify(password, hash)) throw Failure.with(Fault.PASSWORD_RECENTLY_USED);
    }
  }

  private PasswordRules() {}
}
