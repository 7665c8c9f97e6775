package dev.celadon.service.organization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ApiKey;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.projects.TestVault;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.Users;
import dev.celadon.event.EventLog;
import dev.celadon.service.Desk;
import dev.celadon.service.Desk.Caller;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OrganizationServiceTest {

  private static final Postgres PG = TestPostgres.fresh();
  private static final EventLog LOG = new EventLog();
  private static final Keys KEYS = new Keys(PG, LOG, TestVault.open(PG.transactions()));
  private static final Desk DESK = desk();
  private static final Caller OWNER = user("ann", "team:acme", "team:acme/owner");
  private static final Caller DEVELOPER = user("bob", "team:acme", "team:acme/developer");
  private static final Caller STRANGER = user("eve", "team:two", "team:two/owner");

  private static Desk desk() {
    var users = new Users(PG, LOG);
    var memberships = new Memberships(PG, LOG);
    return new Desk(
        new OrganizationService(
            new OrganizationService.Parts(
                new Teams(PG, LOG),
                memberships,
                new Invitations(PG, memberships, users),
                new Projects(PG, LOG, List.of()),
                KEYS)));
  }

  private static Caller user(String id, String... roles) {
    var actor = new Actor.User(id, "s", Set.of(roles), Set.of(Scope.values()));
    return new Caller(actor, "console", "acme");
  }

  private static Caller key(Scope... scopes) {
    return Caller.key("console", scopes).of("acme");
  }

  @BeforeAll
  static void people() {
    PG.transactions()
        .script(
            """
            INSERT INTO celadon.users (project, id, name) VALUES
              ('console', 'ann', 'Ann'), ('console', 'bob', 'Bob'), ('console', 'eve', 'Eve');
            INSERT INTO celadon.teams (project, id, name, total) VALUES
              ('console', 'acme', 'Acme', 2), ('console', 'two', 'Two', 1),
              ('console', 'brief', 'Brief', 1);
            INSERT INTO celadon.memberships (project, id, team, user_id, roles, confirmed) VALUES
              ('console', 'm1', 'acme', 'ann', '{owner}', true),
              ('console', 'm2', 'acme', 'bob', '{developer}', true),
              ('console', 'm3', 'brief', 'ann', '{owner}', true)
            """);
  }

  @Test
  void isTheTeamThatTheCallerActsFor() throws Exception {
    var acme = DESK.call(OWNER, "organization.get", Map.of());
    assertEquals("Acme", acme.getString("name"));
    assertEquals(35, acme.size());
    assertEquals("team_not_found", DESK.fault(STRANGER, "organization.get", Map.of()));
    assertEquals("organization_id_missing", DESK.fault(OWNER.of(""), "organization.get", Map.of()));
    var elsewhere = new Caller(OWNER.actor(), "shop", "acme");
    assertEquals("team_not_found", DESK.fault(elsewhere, "organization.get", Map.of()));
    var other = Map.<String, Object>of("name", "Two!");
    var two = STRANGER.of("two");
    assertEquals("team_not_found", DESK.fault(two, "organization.update", other));
    assertEquals("user_unauthorized", DESK.fault(DEVELOPER, "organization.update", other));
  }

  @Test
  void ownsProjects() throws Exception {
    var args = Map.<String, Object>of("projectId", "shop", "name", "Shop");
    assertEquals("acme", DESK.call(OWNER, "organization.createProject", args).getString("teamId"));
    var byKey = key(Scope.PROJECTS_READ, Scope.PROJECTS_WRITE);
    var second = Map.<String, Object>of("projectId", "depot", "name", "Depot");
    DESK.call(byKey, "organization.createProject", second);
    assertEquals(2, DESK.call(byKey, "organization.listProjects", Map.of()).getInteger("total"));
    var id = Map.<String, Object>of("projectId", "shop");
    assertEquals("Shop", DESK.call(OWNER, "organization.getProject", id).getString("name"));
    var two = STRANGER.of("two");
    assertEquals("project_not_found", DESK.fault(two, "organization.getProject", id));
    assertEquals("project_not_found", DESK.fault(two, "organization.deleteProject", id));
    var rename = Map.<String, Object>of("projectId", "shop", "name", "Store");
    assertEquals(
        "Store", DESK.call(DEVELOPER, "organization.updateProject", rename).getString("name"));
    assertEquals("user_unauthorized", DESK.fault(DEVELOPER, "organization.deleteProject", id));
    assertEquals("general_resource_locked", DESK.fault(OWNER, "organization.delete", Map.of()));
    DESK.call(OWNER, "organization.deleteProject", id);
    assertEquals("project_not_found", DESK.fault(OWNER, "organization.getProject", id));
    assertEquals(
        new JsonArray().add("depot"),
        DESK.call(OWNER, "organization.get", Map.of()).getJsonArray("projects"));
  }

  @Test
  void keysActForTheOrganizationAndAreForOwners() throws Exception {
    var args =
        Map.<String, Object>of(
            "keyId", "ci", "name", "CI", "scopes", new JsonArray().add("projects.write"));
    assertEquals("user_unauthorized", DESK.fault(DEVELOPER, "organization.createKey", args));
    var key = DESK.call(OWNER, "organization.createKey", args);
    assertTrue(key.getString("secret").startsWith("organization_"));
    var found = KEYS.bySecret(Keys.digest(key.getString("secret"))).await();
    assertNotNull(found);
    assertEquals(ApiKey.Kind.ORGANIZATION, found.kind());
    assertEquals("acme", found.team());
    var id = Map.<String, Object>of("keyId", "ci");
    assertEquals("key_not_found", DESK.fault(STRANGER.of("two"), "organization.getKey", id));
    assertEquals(1, DESK.call(OWNER, "organization.listKeys", Map.of()).getInteger("total"));
    var wide =
        Map.<String, Object>of(
            "keyId", "ci", "name", "CI", "scopes", new JsonArray().add("users.read"));
    assertEquals("general_argument_invalid", DESK.fault(OWNER, "organization.updateKey", wide));
    DESK.call(OWNER, "organization.deleteKey", id);
    assertEquals("key_not_found", DESK.fault(OWNER, "organization.getKey", id));
  }

  @Test
  void members() throws Exception {
    var all = DESK.call(DEVELOPER, "organization.listMemberships", Map.of());
    assertTrue(all.getInteger("total") >= 2);
    var byKey = key(Scope.ORGANIZATION_MEMBERSHIPS_WRITE);
    var add = Map.<String, Object>of("userId", "eve", "roles", new JsonArray().add("analyst"));
    var id = DESK.call(byKey, "organization.createMembership", add).getString("$id");
    var roles =
        Map.<String, Object>of("membershipId", id, "roles", new JsonArray().add("developer"));
    assertEquals(
        "developer",
        DESK.call(OWNER, "organization.updateMembership", roles)
            .getJsonArray("roles")
            .getString(0));
    var one = Map.<String, Object>of("membershipId", id);
    assertEquals("Eve", DESK.call(OWNER, "organization.getMembership", one).getString("userName"));
    DESK.call(OWNER, "organization.deleteMembership", one);
    assertEquals("membership_not_found", DESK.fault(OWNER, "organization.getMembership", one));
    assertEquals(
        "membership_deletion_prohibited",
        DESK.fault(OWNER, "organization.deleteMembership", Map.of("membershipId", "m1")));
  }

  @Test
  void isDeletedWithItsMemberships() throws Exception {
    var brief = user("ann", "team:brief", "team:brief/owner").of("brief");
    DESK.call(brief, "organization.delete", Map.of());
    assertEquals("team_not_found", DESK.fault(brief, "organization.get", Map.of()));
  }
}
