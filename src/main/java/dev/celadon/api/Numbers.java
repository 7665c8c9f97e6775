package dev.celadon.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers as JSON and query strings spell them, exact to 64 bits. */
public final class Numbers {

  /** The value as a 64-bit whole number, or null if it is none: 2^63 and 1.5 are none. */
  public static @Nullable Long whole(@Nullable Object raw) {
    return switch (raw) {
      case Long n -> n;
      case Integer n -> n.longValue();
      case Short n -> n.longValue();
      case BigInteger n -> n.bitLength() < 64 ? n.longValue() : null;
      case Double n ->
          n == Math.rint(n) && Math.abs(n) < 9.007199254740992E15 ? n.longValue() : null;
      case null, default -> null;
    };
  }

  /** The number that {@code text} spells, or the text itself if it spells none. */
  static Object fromText(String text) {
    try {
      var number = new BigDecimal(text);
      if (number.precision() > 40 || Math.abs((long) number.scale()) > 400) return text;
      return number.scale() <= 0 ? number.toBigIntegerExact() : number.doubleValue();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private Numbers() {}
}
