package dev.celadon.domain.activities;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Query;
import dev.celadon.domain.users.Logs;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.Users;
import dev.celadon.event.EventLog;
import dev.celadon.event.Retention;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody did is looked up, not searched for: the statements as PostgreSQL runs them. */
final class LogPlansTest {

  private static final String INDEX = "split_part";
  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Db DB = POSTGRES.transactions();

  /** A busy project: 200 users and a key in turn, over two partitions. */
  @BeforeAll
  static void fill() {
    DB.run("INSERT INTO celadon.users (project, id, name, email) VALUES ('p', 'u7', '', 'a@b.c')");
    events("now() - interval '400 days'");
    new Retention(DB, Clock.systemUTC(), new Retention.Bounds(1_000, 1L << 40, 1)).run();
    events("now()");
    DB.script("ANALYZE celadon.events");
  }

  private static void events(String time) {
    DB.script(
        """
        INSERT INTO celadon.events (project, time, event, ids, version, readers, actor, ip, agent,
          audit, payload)
        SELECT 'p', %s, 'teams.[teamId].update', '{t}', 0, '{}',
          CASE WHEN g %% 5 = 0 THEN 'key:k' WHEN g %% 7 = 0 THEN 'guest' ELSE 'user:u' || g %% 200
          END, '', '', '', '{}'
        FROM generate_series(1, 20000) g
        """
            .formatted(time));
  }

  @Test
  void theLogsOfAUserAreLookedUp() {
    var logs = new Logs(POSTGRES);
    logs.list("p", user(), List.of(), true);
    for (var plan : plans("actor = $", "p", "user:u7", "u7")) assertLookedUp(plan);
  }

  @Test
  void theLogsOfARowAreLookedUp() {
    var rows =
        """
        INSERT INTO celadon.events (project, event, ids, version, readers, actor, ip, agent, audit,
          payload)
        SELECT 'p', 'databases.[databaseId].tables.[tableId].rows.[rowId].update',
          ARRAY['d', 't' || g % 20, 'r' || g % 4000], 0, '{}', 'key:k', '', '', '', '{}'
        FROM generate_series(1, 40000) g
        """;
    DB.script(rows);
    DB.script("ANALYZE celadon.events");
    var activities = new Activities(POSTGRES);
    activities.within("p", "databases", List.of("d", "t7", "r7"), List.of());
    for (var plan : plans("LIKE 'databases", "p", "d", "t7", "r7")) {
      assertTrue(plan.contains("ids[3] = 'r7'"), plan);
      assertTrue(plan.contains("Index Cond") || plan.contains("Index Only"), plan);
      var walked = plan.lines().filter(line -> line.contains("Seq Scan on events"));
      assertTrue(walked.allMatch(line -> line.contains("(cost=0.00..0.00 ")), plan);
    }
  }

  private static User user() {
    return new Users(POSTGRES, new EventLog()).get("p", "u7");
  }

  @Test
  void activitiesByActorAreLookedUp() {
    var activities = new Activities(POSTGRES);
    var mine = Query.parse("equal(\"actorId\", [\"u7\"])");
    activities.list("p", List.of(mine));
    for (var plan : plans("celadon.users", "p", "u7")) assertLookedUp(plan);
  }

  private static void assertLookedUp(String plan) {
    assertTrue(plan.contains(INDEX), plan);
    // The days to come are empty: reading nothing costs nothing.
    var walked = plan.lines().filter(line -> line.contains("Seq Scan on events"));
    assertTrue(walked.allMatch(line -> line.contains("(cost=0.00..0.00 ")), plan);
  }

  /** The plans of what was asked last, with the arguments that it had. */
  private static List<String> plans(String mark, Object... args) {
    var asked =
        DB.list(
            row -> row.getString(0),
            """
            SELECT DISTINCT query FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'SELECT%celadon.events%'
              AND pid <> pg_backend_pid() AND strpos(query, $1) > 0
            """,
            mark);
    var plans = new ArrayList<String>();
    for (var sql : asked) {
      var lines = POSTGRES.list().list(row -> row.getString(0), "EXPLAIN " + sql, args);
      plans.add(String.join("\n", lines));
    }
    assertFalse(plans.isEmpty());
    return plans;
  }
}
