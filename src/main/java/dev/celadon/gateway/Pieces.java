package dev.celadon.gateway;

import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.util.ArrayDeque;

/**
 * A body in the pieces that it came in: what has been read of it is let go of, so that a long one
 * and what is made of it are never whole in memory beside each other.
 */
final class Pieces extends InputStream {

  private final ArrayDeque<Buffer> pieces = new ArrayDeque<>();
  private int at;
  private long length;

  void add(Buffer piece) {
    pieces.add(piece);
    length += piece.length();
  }

  /** How long all that came is. */
  long length() {
    return length;
  }

  /** All of it in one. */
  Buffer joined() {
    if (pieces.size() == 1) return pieces.getFirst();
    var whole = Buffer.buffer((int) length);
    pieces.forEach(whole::appendBuffer);
    return whole;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int most) {
    while (!pieces.isEmpty() && at == pieces.getFirst().length()) {
      pieces.removeFirst();
      at = 0;
    }
    if (pieces.isEmpty()) return -1;
    var piece = pieces.getFirst();
    int n = Math.min(most, piece.length() - at);
    piece.getBytes(at, at + n, into, offset);
    at += n;
    return n;
  }
}
