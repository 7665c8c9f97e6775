package dev.celadon;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Projects, organizations and health, through the front door. */
class TenancyTest {

  private static final TestServer SERVER = TestServer.start();
  private static final String PROMETHEUS =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  private static As owner;

  @BeforeAll
  static void bootstrap() {
    owner = SERVER.owner();
  }

  private static As of(As as, String name, String value) {
    var headers = new HashMap<>(as.headers());
    headers.put(name, value);
    return new As(as.project(), headers);
  }

  @Test
  void anOrganizationMakesListsAndDeletesProjects() {
    var t1 = of(owner, "x-appwrite-organization", "t1");
    assertEquals("organization_id_missing", SERVER.get(owner, "/v1/organization/projects").type());
    expect(
        201,
        SERVER.post(
            t1,
            "/v1/organization/projects",
            new JsonObject().put("projectId", "org1").put("name", "One")));
    var list = expect(200, SERVER.get(t1, "/v1/organization/projects?search=org1")).json();
    assertEquals(1, list.getInteger("total"));
    assertEquals("Team", expect(200, SERVER.get(t1, "/v1/organization")).json().getString("name"));
    expect(204, SERVER.delete(t1, "/v1/organization/projects/org1"));
    assertEquals(404, SERVER.get(t1, "/v1/organization/projects/org1").status());
    var stranger = of(owner, "x-appwrite-organization", "none");
    assertEquals("team_not_found", SERVER.get(stranger, "/v1/organization").type());
  }

  @Test
  void anOrganizationsKeyActsForItAndNowhereElse() {
    var t1 = of(owner, "x-appwrite-organization", "t1");
    var scopes = new JsonArray().add("projects.read").add("projects.write").add("keys.write");
    var body = new JsonObject().put("keyId", "ci").put("name", "CI").put("scopes", scopes);
    var secret =
        expect(201, SERVER.post(t1, "/v1/organization/keys", body)).json().getString("secret");
    var key = As.key("console", secret);
    expect(200, SERVER.get(key, "/v1/organization/projects"));
    expect(200, SERVER.get(of(key, "x-appwrite-organization", "t2"), "/v1/organization/projects"));
    expect(
        201,
        SERVER.post(owner, "/v1/teams", new JsonObject().put("teamId", "t2").put("name", "Two")));
    var other = new JsonObject().put("projectId", "other").put("name", "o").put("teamId", "t2");
    expect(201, SERVER.post(owner, "/v1/projects", other));
    var made =
        new JsonObject()
            .put("keyId", "x")
            .put("name", "x")
            .put("scopes", new JsonArray().add("keys.write"));
    expect(201, SERVER.post(As.key("p1", secret), "/v1/project/keys", made));
    assertEquals(401, SERVER.post(As.key("other", secret), "/v1/project/keys", made).status());
    assertEquals(
        "team_not_found",
        SERVER.post(key, "/v1/projects", other.copy().put("projectId", "more")).type());
  }

  @Test
  void aDeletedProjectIsGoneAtOnceWithItsKeys() {
    SERVER.project(owner, "doomed");
    var key = SERVER.key(owner, "doomed", "users.read", "project.write");
    SERVER.signIn("doomed", "zoe");
    expect(200, SERVER.get(key, "/v1/users"));
    expect(204, SERVER.delete(key, "/v1/project"));
    assertEquals("project_not_found", SERVER.get(key, "/v1/users").type());
    assertEquals(404, SERVER.get(owner, "/v1/projects/doomed").status());
    SERVER.project(owner, "doomed");
    assertEquals(401, SERVER.get(key, "/v1/users").status());
    var admin = As.admin("doomed", owner.headers().get("x-appwrite-session"));
    assertEquals(0, expect(200, SERVER.get(admin, "/v1/users")).json().getInteger("total"));
  }

  @Test
  void thePoliciesOfAProjectBindItsUsers() {
    SERVER.project(owner, "bound");
    var path = "/v1/projects/bound/auth/";
    expect(200, SERVER.patch(owner, path + "limit", new JsonObject().put("limit", 1)));
    SERVER.signIn("bound", "first");
    var second =
        new JsonObject()
            .put("userId", "second")
            .put("email", "second@example.org")
            .put("password", "long enough");
    assertEquals(
        "user_count_exceeded", SERVER.post(As.guest("bound"), "/v1/account", second).type());
    expect(200, SERVER.patch(owner, path + "anonymous", new JsonObject().put("status", false)));
    assertEquals(
        501,
        SERVER
            .post(As.guest("bound"), "/v1/account/sessions/anonymous", new JsonObject())
            .status());
  }

  @Test
  void aPlatformAdmitsItsPages() {
    SERVER.project(owner, "web");
    var page = of(As.guest("web"), "origin", "https://app.example.com");
    assertEquals("general_unknown_origin", SERVER.get(page, "/v1/account").type());
    var platform =
        new JsonObject().put("type", "web").put("name", "app").put("hostname", "*.example.com");
    expect(201, SERVER.post(owner, "/v1/projects/web/platforms", platform));
    assertEquals("general_unauthorized_scope", SERVER.get(page, "/v1/account").type());
  }

  @Test
  void ephemeralKeysWorkAsOthersDo() {
    var admin = As.admin("p1", owner.headers().get("x-appwrite-session"));
    var body =
        new JsonObject().put("scopes", new JsonArray().add("users.read")).put("duration", 60);
    var secret =
        expect(201, SERVER.post(admin, "/v1/project/keys/ephemeral", body))
            .json()
            .getString("secret");
    assertTrue(secret.startsWith("ephemeral_"));
    expect(200, SERVER.get(As.key("p1", secret), "/v1/users"));
    assertEquals(401, SERVER.get(As.key("p1", secret), "/v1/teams").status());
  }

  @Test
  void healthPingAndVersionAreForEverybody() {
    var anybody = As.guest("console");
    var health = expect(200, SERVER.get(anybody, "/v1/health"));
    assertEquals("pass", health.json().getString("status"));
    assertTrue(health.header("content-type").startsWith("application/json"));
    assertEquals("Pong!", expect(200, SERVER.get(anybody, "/v1/ping")).text());
    assertTrue(expect(200, SERVER.get(anybody, "/v1/version")).json().containsKey("version"));
    assertEquals(401, SERVER.get(anybody, "/v1/health/db").status());
    var key = SERVER.key(owner, "p1", "health.read");
    for (var part : new String[] {"db", "cache", "pubsub", "time", "queue/mails", "anti-virus"}) {
      expect(200, SERVER.get(key, "/v1/health/" + part));
    }
    expect(200, SERVER.get(owner, "/v1/console/variables"));
  }

  @Test
  void healthAnswersMetricsToAScrape() {
    var scrape = new As("console", Map.of("accept", PROMETHEUS, "authorization", "Bearer any"));
    var metrics = expect(200, SERVER.get(scrape, "/v1/health"));
    assertTrue(metrics.header("content-type").startsWith("text/plain"));
    assertTrue(metrics.text().contains("# TYPE jvm_"), metrics.text());
    assertEquals(
        metrics.text().lines().findFirst(),
        SERVER.get(As.guest("console"), "/v1/health/metrics").text().lines().findFirst());
  }
}
