package dev.celadon.domain.lists;

import java.util.Locale;

/** Passwords that whoever guesses tries first. */
public final class CommonPasswords {

  private static final Lines LIST = new Lines("passwords.txt");

  /** Whether the password is well known; large letters and the usual disguises do not hide it. */
  public static boolean contain(String password) {
    var small = password.toLowerCase(Locale.ROOT);
    return LIST.contain(small) || LIST.contain(plain(small));
  }

  private static String plain(String disguised) {
    return disguised
        .replace('@', 'a')
        .replace('4', 'a')
        .replace('3', 'e')
        .replace('0', 'o')
        .replace('$', 's')
        .replace('5', 's');
  }

  private CommonPasswords() {}
}
