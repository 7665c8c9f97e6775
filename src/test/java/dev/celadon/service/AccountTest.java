package dev.celadon.service;

import static dev.celadon.service.People.GUEST;
import static dev.celadon.service.People.KEY;
import static dev.celadon.service.People.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.users.AuthPolicy;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do with their own account. */
class AccountTest {

  private final People people = new People();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void signsUpAndIn() {
    var user =
        people.call(
            "account.create",
            GUEST,
            "userId",
            "ann",
            "email",
            "Ann@X.test",
            "password",
            "correct horse",
            "name",
            "Ann");
    assertEquals("ann@x.test", user.getString("email"));
    assertEquals("Ann", user.getString("name"));
    assertFalse(user.containsKey("password"));
    assertFalse(user.containsKey("hash"));
    assertEquals("email", user.getJsonArray("targets").getJsonObject(0).getString("providerType"));

    var answer =
        people.ask(
            "p",
            "account.createEmailPasswordSession",
            GUEST,
            body("email", "ANN@x.test", "password", "correct horse"));
    var session = answer.body();
    assertEquals("", session.getString("secret"));
    assertTrue(session.getBoolean("current"));
    assertEquals("iOS", session.getString("osName"));
    assertEquals("Mobile Safari", session.getString("clientName"));
    assertEquals("email", session.getString("provider"));
    assertEquals("secret.p.ann." + session.getString("$id"), answer.cookie().value());

    var self = People.user("ann", session.getString("$id"));
    assertEquals("ann", people.call("account.get", self).getString("$id"));
    assertEquals("ann", people.identity(self).user());
    assertEquals(
        "users.[userId].create ann, users.[userId].sessions.[sessionId].create ann,"
            + session.getString("$id"),
        String.join(", ", people.events()));
  }

  @Test
  void theSecretIsForKeysOnlyAndNeverInTheLog() {
    people.join("ann");
    var session =
        people.call(
            "account.createEmailPasswordSession",
            KEY,
            "email",
            "ann@x.test",
            "password",
            "12345678");
    assertEquals("secret.p.ann." + session.getString("$id"), session.getString("secret"));
    var log = people.dump("celadon.events");
    assertFalse(log.contains("secret.p"), log);
    assertFalse(log.contains("argon2"), log);
    assertFalse(log.contains("12345678"), log);
    assertFalse(people.dump("celadon.sessions").contains("secret.p"));
  }

  @Test
  void aWrongPasswordAndAnUnknownEmailAreAnsweredAlike() {
    people.join("ann");
    assertEquals(Fault.USER_INVALID_CREDENTIALS, people.refusedSignIn("ann", "wrong password"));
    assertEquals(Fault.USER_INVALID_CREDENTIALS, people.refusedSignIn("bob", "wrong password"));
  }

  @Test
  void ofTwentyWhoWantOneEmailOneGetsIt() {
    var results =
        People.parallel(
            20,
            () ->
                people.call(
                    "account.create",
                    GUEST,
                    "userId",
                    "unique()",
                    "email",
                    "one@x.test",
                    "password",
                    "12345678"));
    assertEquals(19, Collections.frequency(results, Fault.USER_ALREADY_EXISTS));
    assertEquals(1, people.count("SELECT count(*) FROM celadon.users"));
    assertEquals(1, people.events().size());
  }

  @Test
  void theFirstOfTheConsoleOwnsItAndOthersStayOutside() {
    var results =
        People.parallel(
            8,
            () ->
                people.ask(
                    "console",
                    "account.create",
                    GUEST,
                    body(
                        "userId",
                        "unique()",
                        "email",
                        "e" + Math.random() + "@x.test",
                        "password",
                        "12345678")));
    assertEquals(7, Collections.frequency(results, Fault.USER_EMAIL_NOT_WHITELISTED));
    assertEquals(1, people.count("SELECT count(*) FROM celadon.users"));
    assertEquals(1, people.count("SELECT count(*) FROM celadon.meta WHERE key = 'owner'"));
  }

  @Test
  void theConsoleHasNoAnonymousUsers() {
    var failure =
        assertThrows(
            Failure.class,
            () -> people.ask("console", "account.createAnonymousSession", GUEST, body()));
    assertEquals(Fault.USER_ANONYMOUS_CONSOLE_PROHIBITED, failure.fault());
  }

  @Test
  void anAnonymousUserBecomesARealOne() {
    people.join("bob");
    var session = people.call("account.createAnonymousSession", GUEST);
    var self = People.user(session.getString("userId"), session.getString("$id"));
    assertEquals("", people.call("account.get", self).getString("email"));
    assertEquals(
        Fault.USER_EMAIL_ALREADY_EXISTS,
        people.refused("account.updateEmail", self, "email", "bob@x.test", "password", "abcdefgh"));
    people.call("account.updateEmail", self, "email", "ann@x.test", "password", "abcdefgh");
    var again =
        people.call(
            "account.createEmailPasswordSession",
            GUEST,
            "email",
            "ann@x.test",
            "password",
            "abcdefgh");
    assertEquals(self.id(), again.getString("userId"));
    assertEquals(
        Fault.USER_INVALID_CREDENTIALS,
        people.refused(
            "account.updateEmail", self, "email", "other@x.test", "password", "not that one"));
  }

  @Test
  void aNewPasswordEndsTheOtherSessions() {
    var here = people.join("ann");
    var there = people.signIn("ann");
    assertEquals(
        Fault.USER_INVALID_CREDENTIALS,
        people.refused("account.updatePassword", here, "password", "abcdefgh"));
    assertEquals(
        Fault.USER_INVALID_CREDENTIALS,
        people.refused(
            "account.updatePassword", here, "password", "abcdefgh", "oldPassword", "wrongwrong"));
    people.call("account.updatePassword", here, "password", "abcdefgh", "oldPassword", "12345678");
    assertNotNull(people.identity(here));
    assertNull(people.identity(there));
    assertEquals(Fault.USER_INVALID_CREDENTIALS, people.refusedSignIn("ann", "12345678"));
  }

  @Test
  void theProjectRemembersPasswords() {
    people.settings = new Decided().history(2).personalData().settings();
    var self = people.join("annabel");
    assertEquals(
        Fault.PASSWORD_RECENTLY_USED,
        people.refused(
            "account.updatePassword", self, "password", "12345678", "oldPassword", "12345678"));
    people.call("account.updatePassword", self, "password", "abcdefgh", "oldPassword", "12345678");
    assertEquals(
        Fault.PASSWORD_RECENTLY_USED,
        people.refused(
            "account.updatePassword", self, "password", "12345678", "oldPassword", "abcdefgh"));
    assertEquals(
        Fault.PASSWORD_PERSONAL_DATA,
        people.refused(
            "account.updatePassword", self, "password", "xxAnnabelxx", "oldPassword", "abcdefgh"));
    people.call("account.updatePassword", self, "password", "ijklmnop", "oldPassword", "abcdefgh");
    people.call("account.updatePassword", self, "password", "12345678", "oldPassword", "ijklmnop");
  }

  @Test
  void theProjectWantsStrongPasswords() {
    people.settings =
        new Decided().strength(new AuthPolicy.Strength(10, true, true, true, true)).settings();
    for (var weak :
        java.util.List.of("Aa1!aaaa", "aaaaaaaaa1!", "AAAAAAAAA1!", "Aaaaaaaaaa!", "Aaaaaaaaa1")) {
      assertEquals(
          Fault.ARGUMENT_INVALID,
          people.refused(
              "account.create", GUEST, "userId", "x", "email", "x@x.test", "password", weak),
          weak);
    }
    people.call(
        "account.create", GUEST, "userId", "x", "email", "x@x.test", "password", "Aaaaaaaa1!");
  }

  @Test
  void whoBlocksHimselfIsOut() {
    var self = people.join("ann");
    var answer = people.ask("p", "account.updateStatus", self, body());
    assertFalse(answer.body().getBoolean("status"));
    assertEquals("", answer.cookie().value());
    assertNull(people.identity(self));
    assertEquals(Fault.USER_BLOCKED, people.refusedSignIn("ann", "12345678"));
  }

  @Test
  void sessionsEnd() {
    var first = people.join("ann");
    var second = people.signIn("ann");
    var list = people.call("account.listSessions", second);
    assertEquals(2, list.getInteger("total"));
    assertFalse(list.getJsonArray("sessions").getJsonObject(0).getBoolean("current"));
    assertTrue(list.getJsonArray("sessions").getJsonObject(1).getBoolean("current"));
    assertEquals(
        first.session(),
        people.call("account.getSession", first, "sessionId", "current").getString("$id"));

    var other =
        people.ask("p", "account.deleteSession", second, body("sessionId", first.session()));
    assertNull(other.cookie());
    assertNull(people.identity(first));
    assertEquals(
        Fault.USER_SESSION_NOT_FOUND,
        people.refused("account.deleteSession", second, "sessionId", first.session()));
    var own = people.ask("p", "account.deleteSession", second, body("sessionId", "current"));
    assertEquals("", own.cookie().value());
    assertNull(people.identity(second));

    var third = people.signIn("ann");
    var fourth = people.signIn("ann");
    people.call("account.deleteSessions", fourth);
    assertNull(people.identity(third));
    assertNull(people.identity(fourth));
  }

  @Test
  void theOldestSessionMakesRoom() {
    people.settings = new Decided().sessions(2).settings();
    var first = people.join("ann");
    var second = people.signIn("ann");
    var third = people.signIn("ann");
    assertNull(people.identity(first));
    assertNotNull(people.identity(second));
    assertNotNull(people.identity(third));
    People.parallel(6, () -> people.signIn("ann"));
    assertEquals(2, people.count("SELECT count(*) FROM celadon.sessions"));
  }

  @Test
  void anExtendedSessionLastsLonger() {
    var self = people.join("ann");
    People.waiting(
        () ->
            people
                .postgres
                .transactions()
                .run("UPDATE celadon.sessions SET expires = now() + interval '1 minute'"));
    var answer = people.ask("p", "account.updateSession", self, body("sessionId", "current"));
    assertNotEquals("", answer.cookie().value());
    assertEquals(
        1,
        people.count(
            "SELECT count(*) FROM celadon.sessions WHERE expires > now() + interval '300 days'"));
    People.waiting(
        () -> people.postgres.transactions().run("UPDATE celadon.sessions SET expires = now()"));
    assertNull(people.identity(self));
    assertEquals(
        Fault.USER_SESSION_NOT_FOUND,
        people.refused("account.updateSession", self, "sessionId", "current"));
  }

  @Test
  void aTokenIsMadeFromASession() {
    var self = people.join("ann");
    assertEquals(
        "jwt.p.ann." + self.session() + ".900",
        people.call("account.createJWT", self).getString("jwt"));
    assertEquals(
        Fault.USER_JWT_CREATION_DENIED,
        people.refused("account.createJWT", People.user("ann", "")));
  }

  @Test
  void preferencesAndNameAndLogs() {
    var self = people.join("ann");
    var prefs = body("theme", "dark", "deep", body("n", 1));
    people.call("account.updatePrefs", self, "prefs", prefs);
    assertEquals(prefs, people.call("account.getPrefs", self));
    assertEquals("Ann", people.call("account.updateName", self, "name", "Ann").getString("name"));
    var logs = people.call("account.listLogs", self);
    assertEquals(2, logs.getInteger("total"));
    var latest = logs.getJsonArray("logs").getJsonObject(0);
    assertEquals("users.ann.update.name", latest.getString("event"));
    assertEquals("203.0.113.9", latest.getString("ip"));
    assertEquals("Ann", latest.getString("userName"));
    assertEquals("iOS", latest.getString("osName"));
  }

  @Test
  void aProjectMaySwitchWaysOffAndCloseItsDoors() {
    people.join("ann");
    people.settings = new Decided().users(2).settings();
    var results = People.parallel(6, () -> people.call("account.createAnonymousSession", GUEST));
    assertEquals(5, Collections.frequency(results, Fault.USER_COUNT_EXCEEDED));
    people.settings = new Decided().methods(Set.of()).settings();
    assertEquals(Fault.USER_AUTH_METHOD_UNSUPPORTED, people.refusedSignIn("ann", "12345678"));
    assertEquals(
        Fault.USER_AUTH_METHOD_UNSUPPORTED,
        people.refused("account.createAnonymousSession", GUEST));
  }

  @Test
  void whoIsSignedInDoesNotSignInAgain() {
    var self = people.join("ann");
    assertEquals(
        Fault.USER_SESSION_ALREADY_EXISTS,
        people.refused(
            "account.createEmailPasswordSession",
            self,
            "email",
            "ann@x.test",
            "password",
            "12345678"));
  }

  @Test
  void whoLeavesIsGone() {
    var self = people.join("ann");
    var answer = people.ask("p", "account.delete", self, body());
    assertEquals("", answer.cookie().value());
    assertNull(people.identity(self));
    assertEquals(Fault.USER_NOT_FOUND, people.refused("account.get", self));
    assertEquals(0, people.count("SELECT count(*) FROM celadon.sessions"));
    assertEquals(0, people.count("SELECT count(*) FROM celadon.targets"));
    assertTrue(people.events().getLast().startsWith("users.[userId].delete ann"));
  }

  @Test
  void lookAlikesAreOneOrRefused() {
    people.join("kim");
    // The sign of the unit Kelvin becomes the letter, and so the same user.
    assertEquals(
        Fault.USER_ALREADY_EXISTS,
        people.refused(
            "account.create",
            GUEST,
            "userId",
            "x",
            "email",
            "\u212aim@x.test",
            "password",
            "12345678"));
    assertEquals(
        Fault.ARGUMENT_INVALID,
        people.refused(
            "account.create",
            GUEST,
            "userId",
            "x",
            "email",
            "k\u00edm@x.test",
            "password",
            "12345678"));
    assertEquals(
        Fault.ARGUMENT_INVALID,
        people.refused(
            "account.create",
            GUEST,
            "userId",
            "x",
            "email",
            body("$ne", 1),
            "password",
            "12345678"));
  }
}
