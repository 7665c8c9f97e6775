package dev.celadon.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  /**
   * From the test vectors of the reference implementation: password "password", salt "somesalt".
   */
  private static final String REFERENCE =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  @Test
  void verifiesTheReferenceVector() {
    try (var passwords = new Passwords(new Argon2.Cost(7_168, 5, 1), 1, 8)) {
      assertTrue(passwords.verify("password", REFERENCE));
      assertFalse(passwords.verify("passwore", REFERENCE));
      assertTrue(passwords.stale(REFERENCE));
    }
  }

  @Test
  void hashesAreSaltedAndWhole() {
    try (var passwords = new Passwords(new Argon2.Cost(7_168, 5, 1), 2, 8)) {
      var longOne = "x".repeat(255);
      var hash = passwords.hash(longOne + "a");
      assertTrue(hash.startsWith("$argon2id$v=19$m=7168,t=5,p=1$"), hash);
      assertFalse(passwords.stale(hash));
      assertTrue(passwords.verify(longOne + "a", hash));
      assertFalse(passwords.verify(longOne + "b", hash));
      assertFalse(passwords.verify(longOne.toUpperCase(java.util.Locale.ROOT) + "a", hash));
      assertNotEquals(hash, passwords.hash(longOne + "a"));
    }
  }

  @Test
  void bcryptReadsWhatItsMakerRead() {
    try (var passwords = new Passwords(new Argon2.Cost(7_168, 5, 1), 1, 8)) {
      var hash = "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC";
      assertTrue(passwords.verify("abcdefghijklmnopqrstuvwxyz", hash));
      assertFalse(passwords.verify("password", hash));
      assertTrue(passwords.stale(hash));
      assertFalse(passwords.knows("$2a$10$short"));
    }
  }

  @Test
  void aHashTooCostlyIsNotComputed() {
    try (var passwords = new Passwords(new Argon2.Cost(7_168, 5, 1), 1, 8)) {
      var bomb = REFERENCE.replace("m=256", "m=4000000");
      assertThrows(IllegalStateException.class, () -> passwords.verify("password", bomb));
    }
  }

  @Test
  void whoFindsTheQueueFullIsToldToComeBack() throws Exception {
    try (var passwords = new Passwords(new Argon2.Cost(7_168, 5, 1), 1, 2)) {
      var busy = new AtomicInteger();
      var served = new AtomicInteger();
      var done = new CountDownLatch(40);
      for (int i = 0; i < 40; i++) {
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    passwords.hash("12345678");
                    served.incrementAndGet();
                  } catch (Failure failure) {
                    assertEquals(Fault.BUSY, failure.fault());
                    busy.incrementAndGet();
                  } finally {
                    done.countDown();
                  }
                });
      }
      done.await();
      assertEquals(40, busy.get() + served.get());
      assertTrue(busy.get() > 20, busy + " were refused");
      assertTrue(served.get() >= 3, served + " were served");
    }
  }
}
