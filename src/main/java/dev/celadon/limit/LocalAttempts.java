package dev.celadon.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.users.Attempts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong passwords in this process. The thirtieth, and each one after it, closes the account
 * to further attempts: for a minute, then for twice as long each time, up to a quarter of an hour.
 * An hour without a wrong password, and all is forgotten. Keeps at most {@value #ACCOUNTS}.
 */
public final class LocalAttempts implements Attempts {

  private static final int ACCOUNTS = 200_000;
  private static final int BEARABLE = 30;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** How many were wrong, and until when there is no other; 0 for no wait. */
  private record Count(int wrong, long untilMs) {

    Count oneMore(long nowMs) {
      int more = wrong + 1;
      return new Count(more, more < BEARABLE ? 0 : nowMs + waitMs(more - BEARABLE));
    }

    /** Without one attempt, and without the wait that came of it. */
    @Nullable Count without(long waitMs, long beforeMs) {
      return wrong == 1 ? null : new Count(wrong - 1, untilMs == waitMs ? beforeMs : untilMs);
    }

    private static long waitMs(int doublings) {
      // Doubled more often it would be longer than the longest anyway.
      return Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(doublings, 10));
    }
  }

  private static final Count NONE = new Count(0, 0);

  private final Clock clock;
  private final Cache<String, Count> counts;

  public LocalAttempts(Clock clock) {
    this.clock = clock;
    this.counts =
        Caffeine.newBuilder()
            .maximumSize(ACCOUNTS)
            .expireAfterWrite(REMEMBERED)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  @Override
  public Attempt begin(String account) {
    long now = clock.millis();
    // Looked up first: an attempt that is refused must not make the memory last longer.
    refuse(counts.getIfPresent(account), now);
    long[] beforeMs = {0};
    var counted =
        counts
            .asMap()
            .compute(
                account,
                (name, old) -> {
                  var before = old == null ? NONE : old;
                  refuse(before, now);
                  beforeMs[0] = before.untilMs;
                  return before.oneMore(now);
                });
    return () ->
        counts
            .asMap()
            .computeIfPresent(
                account, (name, count) -> count.without(counted.untilMs, beforeMs[0]));
  }

  private static void refuse(@Nullable Count count, long nowMs) {
    if (count == null || count.untilMs <= nowMs) return;
    throw Failure.with(Fault.RATE_LIMIT_EXCEEDED)
        .until(BEARABLE, Instant.ofEpochMilli(count.untilMs));
  }
}
