package dev.celadon.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Actor;
import dev.celadon.api.Call;
import dev.celadon.api.Change;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Handler;
import dev.celadon.api.Model;
import dev.celadon.api.Origin;
import dev.celadon.api.Scope;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EventLogTest {

  private final Postgres postgres = TestPostgres.fresh();
  private final TestLog log = new TestLog(postgres, 100);

  @Test
  void whatIsAppendedIsReadBack() throws Exception {
    var start = log.now();
    postgres
        .transactions()
        .tx(
            tx -> {
              new EventLog()
                  .append(
                      tx,
                      change(),
                      Fact.of(
                          Map.of("teamId", "t"),
                          new JsonObject().put("$id", "t").put("name", "Ä\"\n\u2028"),
                          "team:t"));
              return 0;
            });
    var event = log.read(start).events().getFirst();
    assertEquals("teams.[teamId].update", event.template());
    assertEquals(List.of("t"), event.ids());
    assertEquals(List.of("team:t"), event.readers());
    assertEquals("user:u", event.actor());
    assertEquals("Ä\"\n\u2028", new JsonObject(event.payload()).getString("name"));
    assertEquals("203.0.113.7/Firefox/team/t", trace());
  }

  @Test
  void withoutAuditNothingSaysWhoItWas() {
    postgres
        .transactions()
        .tx(
            tx -> {
              new EventLog(project -> !project.equals("p"))
                  .append(tx, change(), Fact.of(Map.of("teamId", "t"), new JsonObject(), "any"));
              return 0;
            });
    assertEquals("//team/t", trace());
  }

  private String trace() {
    return postgres
        .point()
        .one(
            row -> row.getString(0),
            "SELECT ip || '/' || agent || '/' || audit FROM celadon.events")
        .orElseThrow();
  }

  private static Change change() {
    Handler<JsonObject> none = call -> new JsonObject();
    var endpoint =
        Endpoint.put("/v1/teams/{teamId}")
            .named("teams", "updateName")
            .doc("t", "d")
            .scopes(Scope.TEAMS_WRITE)
            .audits("team/{teamId}")
            .emits("teams.[teamId].update")
            .returns(200, Model.free("team"), none)
            .endpoint();
    var user = new Actor.User("u", "s", Set.of("any"), Set.of());
    var origin = new Origin("203.0.113.7", "Firefox", "r", 0, "");
    return new Call(endpoint, "p", user, origin, Map.of()).change();
  }
}
