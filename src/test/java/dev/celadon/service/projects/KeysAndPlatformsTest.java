package dev.celadon.service.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ApiKey;
import dev.celadon.domain.projects.Keys;
import dev.celadon.service.Desk.Caller;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a project is reached with, and from where. */
final class KeysAndPlatformsTest extends TestProjects {

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
}
