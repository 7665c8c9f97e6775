package dev.celadon.domain.activities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import dev.celadon.event.EventLog;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ActivitiesTest {

  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

  private final Postgres postgres = TestPostgres.fresh();
  private final Activities activities = new Activities(postgres);

  @BeforeEach
  void write() {
    postgres
        .point()
        .run(
            "INSERT INTO celadon.users (project, id, name, email)"
                + " VALUES ('p', 'u', 'Ann', 'ann@example.org')");
    log("p", "user:u", "database/main/table/posts/row/1");
    log("p", "key:k", "team/2");
    log("p", "", "");
    log("q", "user:u", "team/3");
  }

  private void log(String project, String actor, String audit) {
    postgres
        .point()
        .run(
            EventLog.INSERT
                + " VALUES ($1, 'teams.[teamId].update', '{t}', 0, '{}', $2, '203.0.113.7',"
                + " $3, $4, $5)",
            project,
            actor,
            FIREFOX,
            audit,
            new JsonObject());
  }

  @Test
  void showsTheLatestFirstAndNothingWithoutATrace() {
    var page = activities.list("p", List.of());
    assertEquals(2, page.total());
    assertEquals(List.of("key", "user"), page.items().stream().map(Activity::actor).toList());
    var shown = ActivityModels.ACTIVITY.renderJson(page.items().getLast());
    assertEquals("Ann", shown.getString("userName"));
    assertEquals("ann@example.org", shown.getString("actorEmail"));
    assertEquals("teams.t.update", shown.getString("event"));
    assertEquals("row", shown.getString("resourceType"));
    assertEquals("1", shown.getString("resourceId"));
    assertEquals("database/main/table/posts", shown.getString("resourceParent"));
    assertEquals("Firefox", shown.getString("clientName"));
    assertEquals("203.0.113.7", shown.getString("ip"));
  }

  @Test
  void queriesAndCursorsWork() {
    var keys =
        Query.parse("{\"method\":\"equal\",\"attribute\":\"actorType\",\"values\":[\"key\"]}");
    assertEquals(1, activities.list("p", List.of(keys)).items().size());
    var first = activities.list("p", List.of(Query.parse("limit(1)"))).items().getFirst();
    var rest =
        activities.list("p", List.of(Query.parse("cursorAfter(\"" + first.id() + "\")"))).items();
    assertEquals(List.of("user"), rest.stream().map(Activity::actor).toList());
  }

  @Test
  void oneIsFoundInItsOwnProjectOnly() {
    var id = "" + activities.list("p", List.of()).items().getFirst().id();
    assertEquals("2", activities.get("p", id).resourceId());
    for (var other : List.of("999999", "x", "99999999999999999999", "-1")) {
      var failure = assertThrows(Failure.class, () -> activities.get("p", other));
      assertEquals(Fault.LOG_NOT_FOUND, failure.fault());
    }
    assertThrows(Failure.class, () -> activities.get("q", id));
  }

  @Test
  void aCursorThatIsNobodysIsNotFound() {
    for (var id : List.of("999999", "x", "99999999999999999999", "-1", "1 OR 1=1")) {
      var query = Query.parse("cursorAfter(\"" + id + "\")");
      var failure = assertThrows(Failure.class, () -> activities.list("p", List.of(query)));
      assertEquals(Fault.CURSOR_NOT_FOUND, failure.fault(), id);
    }
  }
}
