package dev.celadon.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A PostgreSQL snapshot: which transactions had ended when it was taken. All below {@code xmin}
 * had, none from {@code xmax} on, and of those between all but {@code running}, which is ascending.
 */
public record Snapshot(long xmin, long xmax, List<Long> running) {

  /** More sessions than this no PostgreSQL has; a longer list is a forgery. */
  static final int MAX_RUNNING = 4_096;

  private static final int RADIX = 36;

  /** Whether what the transaction {@code xid} wrote is visible in this snapshot. */
  public boolean sees(long xid) {
    if (xid < xmin) return true;
    return xid < xmax && !running.contains(xid);
  }

  /** Reads PostgreSQL's own text, {@code xmin:xmax:xip,xip}. */
  static Snapshot ofSql(String text) {
    var parts = text.split(":", -1);
    var running = new ArrayList<Long>();
    for (var xid : parts[2].split(",", -1)) {
      if (!xid.isEmpty()) running.add(Long.parseLong(xid));
    }
    return new Snapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), List.copyOf(running));
  }

  /** PostgreSQL's own text. */
  String toSql() {
    var xids = running.stream().map(String::valueOf).collect(Collectors.joining(","));
    return xmin + ":" + xmax + ":" + xids;
  }

  /** Appends the text for tokens: numbers in base 36, each but the first as a distance. */
  void write(StringBuilder out) {
    out.append(Long.toString(xmin, RADIX)).append('.').append(Long.toString(xmax - xmin, RADIX));
    for (long xid : running) out.append('.').append(Long.toString(xid - xmin, RADIX));
  }

  /** Reads what {@link #write} wrote; whatever PostgreSQL would not accept is nothing. */
  static Optional<Snapshot> read(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length < 2 || parts.length > MAX_RUNNING + 2) return Optional.empty();
    var numbers = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = number(parts[i]);
      if (numbers[i] < 0) return Optional.empty();
    }
    long xmin = numbers[0];
    long before = -1;
    var running = new ArrayList<Long>(parts.length);
    for (long distance : Arrays.copyOfRange(numbers, 2, numbers.length)) {
      if (distance <= before || distance >= numbers[1]) return Optional.empty();
      before = distance;
      running.add(xmin + distance);
    }
    return xmin == 0
        ? Optional.empty()
        : Optional.of(new Snapshot(xmin, xmin + numbers[1], List.copyOf(running)));
  }

  /** A number in base 36 of at most 57 bits, in its only spelling; -1 for anything else. */
  static long number(String text) {
    if (text.isEmpty() || text.length() > 11) return -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z')) return -1;
    }
    if (text.length() > 1 && text.charAt(0) == '0') return -1;
    return Long.parseLong(text, RADIX);
  }
}
