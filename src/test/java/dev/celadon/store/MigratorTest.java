package dev.celadon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class MigratorTest {

  private static final Migration FIRST = new Migration(1, "first", "CREATE TABLE a (id int);");
  private static final Migration SECOND =
      new Migration(2, "second", "CREATE TABLE b (id int); INSERT INTO b VALUES (1);");

  private final Postgres pg = TestPostgres.open(TestPostgres.vertx(), TestPostgres.emptyDatabase());

  private int migrate(Migration... migrations) {
    return new Migrator(pg.transactions(), List.of(migrations)).migrate();
  }

  @Test
  void theFilesOfTheJarAreInOrder() {
    var numbers = Migration.builtIn().stream().map(Migration::number).toList();
    assertEquals(1, numbers.getFirst());
    assertEquals(numbers.stream().distinct().sorted().toList(), numbers);
  }

  @Test
  void appliesWhatIsMissingAndNothingTwice() {
    assertEquals(1, migrate(FIRST));
    assertEquals(1, migrate(FIRST, SECOND));
    assertEquals(0, migrate(FIRST, SECOND));
    assertEquals(1, pg.list().list(row -> row, "SELECT * FROM b").size());
  }

  @Test
  void ofTwoAtOnceOneMigrates() throws Exception {
    var other = new Migration(3, "slow", "SELECT pg_sleep(0.1); CREATE TABLE c (id int)");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> migrate(FIRST, SECOND, other));
      var two = threads.submit(() -> migrate(FIRST, SECOND, other));
      assertEquals(3, one.get() + two.get());
    }
  }

  @Test
  void aChangedFileRefusesToStartAndAppliesNothing() {
    migrate(FIRST);
    var changed = new Migration(1, "first", FIRST.sql() + " ");
    var refused = assertThrows(CannotStart.class, () -> migrate(changed, SECOND));
    assertEquals(
        "migration 0001_first was changed after this database had applied it",
        refused.getMessage());
    assertFalse(exists("b"));
  }

  @Test
  void anUnknownMigrationRefusesToStart() {
    migrate(FIRST, SECOND);
    assertTrue(
        assertThrows(CannotStart.class, () -> migrate(FIRST)).getMessage().contains("0002_second"));
  }

  @Test
  void aFailingFileLeavesNothingBehind() {
    var broken = new Migration(2, "broken", "CREATE TABLE half (id int); SELECT nonsense");
    var refused = assertThrows(CannotStart.class, () -> migrate(FIRST, broken));
    assertTrue(refused.getMessage().startsWith("migration 0002_broken failed: "));
    assertTrue(exists("a"));
    assertFalse(exists("half"));
  }

  private boolean exists(String table) {
    return pg.point()
        .one(row -> row.getValue(0) != null, "SELECT to_regclass($1)::text", table)
        .orElseThrow();
  }
}
