package dev.celadon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * A WebSocket client that costs next to nothing, so that what is measured is the server: it counts
 * frames, answers pings, and looks at an event only where the last one had the number in its title.
 */
final class Subscriber {

  private static final byte[] TITLE = "\"title\":\"at ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int TEXT = 1;
  private static final int PING = 9;
  private static final int PONG = 0x8a;
  private static final int MASKED = 0x80;

  /** How much earlier the title may begin than it did in the frame before, in bytes. */
  private static final int SLACK = 512;

  private final SocketChannel channel;
  private final LongConsumer events;

  /** What is known of the frame that is being read: its head, then how much is left of it. */
  private final byte[] head = new byte[10];

  private int headBytes;
  private int opcode;
  private long left;
  private long read;
  private long titleAt;
  private int matched;
  private long number = -1;
  private boolean upgraded;
  private boolean greeted;
  private ByteBuffer pong = ByteBuffer.allocate(0);

  /**
   * @param events is given the number in the title of each event
   */
  Subscriber(SocketChannel channel, LongConsumer events) {
    this.channel = channel;
    this.events = events;
  }

  /** Whether the server's first frame has come. */
  boolean greeted() {
    return greeted;
  }

  /** Takes what has arrived. */
  void received(ByteBuffer bytes) {
    if (!upgraded) upgrade(bytes);
    while (bytes.hasRemaining()) {
      if (left == 0 && !head(bytes)) return;
      int end = bytes.position() + (int) Math.min(left, bytes.remaining());
      payload(bytes, end);
      if (left == 0) ended();
    }
  }

  private void upgrade(ByteBuffer bytes) {
    while (!upgraded && bytes.hasRemaining()) {
      byte each = bytes.get();
      matched = each == HEAD_END[matched] ? matched + 1 : each == '\r' ? 1 : 0;
      upgraded = matched == HEAD_END.length;
    }
    if (upgraded) matched = 0;
  }

  /** Reads the head of a frame; false when there is more to come of it. */
  private boolean head(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      head[headBytes++] = bytes.get();
      if (headBytes < 2) continue;
      int length = head[1] & 127;
      int size = length == 127 ? 10 : length == 126 ? 4 : 2;
      if (headBytes < size) continue;
      var known = ByteBuffer.wrap(head);
      left = length == 127 ? known.getLong(2) : length == 126 ? known.getShort(2) & 0xffff : length;
      begun();
      return true;
    }
    return false;
  }

  private void begun() {
    opcode = head[0] & 15;
    headBytes = 0;
    read = 0;
    matched = 0;
    number = -1;
    if (opcode == PING) {
      // Masked with zeros, which leaves the bytes as they are.
      pong = ByteBuffer.allocate((int) left + 6).put((byte) PONG).put((byte) (MASKED | left));
      pong.putInt(0);
    }
  }

  private void payload(ByteBuffer bytes, int end) {
    int start = bytes.position();
    if (opcode == PING) {
      pong.put(bytes.slice(start, end - start));
    } else if (opcode == TEXT && greeted) {
      long skipped = Math.clamp(titleAt - SLACK - read, 0, end - start);
      for (int i = start + (int) skipped; i < end && left > 0; i++) {
        if (!title(bytes.get(i), read + i - start)) break;
      }
    }
    read += end - start;
    left -= end - start;
    bytes.position(end);
  }

  /** Looks at one byte for the number in the title; false when it is known. */
  private boolean title(byte each, long at) {
    if (matched < TITLE.length) {
      matched = each == TITLE[matched] ? matched + 1 : each == '"' ? 1 : 0;
      if (matched == TITLE.length) {
        titleAt = at - TITLE.length;
        number = 0;
      }
      return true;
    }
    if (each < '0' || each > '9') return false;
    number = number * 10 + each - '0';
    return true;
  }

  private void ended() {
    if (opcode == PING) {
      try {
        channel.write(pong.flip());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else if (opcode == TEXT && !greeted) {
      greeted = true;
    } else if (opcode == TEXT && number >= 0) {
      events.accept(number);
    }
  }
}
