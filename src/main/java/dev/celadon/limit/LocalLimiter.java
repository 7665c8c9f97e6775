package dev.celadon.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts in this process. Exact for one node; keeps at most {@value #KEYS} windows. */
public final class LocalLimiter implements Limiter {

  private static final int KEYS = 200_000;

  private record Window(AtomicInteger calls, long endsMs) {}

  private final Clock clock;
  private final Cache<String, Window> windows;

  public LocalLimiter(Clock clock) {
    this.clock = clock;
    this.windows =
        Caffeine.newBuilder()
            .maximumSize(KEYS)
            .expireAfter(
                Expiry.<String, Window>creating(
                    (key, window) -> Duration.ofMillis(window.endsMs - clock.millis())))
            .build();
  }

  @Override
  public Future<Verdict> take(List<Bucket> buckets) {
    Verdict tightest = null;
    for (var bucket : buckets) {
      var verdict = take(bucket);
      if (tightest == null || tighter(verdict, tightest)) tightest = verdict;
    }
    if (tightest == null) throw new IllegalArgumentException("nothing to count");
    return Future.succeededFuture(tightest);
  }

  private Verdict take(Bucket bucket) {
    long now = clock.millis();
    var window =
        windows
            .asMap()
            .compute(
                bucket.key(),
                (key, old) ->
                    old != null && old.endsMs > now
                        ? old
                        : new Window(new AtomicInteger(), now + bucket.window().toMillis()));
    int calls = window.calls.incrementAndGet();
    return new Verdict(
        calls <= bucket.calls(),
        bucket.calls(),
        Math.max(0, bucket.calls() - calls),
        Math.ceilDiv(window.endsMs, 1_000L));
  }

  private static boolean tighter(Verdict one, Verdict other) {
    return one.admitted() != other.admitted()
        ? !one.admitted()
        : one.remaining() < other.remaining();
  }
}
