package dev.celadon.limit;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Counts calls in fixed windows. */
public interface Limiter {

  /** One window to count in: at most {@code calls} for {@code key} in {@code window}. */
  record Bucket(String key, int calls, Duration window) {}

  /**
   * What came of it, for the tightest bucket.
   *
   * @param remaining how many more calls this window admits; 0 as well when refused
   * @param resetEpochS when the window ends, in seconds since 1970
   */
  record Verdict(boolean admitted, int limit, int remaining, long resetEpochS) {}

  /**
   * Counts one call in every bucket, or refuses it if any of them is full. What is refused is
   * counted nowhere: who has used up the limit of an address cannot go on with those of others.
   */
  Future<Verdict> take(List<Bucket> buckets);
}
