package dev.celadon.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.HandClock;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalAttemptsTest {

  private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final LocalAttempts attempts = new LocalAttempts(clock);

  private Duration waitOf(String account) {
    var failure = assertThrows(Failure.class, () -> attempts.begin(account));
    assertEquals(Fault.RATE_LIMIT_EXCEEDED, failure.fault());
    return Duration.between(clock.instant(), failure.waiting().until());
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
      clock.pass(Duration.ofMinutes(minutes));
      attempts.begin("ann");
    }
    clock.pass(Duration.ofMinutes(15));
    attempts.begin("ann").takeBack();
    attempts.begin("ann").takeBack();
  }

  @Test
  void anHourWithoutOneForgetsAll() {
    for (int i = 0; i < 29; i++) attempts.begin("ann");
    clock.pass(Duration.ofMinutes(61));
    for (int i = 0; i < 29; i++) attempts.begin("ann");
    attempts.begin("ann");
    assertEquals(Duration.ofMinutes(1), waitOf("ann"));
  }

  @Test
  void whatIsRefusedDoesNotProlongTheMemory() {
    for (int i = 0; i < 40; i++) {
      attempts.begin("ann");
      if (i >= 29) clock.pass(Duration.ofMinutes(15));
    }
    attempts.begin("ann");
    for (int i = 0; i < 13; i++) {
      waitOf("ann");
      clock.pass(Duration.ofMinutes(1));
    }
    clock.pass(Duration.ofMinutes(48));
    for (int i = 0; i < 29; i++) attempts.begin("ann");
  }
}
