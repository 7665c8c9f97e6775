package dev.celadon.service.account;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a project wants of passwords and emails: at sign-up, and when they change. */
class PoliciesTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As OWNER = SERVER.owner();
  private static final String GOOD = "Tr0ubled-gull";

  /** A project of its own, in which these policies are on. */
  private static String project(String id, String... policies) {
    SERVER.project(OWNER, id);
    for (var policy : policies) set(id, policy, true);
    return id;
  }

  private static void set(String project, String policy, boolean enabled) {
    var admin = As.admin(project, OWNER.headers().getOrDefault("x-appwrite-session", ""));
    var path = "/v1/project/policies/" + policy;
    expect(200, SERVER.patch(admin, path, new JsonObject().put("enabled", enabled)));
  }

  private static Answer signUp(String project, String email, String password, String name) {
    var body =
        new JsonObject()
            .put("userId", "unique()")
            .put("email", email)
            .put("password", password)
            .put("name", name);
    return SERVER.post(As.guest(project), "/v1/account", body);
  }

  private static As signIn(String project, String email, String password) {
    var body = new JsonObject().put("email", email).put("password", password);
    var answer = expect(201, SERVER.post(As.guest(project), "/v1/account/sessions/email", body));
    var cookie = answer.header("set-cookie").split(";")[0];
    return new As(project, Map.of("cookie", cookie));
  }

  private static Answer change(As self, String email, String password) {
    var body = new JsonObject().put("email", email).put("password", password);
    return SERVER.patch(self, "/v1/account/email", body);
  }

  private static Answer change(As self, String password) {
    var body = new JsonObject().put("password", password).put("oldPassword", GOOD);
    return SERVER.patch(self, "/v1/account/password", body);
  }

  @Test
  void wellKnownPasswordsAreRefused() {
    var project = project("dictionary");
    expect(201, signUp(project, "early@x.test", "password1", "Name"));
    set(project, "password-dictionary", true);
    var known =
        List.of("password1", "PASSWORD1", "P@ssw0rd", "12345678", "qwertyuiop", "iloveyou1");
    for (var password : known) {
      assertEquals(
          "general_argument_invalid",
          signUp(project, "a@x.test", password, "Name").type(),
          password);
    }
    expect(201, signUp(project, "a@x.test", GOOD, "Name"));
    var self = signIn(project, "a@x.test", GOOD);
    for (var password : known) {
      assertEquals("general_argument_invalid", change(self, password).type(), password);
    }
    signIn(project, "early@x.test", "password1");
    var key = SERVER.key(OWNER, project, "users.write");
    var user = new JsonObject().put("userId", "u").put("password", "password1");
    assertEquals("general_argument_invalid", SERVER.post(key, "/v1/users", user).type());
    set(project, "password-dictionary", false);
    expect(200, change(self, "password1"));
  }

  @Test
  void passwordsWithPersonalDataAreRefused() {
    var project = project("personal", "password-personal-data");
    for (var password :
        List.of("xx-annabel-xx", "WILLIAMS-2031", "annabel williams", "x-annie77-x")) {
      assertEquals(
          "password_personal_data",
          signUp(project, "annie77@x.test", password, "Annabel Williams").type(),
          password);
    }
    expect(201, signUp(project, "annie77@x.test", GOOD, "Annabel Williams"));
    var self = signIn(project, "annie77@x.test", GOOD);
    assertEquals("password_personal_data", change(self, "so-annabel!").type());
    assertEquals("password_personal_data", change(self, "gull@x.test", GOOD).type());
    expect(200, change(self, "other@x.test", GOOD));
  }

  @Test
  void emailsThatAProjectDoesNotWantAreRefused() {
    var cases =
        Map.of(
            "deny-aliased-email",
            List.of("user_email_not_canonical", "ann+shop@x.test", "a.nn@gmail.com"),
            "deny-disposable-email",
            List.of("user_email_disposable", "ann@mailinator.com", "ann@box.YOPMAIL.com"),
            "deny-free-email",
            List.of("user_email_free", "ann@gmail.com", "ann@Hotmail.co.uk"),
            "deny-corporate-email",
            List.of("user_email_not_corporate", "ann@gmail.com", "ann@mailinator.com"));
    cases.forEach(
        (policy, wanted) -> {
          var project = project(policy, policy);
          var bad = wanted.subList(1, wanted.size());
          for (var email : bad) {
            assertEquals(wanted.getFirst(), signUp(project, email, GOOD, "Name").type(), email);
          }
          expect(201, signUp(project, "ann.b@company.test", GOOD, "Name"));
          var self = signIn(project, "ann.b@company.test", GOOD);
          for (var email : bad) {
            assertEquals(wanted.getFirst(), change(self, email, GOOD).type(), email);
          }
          expect(200, change(self, "ben@company.test", GOOD));
          set(project, policy, false);
          expect(200, change(self, bad.getFirst(), GOOD));
        });
  }

  @Test
  void aServerMayGiveItsUsersWhateverEmail() {
    var project = project("server", "deny-free-email");
    var key = SERVER.key(OWNER, project, "users.write");
    var user = new JsonObject().put("userId", "u").put("email", "ann@gmail.com");
    expect(201, SERVER.post(key, "/v1/users", user));
    var email = new JsonObject().put("email", "ben@gmail.com");
    expect(200, SERVER.patch(key, "/v1/users/u/email", email));
  }
}
