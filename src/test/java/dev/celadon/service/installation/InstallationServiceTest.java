package dev.celadon.service.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.celadon.api.Actor;
import dev.celadon.api.Scope;
import dev.celadon.domain.installation.Installation;
import dev.celadon.event.EventLog;
import dev.celadon.service.Desk;
import dev.celadon.service.Desk.Caller;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InstallationServiceTest {

  private static final Postgres PG = TestPostgres.fresh();
  private static final Installation INSTALLATION =
      new Installation(
          PG, new EventLog(), ring -> "new-" + ring, List.of("tablesDB", "users", "teams"));
  private static final Desk DESK = new Desk(new InstallationService(INSTALLATION));
  private static final Caller OWNER = Caller.admin("console");

  @Test
  void switchesServicesOffAndOn() throws Exception {
    assertEquals(Set.of(), INSTALLATION.off().await());
    for (var service : List.of("tablesDB", "users", "users")) {
      var offer = turn(service, false);
      assertEquals("{\"$id\":\"" + service.toLowerCase() + "\",\"enabled\":false}", offer);
    }
    assertEquals(Set.of("tablesdb", "users"), INSTALLATION.off().await());
    turn("tablesdb", true);
    assertEquals(Set.of("users"), INSTALLATION.off().await());
    var list = DESK.call(OWNER, "installation.listServices", Map.of());
    assertEquals(3, list.getInteger("total"));
    turn("users", true);
    assertEquals(Set.of(), INSTALLATION.off().await());
    assertEquals(
        "general_argument_invalid",
        DESK.fault(
            OWNER,
            "installation.updateService",
            Map.of("serviceId", "installation", "enabled", false)));
  }

  private static String turn(String service, boolean on) throws Exception {
    return DESK.call(
            OWNER, "installation.updateService", Map.of("serviceId", service, "enabled", on))
        .encode();
  }

  @Test
  void rotatesAKeyAndSaysSo() throws Exception {
    var key = DESK.call(OWNER, "installation.rotateSigningKey", Map.of("ring", "sessions"));
    assertEquals("new-sessions", key.getString("$id"));
    assertFalse(
        PG.point()
            .list(
                row -> row.getString(0),
                "SELECT event FROM celadon.events WHERE project = 'console' AND ids = $1",
                (Object) new String[] {"sessions"})
            .isEmpty());
  }

  @Test
  void isForTheOwnerAlone() throws Exception {
    var user = new Caller(new Actor.User("u", "s", Set.of(), Set.of(Scope.ACCOUNT)), "console", "");
    for (var id : List.of("installation.listServices", "installation.rotateSigningKey")) {
      assertEquals("general_unauthorized_scope", DESK.fault(user, id, Map.of("ring", "internal")));
    }
  }
}
