package dev.celadon.service;

import static dev.celadon.service.People.GUEST;
import static dev.celadon.service.People.KEY;
import static dev.celadon.service.People.body;
import static dev.celadon.service.People.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Fault;
import dev.celadon.domain.users.Users;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users as a server works with them. */
class UsersTest {

  private final People people = new People();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void createsAndShowsUsersWithoutTheirHash() {
    var user =
        people.call(
            "users.create",
            KEY,
            "userId",
            "ann",
            "email",
            "ann@x.test",
            "phone",
            "+14155550123",
            "password",
            "12345678",
            "name",
            "Ann");
    assertEquals("argon2", user.getString("hash"));
    assertEquals(7168, user.getJsonObject("hashOptions").getInteger("memoryCost"));
    assertEquals("", user.getString("password"));
    assertEquals("+14155550123", user.getString("phone"));
    assertEquals(2, user.getJsonArray("targets").size());
    assertEquals(user, people.call("users.get", KEY, "userId", "ann"));
    assertEquals(Fault.USER_NOT_FOUND, people.refused("users.get", KEY, "userId", "bob"));
    assertEquals("", people.call("users.create", KEY, "userId", "bare").getString("hash"));
    for (var same :
        List.of(
            body("userId", "ann"),
            body("userId", "b", "email", "ANN@x.test"),
            body("userId", "b", "phone", "+14155550123"))) {
      assertEquals(
          Fault.USER_ALREADY_EXISTS,
          People.parallel(1, () -> people.ask("p", "users.create", KEY, same)).getFirst());
    }
    // The same person in another project is somebody else.
    people.ask("q", "users.create", KEY, body("userId", "ann", "email", "ann@x.test"));
  }

  @Test
  void changesOneThingAtATime() {
    people.call("users.create", KEY, "userId", "ann", "email", "ann@x.test");
    people.call("users.create", KEY, "userId", "bob", "email", "bob@x.test");
    var id = "ann";
    assertEquals(
        "", people.call("users.updateName", KEY, "userId", id, "name", "").getString("name"));
    assertTrue(
        people
            .call("users.updateEmailVerification", KEY, "userId", id, "emailVerification", true)
            .getBoolean("emailVerification"));
    var moved = people.call("users.updateEmail", KEY, "userId", id, "email", "New@x.test");
    assertEquals("new@x.test", moved.getString("email"));
    assertFalse(moved.getBoolean("emailVerification"));
    assertEquals(1, moved.getJsonArray("targets").size());
    assertEquals(
        "new@x.test", moved.getJsonArray("targets").getJsonObject(0).getString("identifier"));
    assertEquals(
        Fault.USER_EMAIL_ALREADY_EXISTS,
        people.refused("users.updateEmail", KEY, "userId", id, "email", "bob@x.test"));
    people.call("users.updatePhone", KEY, "userId", id, "number", "+14155550123");
    assertEquals(
        Fault.USER_PHONE_ALREADY_EXISTS,
        people.refused("users.updatePhone", KEY, "userId", "bob", "number", "+14155550123"));
    var labels =
        people.call("users.updateLabels", KEY, "userId", id, "labels", texts("vip", "beta", "vip"));
    assertEquals(texts("vip", "beta"), labels.getJsonArray("labels"));
    assertEquals(
        Fault.ARGUMENT_INVALID,
        people.refused("users.updateLabels", KEY, "userId", id, "labels", texts("not-this")));
    assertEquals(
        body("a", 1), people.call("users.updatePrefs", KEY, "userId", id, "prefs", body("a", 1)));
    assertEquals(body("a", 1), people.call("users.getPrefs", KEY, "userId", id));
    assertEquals(
        Fault.USER_NOT_FOUND,
        people.refused("users.updateName", KEY, "userId", "nobody", "name", "x"));
    assertEquals(
        List.of(
            "update.name",
            "update.verification",
            "update.email",
            "update.phone",
            "update.labels",
            "update.prefs"),
        people.events().stream().skip(2).map(e -> e.substring(15, e.indexOf(' '))).toList());
  }

  @Test
  void aBlockedUserStaysOutUntilUnblocked() {
    var self = people.join("ann");
    people.call("users.updateStatus", KEY, "userId", "ann", "status", false);
    assertFalse(people.identity(self).active());
    assertEquals(Fault.USER_BLOCKED, people.refusedSignIn("ann", "12345678"));
    people.call("users.updateStatus", KEY, "userId", "ann", "status", true);
    assertTrue(people.identity(self).active());
    people.signIn("ann");
  }

  @Test
  void sessionsOnBehalfOfAUser() {
    people.call("users.create", KEY, "userId", "ann");
    var session = people.call("users.createSession", KEY, "userId", "ann");
    assertEquals("secret.p.ann." + session.getString("$id"), session.getString("secret"));
    assertEquals(
        Fault.USER_NOT_FOUND, people.refused("users.createSession", KEY, "userId", "nobody"));
    var self = People.user("ann", session.getString("$id"));
    assertNotNull(people.identity(self));
    assertEquals(
        "jwt.p.ann." + self.session() + ".60",
        people.call("users.createJWT", KEY, "userId", "ann", "duration", 60).getString("jwt"));
    assertEquals(1, people.call("users.listSessions", KEY, "userId", "ann").getInteger("total"));
    people.call("users.deleteSession", KEY, "userId", "ann", "sessionId", self.session());
    assertNull(people.identity(self));
    assertEquals(
        "jwt.p.ann..900", people.call("users.createJWT", KEY, "userId", "ann").getString("jwt"));
    assertEquals(
        Fault.USER_SESSION_NOT_FOUND,
        people.refused("users.createJWT", KEY, "userId", "ann", "sessionId", self.session()));
    people.call("users.createSession", KEY, "userId", "ann");
    people.call("users.createSession", KEY, "userId", "ann");
    people.call("users.deleteSessions", KEY, "userId", "ann");
    assertEquals(0, people.count("SELECT count(*) FROM celadon.sessions"));
    var events = people.events();
    assertEquals("users.[userId].sessions.delete ann", events.get(events.size() - 3));
  }

  @Test
  void aServerSetsAPassword() {
    var self = people.join("ann");
    people.call("users.updatePassword", KEY, "userId", "ann", "password", "abcdefgh");
    assertNull(people.identity(self));
    people.call(
        "account.createEmailPasswordSession", GUEST, "email", "ann@x.test", "password", "abcdefgh");
  }

  @Test
  void listsWithQueriesAndSearch() {
    for (int i = 0; i < 30; i++) {
      people.call(
          "users.create",
          KEY,
          "userId",
          "u" + i,
          "email",
          "u" + i + "@x.test",
          "name",
          i % 3 == 0 ? "Third " + i : "Other");
    }
    people.ask("q", "users.create", KEY, body("userId", "elsewhere", "name", "Third"));
    var all = people.call("users.list", KEY);
    assertEquals(30, all.getInteger("total"));
    assertEquals(25, all.getJsonArray("users").size());
    assertEquals(10, people.call("users.list", KEY, "search", "third").getInteger("total"));
    var page =
        people.call(
            "users.list",
            KEY,
            "total",
            false,
            "queries",
            texts(
                "{\"method\":\"startsWith\",\"attribute\":\"name\",\"values\":[\"Third\"]}",
                "{\"method\":\"orderDesc\",\"attribute\":\"name\"}",
                "{\"method\":\"limit\",\"values\":[2]}",
                "{\"method\":\"cursorAfter\",\"values\":[\"u9\"]}"));
    assertEquals(0, page.getInteger("total"));
    assertEquals(
        List.of("u6", "u3"),
        page.getJsonArray("users").stream().map(u -> ((JsonObject) u).getString("$id")).toList());
    assertEquals(
        Fault.QUERY_INVALID,
        people.refused(
            "users.list",
            KEY,
            "queries",
            texts("{\"method\":\"equal\",\"attribute\":\"password\",\"values\":[\"x\"]}")));
    assertEquals(
        Fault.CURSOR_NOT_FOUND,
        people.refused(
            "users.list",
            KEY,
            "queries",
            texts("{\"method\":\"cursorAfter\",\"values\":[\"elsewhere\"]}")));
  }

  @Test
  void importedHashesVerifyAndAreReplaced() {
    people.call("users.create", KEY, "userId", "ann", "email", "ann@x.test");
    var bcrypt = "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC";
    People.waiting(
        () ->
            people
                .postgres
                .transactions()
                .run("UPDATE celadon.users SET password = $1, password_set = now()", bcrypt));
    assertEquals("bcrypt", people.call("users.get", KEY, "userId", "ann").getString("hash"));
    assertEquals(Fault.USER_INVALID_CREDENTIALS, people.refusedSignIn("ann", "somebody else"));
    people.call(
        "account.createEmailPasswordSession",
        GUEST,
        "email",
        "ann@x.test",
        "password",
        "abcdefghijklmnopqrstuvwxyz");
    assertEquals("argon2", people.call("users.get", KEY, "userId", "ann").getString("hash"));
    people.call(
        "account.createEmailPasswordSession",
        GUEST,
        "email",
        "ann@x.test",
        "password",
        "abcdefghijklmnopqrstuvwxyz");
  }

  @Test
  void hashesOfEveryKindSignIn() {
    people.call(
        "users.createArgon2User",
        KEY,
        "userId",
        "argon2",
        "email",
        "argon2@x.test",
        "password",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    people.call(
        "users.createBcryptUser",
        KEY,
        "userId",
        "bcrypt",
        "email",
        "bcrypt@x.test",
        "password",
        "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC");
    people.call(
        "users.createMD5User",
        KEY,
        "userId",
        "md5",
        "email",
        "md5@x.test",
        "password",
        "5f4dcc3b5aa765d61d8327deb882cf99");
    people.call(
        "users.createSHAUser",
        KEY,
        "userId",
        "sha",
        "email",
        "sha@x.test",
        "password",
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
        "passwordVersion",
        "sha256");
    people.call(
        "users.createPHPassUser",
        KEY,
        "userId",
        "phpass",
        "email",
        "phpass@x.test",
        "password",
        "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0");
    people.call(
        "users.createScryptUser",
        KEY,
        "userId",
        "scrypt",
        "email",
        "scrypt@x.test",
        "password",
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff1"
            + "09279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "passwordSalt",
        "NaCl",
        "passwordCpu",
        1024,
        "passwordMemory",
        8,
        "passwordParallel",
        16,
        "passwordLength",
        64);
    people.call(
        "users.createScryptModifiedUser",
        KEY,
        "userId",
        "modified",
        "email",
        "modified@x.test",
        "password",
        "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
        "passwordSalt",
        "42xEC+ixf3L2lw==",
        "passwordSaltSeparator",
        "Bw==",
        "passwordSignerKey",
        "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==");
    var typed =
        java.util.Map.of(
            "bcrypt",
            "abcdefghijklmnopqrstuvwxyz",
            "phpass",
            "test12345",
            "modified",
            "user1password");
    for (var kind : List.of("argon2", "bcrypt", "md5", "sha", "phpass", "scrypt", "modified")) {
      assertEquals(
          Fault.USER_INVALID_CREDENTIALS,
          people.refused(
              "account.createEmailPasswordSession",
              GUEST,
              "email",
              kind + "@x.test",
              "password",
              "not the one"),
          kind);
      people.call(
          "account.createEmailPasswordSession",
          GUEST,
          "email",
          kind + "@x.test",
          "password",
          typed.getOrDefault(kind, "password"));
      assertEquals(
          7168,
          people
              .call("users.get", KEY, "userId", kind)
              .getJsonObject("hashOptions")
              .getInteger("memoryCost"),
          kind);
    }
    assertEquals(
        Fault.ARGUMENT_INVALID,
        people.refused(
            "users.createBcryptUser",
            KEY,
            "userId",
            "x",
            "email",
            "x@x.test",
            "password",
            "$2a$31$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC"));
    assertEquals(
        Fault.ARGUMENT_INVALID,
        people.refused(
            "users.createArgon2User",
            KEY,
            "userId",
            "x",
            "email",
            "x@x.test",
            "password",
            "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC"));
  }

  @Test
  void aProjectGoesWithoutATrace() {
    people.join("ann");
    people.call("teams.create", People.user("ann", ""), "teamId", "t", "name", "T");
    people.ask("q", "users.create", KEY, body("userId", "bob", "email", "bob@x.test"));
    People.waiting(
        () ->
            people
                .postgres
                .transactions()
                .tx(
                    tx -> {
                      dev.celadon.domain.teams.Teams.erase(tx, "p");
                      Users.erase(tx, "p");
                      return 0;
                    }));
    for (var table : List.of("users", "sessions", "targets", "teams", "memberships")) {
      assertEquals(
          0, people.count("SELECT count(*) FROM celadon." + table + " WHERE project = 'p'"), table);
    }
    assertEquals(1, people.count("SELECT count(*) FROM celadon.users"));
  }

  @Test
  void deletedOnce() {
    people.join("ann");
    var results = People.parallel(5, () -> people.call("users.delete", KEY, "userId", "ann"));
    assertEquals(4, Collections.frequency(results, Fault.USER_NOT_FOUND));
    assertEquals(
        1, people.events().stream().filter(e -> e.startsWith("users.[userId].delete")).count());
  }
}
