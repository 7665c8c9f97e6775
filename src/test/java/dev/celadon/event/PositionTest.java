package dev.celadon.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PositionTest {

  private static final String EPOCH = "0123456789ab";

  @Test
  void tokensComeBackAsTheyWere() {
    var random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      var seen = snapshot(random);
      var position =
          random.nextBoolean()
              ? Position.at(EPOCH, seen)
              : new Position(EPOCH, seen, snapshot(random), random.nextInt(1_000_000));
      var token = position.token();
      assertTrue(token.matches("[a-z0-9.-]+"), token);
      assertEquals(Optional.of(position), Position.parse(token));
      assertEquals(seen, Snapshot.ofSql(seen.toSql()));
    }
  }

  @Test
  void sqlTextsOfPostgres() {
    var snapshot = Snapshot.ofSql("10:20:12,15");
    assertEquals(new Snapshot(10, 20, List.of(12L, 15L)), snapshot);
    assertEquals(new Snapshot(10, 10, List.of()), Snapshot.ofSql("10:10:"));
    assertTrue(snapshot.sees(9));
    assertFalse(snapshot.sees(12));
    assertTrue(snapshot.sees(13));
    assertFalse(snapshot.sees(20));
  }

  @Test
  void whatWasNeverHandedOutIsNothing() {
    for (var token :
        List.of(
            "",
            "-",
            "a",
            EPOCH,
            EPOCH + "-",
            EPOCH + "-1",
            EPOCH + "-0.1",
            EPOCH + "-1.-1",
            EPOCH + "-1.2-3.4",
            EPOCH + "-1.2-3.4-",
            EPOCH + "-1.2-3.4-5-6",
            "' OR 1=1 --",
            EPOCH + "-01.2",
            EPOCH + "-1.2.5",
            EPOCH + "-1.9.3.3",
            EPOCH + "-1.9.4.3",
            EPOCH + "-zzzzzzzzzzzz.1",
            EPOCH + "-1.2\u0000",
            EPOCH + "-１.2",
            EPOCH + "-1.2" + ".1".repeat(9_000),
            "x".repeat(100_000),
            EPOCH + "-1.9.+3")) {
      assertEquals(Optional.empty(), Position.parse(token), token);
    }
  }

  @Test
  void noDamageToATokenIsAnError() {
    var random = new Random(11);
    var alphabet = "0123456789abcdefxyz.-:,'\" \u0000é";
    for (int i = 0; i < 50_000; i++) {
      var text =
          new StringBuilder(new Position(EPOCH, snapshot(random), snapshot(random), 99).token());
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at);
        }
      }
      Position.parse(text.toString()).ifPresent(PositionTest::wellFormed);
    }
  }

  /** What PostgreSQL would take: never an SQL error because of a token. */
  private static void wellFormed(Position position) {
    for (var snapshot :
        List.of(position.seen(), position.done() == null ? position.seen() : position.done())) {
      assertTrue(snapshot.xmin() > 0 && snapshot.xmax() >= snapshot.xmin());
      long before = 0;
      for (long xid : snapshot.running()) {
        assertTrue(xid > before && xid >= snapshot.xmin() && xid < snapshot.xmax());
        before = xid;
      }
    }
  }

  private static Snapshot snapshot(Random random) {
    long xmin = 1 + random.nextInt(1_000_000_000);
    var running = new TreeSet<Long>();
    int width = random.nextInt(50);
    for (int i = 0; i < width / 2; i++) running.add(xmin + random.nextInt(width));
    return new Snapshot(xmin, xmin + width, List.copyOf(new ArrayList<>(running)));
  }
}
