package dev.celadon.api;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Ids of the wire: 1 to 36 characters, not starting with a special one. */
public final class Ids {

  /** What a caller writes to let the server choose. */
  public static final String UNIQUE = "unique()";

  private static final int MAX_CHARACTERS = 36;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Clock CLOCK = Clock.systemUTC();

  public static boolean valid(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_CHARACTERS || !plain(text.charAt(0))) return false;
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!plain(c) && c != '.' && c != '_' && c != '-') return false;
    }
    return true;
  }

  private static boolean plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * A new id: 20 hex digits, ordered by time. The first 13 are microseconds since 1970, the other 7
   * are random, so two made in the same microsecond differ with a chance of 1 in 268 million.
   */
  public static String unique() {
    var now = CLOCK.instant();
    long micros = now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
    return HexFormat.of().toHexDigits(micros, 13) + HexFormat.of().toHexDigits(RANDOM.nextInt(), 7);
  }

  private Ids() {}
}
