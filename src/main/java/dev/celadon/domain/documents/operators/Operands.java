package dev.celadon.domain.documents.operators;

import dev.celadon.api.Numbers;
import dev.celadon.api.Rule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values of an operator, each as what it must be. */
public record Operands(List<@Nullable Object> values) {

  /** From the year 1 to the year 9999. */
  private static final long MOST_DAYS = 3_652_059;

  /** Refuses more or fewer values than an operator takes. */
  public Operands between(int least, int most) throws Rule.Refused {
    if (values.size() >= least && values.size() <= most) return this;
    throw new Rule.Refused(
        least == most
            ? "takes " + least + " values"
            : "takes " + least + " to " + most + " values");
  }

  @Nullable Object get(int i) {
    return i < values.size() ? values.get(i) : null;
  }

  /** A value that must be there. */
  Object some(int i) throws Rule.Refused {
    var value = get(i);
    if (value == null) throw new Rule.Refused("takes no null");
    return value;
  }

  /** A finite number as it was written. */
  public BigDecimal number(int i) throws Rule.Refused {
    return exact(some(i));
  }

  /** The same, or null where there is none. */
  public @Nullable BigDecimal bound(int i) throws Rule.Refused {
    var value = get(i);
    return value == null ? null : exact(value);
  }

  /** A whole number. */
  public long whole(int i) throws Rule.Refused {
    var whole = Numbers.whole(get(i));
    if (whole == null) throw new Rule.Refused("takes a whole number of at most 64 bits");
    return whole;
  }

  /** A number of days that can lead from one date to another. */
  public long days(int i) throws Rule.Refused {
    long days = whole(i);
    if (Math.abs(days) <= MOST_DAYS) return days;
    throw new Rule.Refused("takes at most " + MOST_DAYS + " days");
  }

  /** A text without NUL. */
  public String text(int i) throws Rule.Refused {
    if (!(get(i) instanceof String text)) throw new Rule.Refused("takes text");
    if (text.indexOf('\0') >= 0) throw new Rule.Refused("takes no text with NUL");
    return text;
  }

  private static BigDecimal exact(Object value) throws Rule.Refused {
    return switch (value) {
      case BigInteger n -> new BigDecimal(n);
      case BigDecimal n -> n;
      case Number n when Numbers.whole(n) instanceof Long whole -> BigDecimal.valueOf(whole);
      case Number n when Double.isFinite(n.doubleValue()) -> BigDecimal.valueOf(n.doubleValue());
      default -> throw new Rule.Refused("takes finite numbers");
    };
  }
}
