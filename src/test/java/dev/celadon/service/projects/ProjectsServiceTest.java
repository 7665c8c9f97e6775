package dev.celadon.service.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ApiKey;
import dev.celadon.domain.projects.EphemeralKeys;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Platforms;
import dev.celadon.domain.projects.ProjectHook;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.projects.Settings;
import dev.celadon.domain.projects.Vault;
import dev.celadon.event.EventLog;
import dev.celadon.service.Desk;
import dev.celadon.service.Desk.Caller;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProjectsServiceTest {

  private static final Postgres PG = TestPostgres.fresh();
  private static final EventLog LOG = new EventLog();

  /** Stands for the engine of documents: gives every project a schema of its own. */
  private static final ProjectHook SCHEMAS =
      new ProjectHook() {
        @Override
        public void created(Db tx, String project) {
          tx.script("CREATE SCHEMA \"p_" + project + "\"; CREATE TABLE \"p_" + project + "\".t ()");
        }

        @Override
        public void erased(Db tx, String project) {
          tx.script("DROP SCHEMA IF EXISTS \"p_" + project + "\" CASCADE");
        }
      };

  private static final Projects PROJECTS = new Projects(PG, LOG, List.of(SCHEMAS));
  private static final Keys KEYS = new Keys(PG, LOG, Vault.open(PG.transactions(), ""));
  private static final Desk DESK = desk();
  private static final Caller OWNER =
      Caller.admin("console", "team:acme", "team:acme/owner", "team:two", "team:two/owner");

  @BeforeAll
  static void teams() {
    for (var team : List.of("acme", "two")) {
      PG.transactions()
          .run("INSERT INTO celadon.teams (project, id, name) VALUES ('console', $1, $1)", team);
    }
  }

  private static Desk desk() {
    var tenancy =
        new ProjectsService.Tenancy(
            PROJECTS,
            new Settings(PG, LOG),
            KEYS,
            new EphemeralKeys(
                PG.transactions(), LOG, key -> "jwt-" + key.project(), Clock.systemUTC()),
            new Platforms(PG, LOG));
    return new Desk(new ProjectsService(tenancy), new ProjectService(tenancy));
  }

  private static Caller in(String project) {
    return Caller.admin(project, "team:acme", "team:acme/owner", "team:two", "team:two/owner");
  }

  private static JsonObject create(String id) throws Exception {
    return DESK.call(
        OWNER, "projects.create", Map.of("projectId", id, "name", "Shop", "teamId", "acme"));
  }

  private static List<String> events(String project) {
    return PG.point()
        .list(
            row -> row.getString(0) + " " + String.join(",", row.getArrayOfStrings(1)),
            "SELECT event, ids FROM celadon.events WHERE project = $1 ORDER BY id",
            project);
  }

  @Test
  void makesAProjectForATeam() throws Exception {
    var project =
        DESK.call(
            OWNER,
            "projects.create",
            Map.of("projectId", "shop", "name", "Shop", "teamId", "acme", "legalName", "Shop Ltd"));
    assertEquals("shop", project.getString("$id"));
    assertEquals("acme", project.getString("teamId"));
    assertEquals("Shop Ltd", project.getString("legalName"));
    assertEquals("default", project.getString("region"));
    assertEquals(31_536_000, project.getInteger("authDuration"));
    assertTrue(project.getBoolean("serviceStatusForTablesdb"));
    assertTrue(events("console").contains("projects.[projectId].create shop"));
    assertEquals("Shop", DESK.call(in("shop"), "project.get", Map.of()).getString("name"));
  }

  @Test
  void refusesWhoMayNotAndWhatIsTaken() throws Exception {
    create("taken");
    var taken = Map.<String, Object>of("projectId", "taken", "name", "x", "teamId", "acme");
    assertEquals("project_already_exists", DESK.fault(OWNER, "projects.create", taken));
    var mine = Map.<String, Object>of("projectId", "mine", "name", "x", "teamId", "acme");
    var stranger = Caller.admin("console", "team:two", "team:two/owner");
    assertEquals("team_not_found", DESK.fault(stranger, "projects.create", mine));
    var member = Caller.admin("console", "team:acme", "team:acme/viewer");
    assertEquals("user_unauthorized", DESK.fault(member, "projects.create", mine));
    var developer = Caller.admin("console", "team:acme", "team:acme/developer");
    assertEquals("mine", DESK.call(developer, "projects.create", mine).getString("$id"));
    var console = Map.<String, Object>of("projectId", "console", "name", "x", "teamId", "acme");
    assertEquals("project_reserved_project", DESK.fault(OWNER, "projects.create", console));
    for (var bad : List.of("UPPER", "-a", "a b", "a".repeat(37), "a_b", "")) {
      var args = Map.<String, Object>of("projectId", bad, "name", "x", "teamId", "acme");
      assertEquals("general_argument_invalid", DESK.fault(OWNER, "projects.create", args), bad);
    }
    var region =
        Map.<String, Object>of("projectId", "far", "name", "x", "teamId", "acme", "region", "moon");
    assertEquals("project_region_unsupported", DESK.fault(OWNER, "projects.create", region));
  }

  @Test
  void theConsoleIsNobodysProject() throws Exception {
    var console = in("console");
    for (var id : List.of("project.get", "project.delete", "project.listKeys")) {
      assertEquals("project_id_missing", DESK.fault(console, id, Map.of()));
    }
    var key =
        Map.<String, Object>of(
            "keyId", "k", "name", "k", "scopes", new JsonArray().add("users.read"));
    assertEquals("project_id_missing", DESK.fault(console, "project.createKey", key));
  }

  @Test
  void listsTheProjectsOfTheCallersTeams() throws Exception {
    create("listed1");
    create("listed2");
    var args =
        Map.<String, Object>of(
            "queries",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("method", "startsWith")
                        .put("attribute", "$id")
                        .put("values", new JsonArray().add("listed"))
                        .encode()));
    var page = DESK.call(OWNER, "projects.list", args);
    assertEquals(2, page.getInteger("total"));
    assertEquals("listed1", page.getJsonArray("projects").getJsonObject(0).getString("$id"));
    var stranger = Caller.admin("console", "team:else");
    assertEquals(0, DESK.call(stranger, "projects.list", Map.of()).getInteger("total"));
    assertEquals(
        1, DESK.call(OWNER, "projects.list", Map.of("search", "ISTED2")).getInteger("total"));
  }

  @Test
  void describesAndMovesAProject() throws Exception {
    create("moved");
    var args = Map.<String, Object>of("projectId", "moved", "name", "New", "url", "https://a.b");
    var changed = DESK.call(in("moved"), "projects.update", args);
    assertEquals("New", changed.getString("name"));
    assertEquals("https://a.b", changed.getString("url"));
    var moved = DESK.call(in("moved"), "projects.updateTeam", Map.of("teamId", "two"));
    assertEquals("two", moved.getString("teamId"));
    var one = Caller.admin("moved", "team:two", "team:two/owner");
    assertEquals(
        "team_not_found", DESK.fault(one, "projects.updateTeam", Map.of("teamId", "acme")));
    DESK.call(in("moved"), "projects.updateConsoleAccess", Map.of());
    assertFalse(
        DESK.call(in("moved"), "project.get", Map.of()).getString("consoleAccessedAt").isEmpty());
  }

  @Test
  void switchesPartsAndTheGatewaySees() throws Exception {
    create("switched");
    var admin = in("switched");
    DESK.call(admin, "project.updateService", Map.of("serviceId", "tablesdb", "enabled", false));
    DESK.call(admin, "projects.updateAPIStatus", Map.of("api", "realtime", "status", false));
    var project =
        DESK.call(admin, "project.updateAuthMethod", Map.of("methodId", "jwt", "enabled", false));
    assertFalse(project.getBoolean("serviceStatusForTablesdb"));
    assertFalse(project.getBoolean("authJWT"));
    var access = PROJECTS.access("switched").await();
    assertNotNull(access);
    assertEquals(Set.of("tablesdb"), access.servicesOff());
    assertEquals(Set.of("websocket"), access.protocolsOff());
    assertFalse(access.auth().allows("jwt"));
    assertTrue(access.auth().allows("email-password"));
    assertEquals("acme", access.team());
    DESK.call(admin, "projects.updateServiceStatusAll", Map.of("status", false));
    DESK.call(admin, "projects.updateServiceStatusAll", Map.of("status", true));
    access = PROJECTS.access("switched").await();
    assertNotNull(access);
    assertEquals(Set.of(), access.servicesOff());
    assertEquals(
        List.of(
            "services.[serviceId].update tablesdb",
            "protocols.[protocolId].update websocket",
            "authMethod.[methodId].update jwt"),
        events("switched").subList(0, 3));
    assertEquals(
        "general_argument_invalid",
        DESK.fault(admin, "project.updateService", Map.of("serviceId", "none", "enabled", true)));
  }

  @Test
  void policiesAreSetInBothVocabularies() throws Exception {
    create("strict");
    var admin = in("strict");
    DESK.call(admin, "projects.updateAuthDuration", Map.of("duration", 3600));
    DESK.call(admin, "project.updateSessionLimitPolicy", Map.of("total", 3));
    DESK.call(admin, "project.updateMembershipPrivacyPolicy", Map.of("userName", true));
    DESK.call(
        admin,
        "projects.updateMembershipsPrivacy",
        Map.of("userName", true, "userEmail", false, "mfa", true));
    var policy = DESK.call(admin, "project.updatePasswordStrengthPolicy", Map.of("min", 12));
    assertEquals("password-strength", policy.getString("$id"));
    assertEquals(12, policy.getInteger("min"));
    assertFalse(policy.getBoolean("symbols"));
    var project = DESK.call(admin, "project.get", Map.of());
    assertEquals(3600, project.getInteger("authDuration"));
    assertEquals(3, project.getInteger("authSessionsLimit"));
    assertTrue(project.getBoolean("authMembershipsUserName"));
    var access = PROJECTS.access("strict").await();
    assertNotNull(access);
    assertEquals(12, access.auth().strength().min());
    assertTrue(access.auth().privacy().mfa());
    var all = DESK.call(admin, "project.listPolicies", Map.of());
    assertEquals(14, all.getJsonArray("policies").size());
    assertEquals(
        3,
        DESK.call(admin, "project.getPolicy", Map.of("policyId", "session-limit"))
            .getInteger("total"));
    assertEquals(
        "general_argument_invalid",
        DESK.fault(admin, "projects.updateAuthDuration", Map.of("duration", 59)));
    assertEquals(
        "projects.[projectId].policies.[policy].update strict,session-duration",
        events("strict").getFirst());
  }

  @Test
  void aKeyIsFoundByItsSecretAloneAndItsSecretIsInNoEvent() throws Exception {
    create("keyed");
    var admin = in("keyed");
    var key =
        DESK.call(
            admin,
            "projects.createKey",
            Map.of(
                "name", "server", "scopes", new JsonArray().add("users.read").add("rows.write")));
    var secret = key.getString("secret");
    assertTrue(secret.matches("standard_[0-9a-f]{256}"), secret);
    var found = KEYS.bySecret(Keys.digest(secret)).await();
    assertNotNull(found);
    assertEquals(ApiKey.Kind.PROJECT, found.kind());
    assertEquals("keyed", found.project());
    assertEquals("acme", found.team());
    assertEquals(Set.of(Scope.USERS_READ, Scope.ROWS_WRITE), found.scopes());
    assertNull(found.expires());
    assertNull(KEYS.bySecret(Keys.digest("standard_x")).await());
    var id = key.getString("$id");
    var again = DESK.call(admin, "project.getKey", Map.of("keyId", id));
    assertEquals(secret, again.getString("secret"));
    var dump =
        PG.point()
            .list(row -> row.getString(0), "SELECT payload::text || audit FROM celadon.events");
    assertTrue(dump.stream().noneMatch(text -> text.contains(secret)));
    var raw =
        PG.point()
            .one(row -> row.getBuffer(0), "SELECT secret FROM celadon.keys WHERE id = $1", id)
            .orElseThrow();
    assertFalse(raw.toString("ISO-8859-1").contains(secret.substring(20, 60)));
  }

  @Test
  void keysAreChangedListedAndDeleted() throws Exception {
    create("keys");
    var admin = in("keys");
    var args =
        Map.<String, Object>of(
            "keyId",
            "k1",
            "name",
            "one",
            "scopes",
            new JsonArray().add("users.read"),
            "expire",
            "2030-01-01T00:00:00.000+00:00");
    var secret = DESK.call(admin, "project.createKey", args).getString("secret");
    assertEquals("key_already_exists", DESK.fault(admin, "project.createKey", args));
    var update =
        Map.<String, Object>of(
            "keyId", "k1", "name", "uno", "scopes", new JsonArray().add("rows.read"));
    var updated = DESK.call(admin, "project.updateKey", update);
    assertEquals("uno", updated.getString("name"));
    assertEquals("", updated.getString("expire"));
    assertEquals(secret, updated.getString("secret"));
    assertEquals(1, DESK.call(admin, "project.listKeys", Map.of()).getInteger("total"));
    assertEquals(0, DESK.call(in("shopless"), "project.listKeys", Map.of()).getInteger("total"));
    DESK.call(admin, "project.deleteKey", Map.of("keyId", "k1"));
    assertNull(KEYS.bySecret(Keys.digest(secret)).await());
    assertEquals("key_not_found", DESK.fault(admin, "project.getKey", Map.of("keyId", "k1")));
    assertEquals(
        List.of("keys.[keyId].create k1", "keys.[keyId].update k1", "keys.[keyId].delete k1"),
        events("keys"));
  }

  @Test
  void aKeyHandsOnOnlyWhatItHolds() throws Exception {
    create("handed");
    var key = Caller.key("handed", Scope.KEYS_WRITE, Scope.USERS_READ);
    var within = new JsonArray().add("users.read");
    var beyond = new JsonArray().add("users.read").add("users.write");
    var one = Map.<String, Object>of("keyId", "a", "name", "a", "scopes", within);
    DESK.call(key, "project.createKey", one);
    for (var id : List.of("project.createKey", "project.updateKey")) {
      var more = Map.<String, Object>of("keyId", "a", "name", "a", "scopes", beyond);
      assertEquals("key_creation_denied", DESK.fault(key, id, more));
    }
    var ephemeral = Map.<String, Object>of("scopes", beyond, "duration", 60);
    assertEquals("key_creation_denied", DESK.fault(key, "project.createEphemeralKey", ephemeral));
    for (var scope : List.of("installation.write", "projects.write", "organization.write", "x")) {
      var wide =
          Map.<String, Object>of("keyId", "b", "name", "b", "scopes", new JsonArray().add(scope));
      assertEquals("general_argument_invalid", DESK.fault(in("handed"), "project.createKey", wide));
    }
  }

  @Test
  void ephemeralKeysAreSignedNotStored() throws Exception {
    create("brief");
    var args = Map.<String, Object>of("scopes", new JsonArray().add("users.read"), "duration", 60);
    var key = DESK.call(in("brief"), "project.createEphemeralKey", args);
    assertEquals("ephemeral_jwt-brief", key.getString("secret"));
    assertEquals(
        "ephemeral_jwt-brief", DESK.call(in("brief"), "projects.createJWT", args).getString("jwt"));
    assertEquals(0, DESK.call(in("brief"), "project.listKeys", Map.of()).getInteger("total"));
  }

  @Test
  void platformsOfEveryTypeAndTheirHosts() throws Exception {
    create("apps");
    var admin = in("apps");
    var web =
        Map.<String, Object>of("platformId", "w", "name", "site", "hostname", "*.Example.com");
    var made = DESK.call(admin, "project.createWebPlatform", web);
    assertEquals("*.example.com", made.getString("hostname"));
    assertEquals("web", made.getString("type"));
    var android = Map.<String, Object>of("platformId", "a", "name", "app", "applicationId", "x.y");
    assertEquals(
        "x.y",
        DESK.call(admin, "project.createAndroidPlatform", android).getString("applicationId"));
    assertEquals(
        "platform_already_exists", DESK.fault(admin, "project.createAndroidPlatform", android));
    assertEquals(
        "platform_method_unsupported",
        DESK.fault(
            admin,
            "project.updateWebPlatform",
            Map.of("platformId", "a", "name", "x", "hostname", "x.y")));
    var old =
        DESK.call(
            admin,
            "projects.createPlatform",
            Map.of("type", "flutter-web", "name", "f", "hostname", "f.example"));
    DESK.call(
        admin,
        "projects.updatePlatform",
        Map.of("platformId", old.getString("$id"), "name", "f", "hostname", "g.example"));
    var access = PROJECTS.access("apps").await();
    assertNotNull(access);
    assertEquals(Set.of("*.example.com", "g.example"), Set.copyOf(access.hosts()));
    var project = DESK.call(admin, "project.get", Map.of());
    assertEquals(3, project.getJsonArray("platforms").size());
    assertEquals(3, DESK.call(admin, "project.listPlatforms", Map.of()).getInteger("total"));
    DESK.call(admin, "project.deletePlatform", Map.of("platformId", "w"));
    assertEquals(
        "platform_not_found", DESK.fault(admin, "project.getPlatform", Map.of("platformId", "w")));
    for (var bad : List.of("https://x", "a/b", "a:80", "", "a..b", "-a")) {
      assertEquals(
          "general_argument_invalid",
          DESK.fault(
              admin,
              "project.createWebPlatform",
              Map.of("platformId", "z", "name", "z", "hostname", bad)),
          bad);
    }
  }

  @Test
  void labels() throws Exception {
    create("labelled");
    var args = Map.<String, Object>of("labels", new JsonArray().add("a").add("b").add("a"));
    var project = DESK.call(in("labelled"), "project.updateLabels", args);
    assertEquals(new JsonArray().add("a").add("b"), project.getJsonArray("labels"));
  }

  @Test
  void aDeletedProjectLeavesNoTrace() throws Exception {
    create("gone");
    create("stays");
    for (var id : List.of("gone", "stays")) {
      DESK.call(in(id), "project.updateLabels", Map.of("labels", new JsonArray().add("x")));
      DESK.call(
          in(id),
          "projects.createKey",
          Map.of("name", "k", "scopes", new JsonArray().add("users.read")));
      DESK.call(
          in(id),
          "project.createWebPlatform",
          Map.of("platformId", "w", "name", "w", "hostname", "a.b"));
    }
    DESK.call(in("gone"), "projects.delete", Map.of());
    var tables =
        PG.point()
            .list(
                row -> row.getString(0),
                """
                SELECT c.table_name FROM information_schema.columns c
                WHERE c.table_schema = 'celadon' AND c.column_name = 'project'
                """);
    assertTrue(tables.contains("events") && tables.contains("keys"), tables.toString());
    for (var table : tables) {
      assertEquals(0, rows(table, "gone"), table);
    }
    for (var table : List.of("events", "keys", "platforms")) assertTrue(rows(table, "stays") > 0);
    assertNull(PROJECTS.access("gone").await());
    assertNotNull(PROJECTS.access("stays").await());
    assertEquals(
        0,
        PG.point()
            .one(
                row -> row.getInteger(0),
                "SELECT count(*)::int FROM information_schema.schemata WHERE schema_name = $1",
                "p_gone")
            .orElseThrow());
    assertTrue(events("console").contains("projects.[projectId].delete gone"));
    assertEquals("project_not_found", DESK.fault(in("gone"), "projects.delete", Map.of()));
  }

  @Test
  void whatLateWritersLeaveIsSweptUp() throws Exception {
    create("late");
    DESK.call(in("late"), "projects.delete", Map.of());
    PG.transactions()
        .run(
            """
            INSERT INTO celadon.platforms (project, id, type, name)
            VALUES ('late', 'x', 'web', 'x'), ('other', 'x', 'web', 'x')
            """);
    PROJECTS.sweep();
    assertEquals(1, rows("platforms", "late"));
    PG.transactions().run("UPDATE celadon.erased_projects SET time = time - interval '2 minutes'");
    PROJECTS.sweep();
    assertEquals(0, rows("platforms", "late"));
    assertEquals(1, rows("platforms", "other"));
  }

  @Test
  void aMemberForOneProjectSeesThatOneOnly() throws Exception {
    create("narrow-a");
    create("narrow-b");
    var member = Caller.admin("console", "team:acme", "team:acme/project-narrow-b-developer");
    var page = DESK.call(member, "projects.list", Map.of());
    assertEquals(1, page.getInteger("total"));
    assertEquals("narrow-b", page.getJsonArray("projects").getJsonObject(0).getString("$id"));
  }

  private static int rows(String table, String project) {
    return PG.point()
        .one(
            row -> row.getInteger(0),
            "SELECT count(*)::int FROM celadon.\"" + table + "\" WHERE project = $1",
            project)
        .orElseThrow();
  }

  @Test
  void aProjectHasEveryFieldOfTheProtocol() throws Exception {
    var project = create("complete");
    for (var field : FIELDS.split("\\s+")) assertTrue(project.containsKey(field), field);
  }

  /** What any generation of clients looks for. */
  private static final String FIELDS =
      """
      $id $createdAt $updatedAt name description teamId logo url legalName legalCountry
      legalState legalCity legalAddress legalTaxId authDuration authLimit authSessionsLimit
      authPasswordHistory authPasswordDictionary authPersonalDataCheck authMockNumbers
      authSessionAlerts authMembershipsUserName authMembershipsUserEmail authMembershipsMfa
      authInvalidateSessions oAuthProviders platforms webhooks keys devKeys smtpEnabled
      smtpSenderName smtpSenderEmail smtpReplyTo smtpHost smtpPort smtpUsername smtpPassword
      smtpSecure pingCount pingedAt labels status authEmailPassword authUsersAuthMagicURL
      authEmailOtp authAnonymous authInvites authJWT authPhone serviceStatusForAccount
      serviceStatusForAvatars serviceStatusForDatabases serviceStatusForTablesdb
      serviceStatusForLocale serviceStatusForHealth serviceStatusForStorage
      serviceStatusForTeams serviceStatusForUsers serviceStatusForSites
      serviceStatusForFunctions serviceStatusForGraphql serviceStatusForMessaging region
      billingLimits blocks consoleAccessedAt smtpReplyToName smtpReplyToEmail onboarding
      authMethods services protocols wafEnabled oAuth2ServerEnabled
      oAuth2ServerAuthorizationUrl oAuth2ServerScopes oAuth2ServerDefaultScopes
      oAuth2ServerAuthorizationDetailsTypes oAuth2ServerAccessTokenDuration
      oAuth2ServerRefreshTokenDuration oAuth2ServerPublicAccessTokenDuration
      oAuth2ServerPublicRefreshTokenDuration oAuth2ServerInstallationAccessTokenDuration
      oAuth2ServerConfidentialPkce oAuth2ServerVerificationUrl oAuth2ServerUserCodeLength
      oAuth2ServerUserCodeFormat oAuth2ServerDeviceCodeDuration oAuth2ServerDiscoveryUrl\
      """;
}
