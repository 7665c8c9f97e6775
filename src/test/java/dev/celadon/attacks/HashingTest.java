package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Person.body;
import static dev.celadon.attacks.Person.email;
import static dev.celadon.attacks.Person.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The cost of passwords turned against the server, and what the time they take tells. */
class HashingTest {

  private static final String WRONG = "battery horse wrong";
  private static final TestServer SERVER =
      TestServer.start(config -> TestConfig.with(TestConfig.hashing(config, 1, 4), false));
  private static final As OWNER = SERVER.owner();
  private static final As GUEST = As.guest(OWNER.project().isEmpty() ? "" : "p1");

  @Test
  @DisplayName("A3 an unknown email takes as long as a wrong password, and is told the same")
  void timing() {
    Person.join(SERVER, "p1", "ann");
    var known = new ArrayList<Long>();
    var unknown = new ArrayList<Long>();
    for (int i = 0; i < 25; i++) {
      known.add(time(email("ann")));
      unknown.add(time("nobody" + i + "@example.org"));
    }
    // Without the hash for nobody the unknown would be ten times as fast.
    double ratio = (double) median(unknown) / median(known);
    assertTrue(ratio > 0.5 && ratio < 2, "unknown to known " + ratio);
    assertEquals(
        signIn(SERVER, GUEST, email("ann"), WRONG).text(),
        signIn(SERVER, GUEST, "nobody@example.org", WRONG).text());
  }

  private static long time(String email) {
    long start = System.nanoTime();
    assertEquals("user_invalid_credentials", signIn(SERVER, GUEST, email, WRONG).type());
    return System.nanoTime() - start;
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  @Test
  @DisplayName("A5 a password of a million characters is refused before it is hashed")
  void longPasswords() {
    for (int length : new int[] {257, 10_000, 1_000_000}) {
      var answer = signIn(SERVER, GUEST, email("ann"), "x".repeat(length));
      assertEquals(400, answer.status());
      assertEquals("general_argument_invalid", answer.type());
      var sign = body("userId", "x", "email", "x@example.org", "password", "x".repeat(length));
      assertEquals(400, SERVER.post(GUEST, "/v1/account", sign).status());
    }
  }

  @Test
  @DisplayName("A6 a flood of sign-ins is told to come back, and the rest goes on")
  void flood() throws Exception {
    var ben = Person.join(SERVER, "p1", "ben");
    var statuses = new ArrayList<Integer>();
    var threads =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              var answer = signIn(SERVER, GUEST, i + email("x"), WRONG);
                              synchronized (statuses) {
                                statuses.add(answer.status());
                              }
                            }))
            .toList();
    for (int i = 0; i < 20; i++) expect(200, SERVER.get(ben.self(), "/v1/account"));
    for (var thread : threads) thread.join();
    assertEquals(200, statuses.size());
    assertTrue(statuses.stream().allMatch(s -> s == 401 || s == 503), statuses.toString());
    assertTrue(statuses.contains(503), "none was refused");
    assertTrue(statuses.contains(401), "none was served");
    expect(201, signIn(SERVER, GUEST, email("ben"), Person.PASSWORD));
  }

  @Test
  @DisplayName("A7 emails that look alike are the same or refused")
  void lookAlikes() {
    Person.join(SERVER, "p1", "kim");
    for (var email :
        List.of("\uff4bim@example.org", "k\u00edm@example.org", "kim@ex\u0430mple.org")) {
      var sign = body("userId", "x", "email", email, "password", Person.PASSWORD);
      assertEquals("general_argument_invalid", SERVER.post(GUEST, "/v1/account", sign).type());
      assertEquals(400, signIn(SERVER, GUEST, email, Person.PASSWORD).status());
    }
    for (var email :
        List.of("kim\u0000@example.org", "kim@example.org\u0000", "kim@example.org\n")) {
      assertEquals(400, signIn(SERVER, GUEST, email, Person.PASSWORD).status());
    }
    for (var email : List.of("KIM@EXAMPLE.ORG", "\u212aim@example.org")) {
      var sign = body("userId", "x", "email", email, "password", Person.PASSWORD);
      assertEquals("user_already_exists", SERVER.post(GUEST, "/v1/account", sign).type());
      expect(201, signIn(SERVER, GUEST, email, Person.PASSWORD));
    }
  }

  @Test
  @DisplayName("A8 every character of a password counts")
  void noTruncation() {
    var longOne = "\u00e4".repeat(127) + "x".repeat(128);
    var sign = body("userId", "liz", "email", email("liz"), "password", longOne + "y");
    expect(201, SERVER.post(GUEST, "/v1/account", sign));
    for (var wrong :
        List.of(
            longOne,
            longOne + "Y",
            longOne + "z",
            longOne.toUpperCase(java.util.Locale.ROOT) + "y")) {
      assertEquals(401, signIn(SERVER, GUEST, email("liz"), wrong).status());
    }
    expect(201, signIn(SERVER, GUEST, email("liz"), longOne + "y"));
  }
}
