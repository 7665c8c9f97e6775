package dev.celadon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LocalAttemptsTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final LocalAttempts attempts =
      new LocalAttempts(
          new Clock() {
            @Override
            public Instant instant() {
              return now.get();
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private Duration waitOf(String account) {
    var failure = assertThrows(Failure.class, () -> attempts.begin(account));
    assertEquals(Fault.RATE_LIMIT_EXCEEDED, failure.fault());
    return Duration.between(now.get(), failure.waiting().until());
  }

  @Test
  void whatIsTakenBackDoesNotCount() {
    for (int i = 0; i < 200; i++) attempts.begin("ann").takeBack();
    for (int i = 0; i < 29; i++) attempts.begin("ann");
    attempts.begin("ann").takeBack();
    attempts.begin("ann");
    assertEquals(Duration.ofMinutes(1), waitOf("ann"));
    attempts.begin("ben");
  }

  @Test
  void theWaitGrowsAndEnds() {
    for (int i = 0; i < 30; i++) attempts.begin("ann");
    for (int minutes : new int[] {1, 2, 4, 8, 15, 15, 15}) {
      assertEquals(Duration.ofMinutes(minutes), waitOf("ann"));
      pass(Duration.ofMinutes(minutes));
      attempts.begin("ann");
    }
    pass(Duration.ofMinutes(15));
    attempts.begin("ann").takeBack();
    attempts.begin("ann").takeBack();
  }

  @Test
  void anHourWithoutOneForgetsAll() {
    for (int i = 0; i < 29; i++) attempts.begin("ann");
    pass(Duration.ofMinutes(61));
    for (int i = 0; i < 29; i++) attempts.begin("ann");
    attempts.begin("ann");
    assertEquals(Duration.ofMinutes(1), waitOf("ann"));
  }

  @Test
  void whatIsRefusedDoesNotProlongTheMemory() {
    for (int i = 0; i < 40; i++) {
      attempts.begin("ann");
      if (i >= 29) pass(Duration.ofMinutes(15));
    }
    attempts.begin("ann");
    for (int i = 0; i < 13; i++) {
      waitOf("ann");
      pass(Duration.ofMinutes(1));
    }
    pass(Duration.ofMinutes(48));
    for (int i = 0; i < 29; i++) attempts.begin("ann");
  }
}
