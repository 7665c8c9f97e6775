package dev.celadon.domain.documents;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommonReadersTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void areThoseOfATenthOfTheRows() throws InterruptedException {
    var postgres = TestPostgres.fresh();
    var db = postgres.transactions();
    db.run("CREATE SCHEMA p77");
    db.run("CREATE TABLE p77.t1 (_id bigint, _read text[] NOT NULL)");
    db.run(
        """
        INSERT INTO p77.t1 SELECT n, CASE WHEN n % 2 = 0 THEN ARRAY['users', 'team:a']
          ELSE ARRAY['user:u' || n, CASE WHEN n % 50 = 1 THEN 'label:rare' ELSE 'team:b' END] END
        FROM generate_series(1, 5000) n
        """);
    db.run("ANALYZE p77.t1");
    var common = new CommonReaders(postgres.point());
    var deadline = System.nanoTime() + SOON.toNanos();
    while (!common.include(roles("any", "users"), "p77.t1")) {
      assertTrue(System.nanoTime() < deadline, "the statistics were never looked up");
      Thread.sleep(20);
    }
    assertTrue(common.include(roles("team:b"), "p77.t1"));
    assertFalse(common.include(roles("any", "user:u7"), "p77.t1"));
    assertFalse(common.include(roles("label:rare"), "p77.t1"), "one row in fifty");
    assertFalse(common.include(roles(), "p77.t1"));
    assertFalse(common.include(roles("users"), "p77.t2"), "a table that nobody knows");
    assertTrue(common.include(new Access(true, true, "_read", new String[0]), "p77.t2"));
  }

  private static Access roles(String... roles) {
    return new Access(false, true, "_read", roles);
  }
}
