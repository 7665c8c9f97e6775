package dev.celadon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.HandClock;
import dev.celadon.limit.Limiter.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalLimiterTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final HandClock clock = new HandClock(Instant.ofEpochMilli(1_000_000));
  private final LocalLimiter limiter = new LocalLimiter(clock);

  @Test
  void admitsExactlyAsManyAsAllowedUnderParallelCallers() throws Exception {
    var admitted = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 500; i++) {
        threads.submit(
            () -> {
              if (take("k").admitted()) admitted.incrementAndGet();
            });
      }
    }
    assertEquals(10, admitted.get());
  }

  @Test
  void countsAnewInTheNextWindow() {
    for (int i = 9; i >= 0; i--) assertEquals(i, take("w").remaining());
    assertFalse(take("w").admitted());
    assertEquals(1_060, take("w").resetEpochS());
    clock.pass(Duration.ofMillis(60_000));
    assertTrue(take("w").admitted());
  }

  @Test
  void theTightestBucketDecides() {
    var buckets = List.of(new Bucket("wide", 100, MINUTE), new Bucket("narrow", 1, MINUTE));
    assertEquals(1, limiter.take(buckets).result().limit());
    assertFalse(limiter.take(buckets).result().admitted());
  }

  @Test
  void whatIsRefusedIsCountedNowhere() {
    var narrow = new Bucket("narrow", 1, MINUTE);
    var wide = new Bucket("wide", 10, MINUTE);
    for (int i = 0; i < 5; i++) limiter.take(List.of(wide, narrow));
    assertEquals(8, limiter.take(List.of(wide)).result().remaining());
  }

  @Test
  void floodsNeitherGrowItNorPushOutWhatWasCounted() {
    int most = 1_000;
    var small = new LocalLimiter(clock, most);
    var victim = List.of(new Bucket("victim", 10, MINUTE));
    for (int i = 0; i < 10; i++) assertTrue(small.take(victim).result().admitted());
    for (int i = 0; i < 50 * most; i++) {
      assertTrue(small.take(List.of(new Bucket("flood" + i, 10, MINUTE))).result().admitted());
      if (i % 100 == 0) assertFalse(small.take(victim).result().admitted());
    }
    assertTrue(small.size() <= most, () -> small.size() + " windows");
    clock.pass(Duration.ofMillis(60_000));
    assertTrue(small.take(victim).result().admitted());
    for (int i = 0; i < 2 * most; i++) small.take(List.of(new Bucket("later" + i, 10, MINUTE)));
    assertTrue(small.size() <= most, () -> small.size() + " windows");
  }

  @Test
  void aKeyOfAnyLengthTakesTheSameRoom() {
    var key = "k".repeat(1 << 15);
    for (int i = 0; i < 500; i++) limiter.take(List.of(new Bucket(key + i, 10, MINUTE)));
    assertEquals(500, limiter.size());
  }

  private Limiter.Verdict take(String key) {
    return limiter.take(List.of(new Bucket(key, 10, MINUTE))).result();
  }
}
