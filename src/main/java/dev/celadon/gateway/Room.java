package dev.celadon.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the bodies of all requests under way may take. Small bodies have room of their
 * own, so that a few large ones never keep everybody from signing in.
 */
public final class Room {

  /** Of the heap, for small bodies, and as much for large ones; what they hold takes more. */
  private static final int PART = 16;

  private static final int SMALL_BYTES = 64 * 1024;

  private final AtomicLong small;
  private final AtomicLong large;

  /** A part of the heap, or what one body may have if that is more. */
  public static Room ofHeap(long maxBodyBytes) {
    return new Room(Math.max(Runtime.getRuntime().maxMemory() / PART, maxBodyBytes));
  }

  Room(long bytes) {
    small = new AtomicLong(bytes);
    large = new AtomicLong(bytes);
  }

  /** What one body takes; confined to its event loop. */
  final class Share {

    private long held;
    private boolean much;

    /** Takes more, or says that there is no room for it. */
    boolean grow(long bytes) {
      if (much || held + bytes <= SMALL_BYTES) return take(bytes);
      long before = held;
      free();
      much = true;
      return take(before + bytes);
    }

    private boolean take(long bytes) {
      var from = much ? large : small;
      if (from.addAndGet(-bytes) < 0) {
        from.addAndGet(bytes);
        return false;
      }
      held += bytes;
      return true;
    }

    /** Gives everything back. */
    void free() {
      (much ? large : small).addAndGet(held);
      held = 0;
    }
  }

  Share share() {
    return new Share();
  }
}
