package dev.celadon.service.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.service.Desk.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Projects from their making to their end. */
final class ProjectsServiceTest extends TestProjects {

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
