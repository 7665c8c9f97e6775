package dev.celadon.realtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections an address has opened within the minute, on this node. */
final class Arrivals {

  private static final long MINUTE_MS = 60_000;

  private final int limit;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private long minute = now();

  Arrivals(int limit) {
    this.limit = limit;
  }

  /** Counts one more; false when there are too many. */
  boolean admit(String address) {
    if (limit == 0) return true;
    turn();
    return counts.merge(address, 1, Integer::sum) <= limit;
  }

  private synchronized void turn() {
    if (now() - minute < MINUTE_MS) return;
    minute = now();
    counts.clear();
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
