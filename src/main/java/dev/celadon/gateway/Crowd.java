package dev.celadon.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are, and may be: each takes an open file, and when there is none left
 * PostgreSQL cannot be reached either.
 */
final class Crowd {

  /** Files that the server itself may have open: libraries, PostgreSQL, what is started. */
  private static final int OWN_FILES = 256;

  /** So many more are told that it is too full; further ones are not even told. */
  private static final int TOLD = 64;

  private static final int FEWEST = 64;

  private final int most;
  private final AtomicInteger present = new AtomicInteger();

  /**
   * @param most 0 for what the system's limit of open files leaves
   */
  Crowd(int most) {
    this.most = most > 0 ? most : left();
  }

  private static int left() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return Integer.MAX_VALUE - TOLD;
    }
    long files = unix.getMaxFileDescriptorCount() - OWN_FILES;
    return Math.clamp(files, FEWEST, Integer.MAX_VALUE - TOLD);
  }

  /** What becomes of one that has just come. */
  enum Welcome {
    SERVED,
    TOLD_TO_GO,
    CLOSED
  }

  /** One more; it must {@link #leave}, whatever becomes of it. */
  Welcome enter() {
    int now = present.incrementAndGet();
    if (now <= most) return Welcome.SERVED;
    return now <= most + TOLD ? Welcome.TOLD_TO_GO : Welcome.CLOSED;
  }

  void leave() {
    present.decrementAndGet();
  }
}
