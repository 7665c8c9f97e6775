package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * Parts a file into its records while it comes. A record ends with its line, or in CSV with the
 * first line end that no quotes enclose. All signs that matter are ASCII, so bytes are looked at,
 * which also tells where in the file a record ends.
 */
final class Records {

  /** The most bytes of one record. */
  static final int MAX_BYTES = 4 << 20;

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** What is done with a record. */
  @FunctionalInterface
  interface Taker {

    void take(One record);
  }

  /**
   * A record.
   *
   * @param bytes of it, without its line end
   * @param line on which it begins, from 1
   * @param lines how many lines there are up to its end
   * @param end where in the file the next one begins
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record One(byte[] bytes, long line, long lines, long end) {}

  private enum In {
    /** Where a field begins, which may be enclosed. */
    START,
    PLAIN,
    ENCLOSED,
    /** Behind an escape within an enclosed text; or behind its end, where that is the same sign. */
    ESCAPED
  }

  private final FileForm form;
  private final Taker taker;
  private byte[] held = new byte[64 * 1024];
  private int length;
  private long position;
  private long line;
  private long lineBreaks;
  private In in = In.START;

  /**
   * @param position where in the file the first byte stands that will come; a record begins there
   * @param lines how many lines are before that
   */
  Records(FileForm form, long position, long lines, Taker taker) {
    this.form = form;
    this.position = position;
    this.line = lines + 1;
    this.taker = taker;
  }

  /** The next piece of the file. */
  void add(Buffer piece) {
    var bytes = piece.getBytes();
    for (byte b : bytes) {
      position++;
      if (b == '\n') {
        lineBreaks++;
        if (ends()) {
          record();
          continue;
        }
        if (in == In.ESCAPED) in = In.ENCLOSED;
      } else if (!marks(b)) {
        in = form.csv() == null ? In.PLAIN : step(form.csv(), (char) b);
      }
      hold(b);
    }
  }

  /** There is no more; what is held is the last record, if it is anything. */
  void end() {
    if (length == 0) return;
    lineBreaks++;
    record();
  }

  /** The mark that some programs put in front of UTF-8. */
  private boolean marks(byte b) {
    return position <= MARK.length && b == MARK[(int) position - 1] && length == position - 1;
  }

  private boolean ends() {
    if (in == In.ENCLOSED) return false;
    var csv = form.csv();
    // Behind an escape that is a sign of its own the text still goes on.
    return in != In.ESCAPED || csv == null || csv.escape() == csv.enclosure();
  }

  private In step(FileForm.Csv csv, char c) {
    return switch (in) {
      case START -> c == csv.enclosure() ? In.ENCLOSED : field(csv, c);
      case PLAIN -> field(csv, c);
      case ENCLOSED -> {
        if (c == csv.escape()) yield In.ESCAPED;
        yield c == csv.enclosure() ? In.PLAIN : In.ENCLOSED;
      }
      case ESCAPED -> {
        if (csv.escape() != csv.enclosure()) yield In.ENCLOSED;
        yield c == csv.enclosure() ? In.ENCLOSED : field(csv, c);
      }
    };
  }

  private static In field(FileForm.Csv csv, char c) {
    return c == csv.delimiter() ? In.START : In.PLAIN;
  }

  private void hold(byte b) {
    if (length == held.length) {
      if (length >= MAX_BYTES) throw tooLong(line);
      held = Arrays.copyOf(held, Math.min(MAX_BYTES, length * 2));
    }
    held[length++] = b;
  }

  static Failure tooLong(long line) {
    return Failure.with(
        Fault.BAD_REQUEST,
        "the record that begins on line %d is longer than %d bytes".formatted(line, MAX_BYTES));
  }

  private void record() {
    int end = length > 0 && held[length - 1] == '\r' ? length - 1 : length;
    int start = marked() ? MARK.length : 0;
    var bytes = Arrays.copyOfRange(held, Math.min(start, end), end);
    long begins = line;
    line += lineBreaks;
    lineBreaks = 0;
    length = 0;
    in = In.START;
    taker.take(new One(bytes, begins, line - 1, position));
  }

  /** Whether what is held begins with the mark, where a file may. */
  private boolean marked() {
    return line == 1
        && length >= MARK.length
        && Arrays.equals(held, 0, MARK.length, MARK, 0, MARK.length);
  }
}
