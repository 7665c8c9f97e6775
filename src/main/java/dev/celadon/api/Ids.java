package dev.celadon.api;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids of the wire: 1 to 36 characters, not starting with a special one. */
public final class Ids {

  /** What a caller writes to let the server choose. */
  public static final String UNIQUE = "unique()";

  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Clock CLOCK = Clock.systemUTC();

  public static boolean valid(String text) {
    return FORM.matcher(text).matches();
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
