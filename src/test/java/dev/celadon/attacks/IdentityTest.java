package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Person.body;
import static dev.celadon.attacks.Person.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import dev.celadon.service.People;
import io.vertx.core.json.JsonArray;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Being somebody else: keys, other projects, the console, names that look like roles, teams. */
class IdentityTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As OWNER = SERVER.owner();
  private static final String OWNER_SECRET = OWNER.headers().getOrDefault("x-appwrite-session", "");
  private static final As KEY =
      SERVER.key(
          OWNER,
          "p1",
          "users.read",
          "users.write",
          "teams.read",
          "teams.write",
          "tables.write",
          "columns.write",
          "rows.write",
          "rows.read");

  private static JsonArray list(Object... items) {
    return new JsonArray(List.of(items));
  }

  @Test
  @DisplayName("A35 a key without the scope, an expired one, one beside a session")
  void keys() {
    var ann = Person.join(SERVER, "p1", "ann");
    var narrow = SERVER.key(OWNER, "p1", "teams.read");
    expect(200, SERVER.get(narrow, "/v1/teams"));
    var refused = SERVER.get(narrow, "/v1/users");
    assertEquals(401, refused.status());
    assertEquals("general_unauthorized_scope", refused.type());

    // A key beats a session: neither are the two added up, nor is the user asked.
    var both = with(narrow, "x-appwrite-session", ann.secret());
    assertEquals("general_unauthorized_scope", SERVER.get(both, "/v1/users").type());
    assertEquals(401, SERVER.get(both, "/v1/account").status());
    var nobodys = with(As.key("p1", "standard_" + "0".repeat(256)), "x-appwrite-session", "x");
    assertEquals(401, SERVER.get(nobodys, "/v1/users").status());

    var expired = body("name", "old", "scopes", list("users.read"));
    var secret =
        expect(201, SERVER.post(OWNER, "/v1/projects/p1/keys", expired)).json().getString("secret");
    People.waiting(
        () ->
            SERVER
                .postgres()
                .transactions()
                .run(
                    "UPDATE celadon.keys SET expires = now() - interval '1 s' WHERE name = 'old'"));
    var late = SERVER.get(As.key("p1", secret), "/v1/users");
    assertEquals(401, late.status());
    assertEquals("project_key_expired", late.type());
  }

  @Test
  @DisplayName("A36 a deleted key is dead at once, and one with fewer scopes is what it is now")
  void deletedKeys() {
    var made = body("name", "short", "scopes", list("users.read"));
    var key = expect(201, SERVER.post(OWNER, "/v1/projects/p1/keys", made)).json();
    var as = As.key("p1", key.getString("secret"));
    var path = "/v1/projects/p1/keys/" + key.getString("$id");
    expect(200, SERVER.get(as, "/v1/users"));
    expect(200, SERVER.put(OWNER, path, body("name", "short", "scopes", list("teams.read"))));
    assertEquals(401, SERVER.get(as, "/v1/users").status());
    expect(200, SERVER.get(as, "/v1/teams"));
    expect(204, SERVER.delete(OWNER, path));
    assertEquals(401, SERVER.get(as, "/v1/teams").status());
  }

  @Test
  @DisplayName("A38 a project named twice")
  void twoProjects() {
    SERVER.project(OWNER, "other");
    var ben = Person.join(SERVER, "p1", "ben");
    // The address precedes the header: then the session is one of another project.
    assertEquals(401, SERVER.get(ben.self(), "/v1/account?project=other").status());
    expect(200, SERVER.get(As.session("other", ben.secret()), "/v1/account?project=p1"));
    for (var query : List.of("project=p1&project=other", "project[]=p1&project[]=other")) {
      var answer = SERVER.get(ben.self(), "/v1/account?" + query);
      assertEquals(400, answer.status(), query);
      assertEquals("general_bad_request", answer.type());
    }
    // What stands in a body is about something else.
    var body = body("project", "other", "projectId", "other", "name", "Ben");
    expect(200, SERVER.patch(ben.self(), "/v1/account/name", body));
    for (var odd : List.of("p1,other", "p1%00", "../p1", "P1", "p1'")) {
      var answer = SERVER.get(As.session(odd, ben.secret()), "/v1/account");
      assertEquals(404, answer.status(), odd);
    }
  }

  @Test
  @DisplayName("A39 a project's user is nobody in the console")
  void console() {
    var cat = Person.join(SERVER, "p1", "cat");
    for (var path : List.of("/v1/account", "/v1/teams", "/v1/projects", "/v1/console/variables")) {
      assertEquals(401, SERVER.get(As.session("console", cat.secret()), path).status(), path);
    }
    for (var path :
        List.of("/v1/users", "/v1/project", "/v1/projects/p1", "/v1/projects/p1/keys")) {
      int status = SERVER.get(As.admin("p1", cat.secret()), path).status();
      assertTrue(status == 401 || status == 404, path + " " + status);
    }
    // And the other way round: an administrator without the mode is no user of the project.
    assertEquals(401, SERVER.get(As.session("p1", OWNER_SECRET), "/v1/account").status());
    // A team of the same id as the one that owns the project gives no hold on it.
    var team = body("teamId", "t1", "name", "Mine", "roles", list("owner"));
    expect(201, SERVER.post(cat.self(), "/v1/teams", team));
    var named = with(cat.self(), "x-appwrite-organization", "t1");
    assertEquals(401, SERVER.get(named, "/v1/organization/projects").status());
    assertEquals(401, SERVER.get(As.admin("p1", cat.secret()), "/v1/users").status());
  }

  @Test
  @DisplayName("A39 a role in one project of a team is none in another whose id begins alike")
  void aRoleInOneProject() {
    SERVER.project(OWNER, "shop");
    SERVER.project(OWNER, "shop-eu");
    People.waiting(
        () -> {
          var db = SERVER.postgres().transactions();
          db.run("INSERT INTO celadon.users (project, id, name) VALUES ('console', 'dev', 'D')");
          return db.run(
              "INSERT INTO celadon.memberships (project, id, team, user_id, roles, confirmed)"
                  + " VALUES ('console', 'dev', 't1', 'dev', '{project-shop-eu-owner}', true)");
        });
    var change = body("name", "dev");
    expect(200, SERVER.patch(OWNER, "/v1/account/name", change));
    var jwt = console("dev");
    expect(200, SERVER.get(with(jwt, "x-appwrite-mode", "admin"), "/v1/users?project=shop-eu"));
    var refused = SERVER.get(with(jwt, "x-appwrite-mode", "admin"), "/v1/users?project=shop");
    assertEquals("project_not_found", refused.type());
  }

  /** Somebody of the console, with a session that no sign-up made. */
  private static As console(String id) {
    People.waiting(
        () ->
            SERVER
                .postgres()
                .transactions()
                .run(
                    "INSERT INTO celadon.sessions (project, id, user_id, expires, provider,"
                        + " provider_uid, ip, agent, factors) VALUES ('console', $1, $1, now() +"
                        + " interval '1 day', 'server', '', '', '', '{}')",
                    id));
    return As.session("console", TokensOf.session(SERVER, "console", id));
  }

  @Test
  @DisplayName("A40 names of roles, teams and members are held to a strict grammar")
  void names() {
    expect(201, SERVER.post(KEY, "/v1/teams", body("teamId", "crew", "name", "Crew")));
    Person.join(SERVER, "p1", "dan");
    for (var bad :
        List.of(
            "own/er",
            "a\"b",
            "",
            "-a",
            "a b",
            "any\")",
            "team:x",
            "a,b",
            "a'b",
            "\u00f6",
            "a".repeat(82))) {
      var member = body("userId", "dan", "roles", list(bad));
      var answer = SERVER.post(KEY, "/v1/teams/crew/memberships", member);
      assertEquals("general_argument_invalid", answer.type(), bad);
      var team = body("teamId", "unique()", "name", "T", "roles", list(bad));
      assertEquals("general_argument_invalid", SERVER.post(KEY, "/v1/teams", team).type(), bad);
    }
    var many = new JsonArray();
    for (int i = 0; i < 101; i++) many.add("r" + i);
    var member = body("userId", "dan", "roles", many);
    assertEquals(400, SERVER.post(KEY, "/v1/teams/crew/memberships", member).status());
    for (var label : List.of("a/b", "any\")", "", "a b", "label:x", "\u0000")) {
      var labels = body("labels", list(label));
      assertEquals(400, SERVER.put(KEY, "/v1/users/dan/labels", labels).status(), label);
    }
  }

  @Test
  @DisplayName("A42 an id that is the word of a role is an id and nothing more")
  void idsLikeRoles() {
    for (var id : List.of("_role", "unique(x)", "user:ann", "team/owner", "*", "")) {
      var sign = body("userId", id, "email", "x@example.org", "password", Person.PASSWORD);
      assertEquals(
          "general_argument_invalid", SERVER.post(As.guest("p1"), "/v1/account", sign).type(), id);
    }
    expect(201, SERVER.post(KEY, "/v1/teams", body("teamId", "chiefs", "name", "Chiefs")));
    var table = body("tableId", "secrets", "name", "Secrets", "rowSecurity", false);
    table.put("permissions", list("read(\"team:chiefs\")", "read(\"user:boss\")"));
    expect(201, SERVER.post(KEY, "/v1/tablesdb/default/tables", table));
    var rows = "/v1/tablesdb/default/tables/secrets/rows";

    // Ids and labels that are called as the roles are that may read.
    for (var id : List.of("chiefs", "team", "any", "guests", "users", "owner")) {
      var person = Person.join(SERVER, "p1", id);
      if (!id.equals("team")) {
        expect(200, SERVER.put(KEY, "/v1/users/" + id + "/labels", body("labels", list("chiefs"))));
      }
      var team =
          body("teamId", id.equals("chiefs") ? "boss" : id, "name", "T", "roles", list("chiefs"));
      expect(201, SERVER.post(person.self(), "/v1/teams", team));
      int status = SERVER.get(person.self(), rows).status();
      assertTrue(status == 401 || status == 404, id + " " + status);
    }
    var chief = Person.join(SERVER, "p1", "fay");
    var member = body("userId", "fay", "roles", list());
    expect(201, SERVER.post(KEY, "/v1/teams/chiefs/memberships", member));
    expect(200, SERVER.get(chief.self(), rows));
  }

  @Test
  @DisplayName("A43 the platform's own tables have no names here")
  void systemTables() {
    for (var name :
        List.of(
            "users",
            "sessions",
            "celadon.users",
            "pg_catalog.pg_user",
            "keys",
            "_users",
            "meta",
            "events")) {
      var path = "/v1/tablesdb/default/tables/" + name + "/rows";
      var answer = SERVER.get(KEY, path);
      assertTrue(answer.status() == 404 || answer.status() == 400, name + " " + answer.text());
      var row = body("rowId", "unique()", "data", body("id", "x"));
      int status = SERVER.post(KEY, path, row).status();
      assertTrue(status == 404 || status == 400, name + " " + status);
    }
    for (var name : List.of("celadon", "public", "pg_catalog", "information_schema", "console")) {
      int status = SERVER.get(KEY, "/v1/tablesdb/" + name + "/tables/users/rows").status();
      assertEquals(404, status, name);
    }
  }

  @Test
  @DisplayName("A33 nobody joins a team without its owner, and nobody confirms for another")
  void invitations() {
    var gus = Person.join(SERVER, "p1", "gus");
    var hal = Person.join(SERVER, "p1", "hal");
    expect(201, SERVER.post(gus.self(), "/v1/teams", body("teamId", "club", "name", "Club")));
    var join = body("userId", "hal", "roles", list("owner"));
    assertEquals(
        "team_not_found", SERVER.post(hal.self(), "/v1/teams/club/memberships", join).type());
    // An owner cannot make a member of somebody who was not asked: that needs a mail.
    assertEquals(
        "general_smtp_disabled",
        SERVER.post(gus.self(), "/v1/teams/club/memberships", join).type());
    var accept = body("userId", "hal", "secret", "guessed");
    var path = "/v1/teams/club/memberships/any/status";
    assertEquals(404, SERVER.patch(hal.self(), path, accept).status());
    var club = expect(200, SERVER.get(gus.self(), "/v1/teams/club/memberships")).json();
    assertEquals(1, club.getInteger("total"));
  }

  @Test
  @DisplayName("A53 no member makes himself an owner, and the last owner stays")
  void upgrade() {
    var ida = Person.join(SERVER, "p1", "ida");
    var joe = Person.join(SERVER, "p1", "joe");
    expect(201, SERVER.post(ida.self(), "/v1/teams", body("teamId", "band", "name", "Band")));
    var path = "/v1/teams/band/memberships";
    var drummer =
        expect(201, SERVER.post(KEY, path, body("userId", "joe", "roles", list("drums")))).json();
    var owner = body("roles", list("owner"));
    var upgrade = SERVER.patch(joe.self(), path + "/" + drummer.getString("$id"), owner);
    assertEquals(401, upgrade.status());
    assertEquals("user_unauthorized", upgrade.type());
    assertEquals(401, SERVER.put(joe.self(), "/v1/teams/band", body("name", "Mine")).status());
    assertEquals(401, SERVER.delete(joe.self(), "/v1/teams/band").status());

    var members = expect(200, SERVER.get(ida.self(), path)).json().getJsonArray("memberships");
    var first =
        members.stream()
            .map(io.vertx.core.json.JsonObject.class::cast)
            .filter(m -> m.getString("userId").equals("ida"))
            .findFirst()
            .orElseThrow()
            .getString("$id");
    assertEquals(
        401, SERVER.delete(joe.self(), path + "/" + first).status(), "nobody throws the owner out");
    assertEquals(
        "membership_downgrade_prohibited",
        SERVER.patch(ida.self(), path + "/" + first, body("roles", list("drums"))).type());
    assertEquals(
        "membership_deletion_prohibited", SERVER.delete(ida.self(), path + "/" + first).type());
    // Another team's owner has no say here, whatever team stands in the path.
    expect(201, SERVER.post(joe.self(), "/v1/teams", body("teamId", "solo", "name", "Solo")));
    var crossed =
        SERVER.patch(joe.self(), "/v1/teams/solo/memberships/" + first, body("roles", list("x")));
    assertEquals("membership_not_found", crossed.type());
    assertFalse(
        expect(200, SERVER.get(joe.self(), path + "/" + drummer.getString("$id")))
            .json()
            .getJsonArray("roles")
            .contains("owner"));
  }
}
