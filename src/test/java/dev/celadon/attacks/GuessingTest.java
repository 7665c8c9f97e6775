package dev.celadon.attacks;

import static dev.celadon.TestServer.expect;
import static dev.celadon.attacks.Person.body;
import static dev.celadon.attacks.Person.email;
import static dev.celadon.attacks.Person.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.HandClock;
import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.TestServer.Answer;
import dev.celadon.TestServer.As;
import dev.celadon.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Guessing passwords and names, on a server with rate limits behind a proxy. */
class GuessingTest {

  private static final String WRONG = "battery horse wrong";
  private static final int BEARABLE = 30;
  private static final HandClock CLOCK = new HandClock(Instant.now());
  private static final TestServer SERVER = TestServer.start(GuessingTest::behindProxy, CLOCK);
  private static final As OWNER = SERVER.owner();

  private static Config behindProxy(Config config) {
    return TestConfig.with(TestConfig.cheap(TestConfig.behind(config, 1)), true);
  }

  private static As from(String project, int address) {
    var ip = "198.51.%d.%d".formatted(address / 250, address % 250 + 1);
    return Person.with(As.guest(project), "x-forwarded-for", ip);
  }

  private static List<Integer> guess(String email, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> signIn(SERVER, from("p1", i), email, WRONG).status())
        .toList();
  }

  @Test
  @DisplayName("A1 wrong passwords for one account, from many addresses, slow that account down")
  void manyAddressesOneAccount() {
    var ann = Person.join(SERVER, "p1", "ann");
    var known = guess(email("ann"), BEARABLE + 5);
    assertEquals(BEARABLE, known.stream().filter(status -> status == 401).count());
    assertEquals(List.of(429, 429, 429, 429, 429), known.subList(BEARABLE, BEARABLE + 5));
    assertEquals(known, guess("nobody@example.org", BEARABLE + 5), "the same for who is not there");

    var refused = signIn(SERVER, from("p1", 900), email("ann"), Person.PASSWORD);
    assertEquals("general_rate_limit_exceeded", refused.type());
    assertEquals("30", refused.header("x-ratelimit-limit"));
    assertEquals("0", refused.header("x-ratelimit-remaining"));
    assertEquals(60, waitS(refused), 1);

    // Who is signed in goes on, and may even change the password.
    expect(200, SERVER.get(ann.self(), "/v1/account"));
    var change = body("password", "another good one", "oldPassword", Person.PASSWORD);
    expect(200, SERVER.patch(ann.self(), "/v1/account/password", change));

    for (var minutes : List.of(1, 2, 4, 8, 15, 15)) {
      var closed = signIn(SERVER, from("p1", 901), email("ann"), WRONG);
      assertEquals(60 * minutes, waitS(closed), 1, "the wait grows, up to a quarter of an hour");
      CLOCK.pass(Duration.ofMinutes(minutes));
      assertEquals(401, signIn(SERVER, from("p1", 902), email("ann"), WRONG).status());
    }
    CLOCK.pass(Duration.ofMinutes(15));
    expect(201, signIn(SERVER, from("p1", 903), email("ann"), "another good one"));
    expect(201, signIn(SERVER, from("p1", 904), email("ann"), "another good one"));
    CLOCK.pass(Duration.ofMinutes(61));
    assertEquals(
        BEARABLE, guess(email("ann"), BEARABLE).stream().filter(status -> status == 401).count());
  }

  private static long waitS(Answer answer) {
    assertEquals(429, answer.status(), answer.text());
    return Long.parseLong(answer.header("x-ratelimit-reset")) - CLOCK.instant().getEpochSecond();
  }

  @Test
  @DisplayName("A1 after ten tries from one address that address waits, others do not")
  void oneAddressOneAccount() {
    Person.join(SERVER, "p1", "ben");
    for (int i = 0; i < 10; i++) {
      assertEquals(401, signIn(SERVER, from("p1", 700), email("ben"), WRONG).status());
    }
    var refused = signIn(SERVER, from("p1", 700), "BEN@example.org", Person.PASSWORD);
    assertEquals("general_rate_limit_exceeded", refused.type());
    expect(201, signIn(SERVER, from("p1", 701), email("ben"), Person.PASSWORD));
  }

  @Test
  @DisplayName("A1 many at the same time do not slip through")
  void manyAtOnce() throws Exception {
    Person.join(SERVER, "p1", "eve");
    var statuses = new ArrayList<Integer>();
    var threads =
        IntStream.range(0, 80)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              var answer = signIn(SERVER, from("p1", i), email("eve"), WRONG);
                              synchronized (statuses) {
                                statuses.add(answer.status());
                              }
                            }))
            .toList();
    for (var thread : threads) thread.join();
    assertEquals(80, statuses.size());
    assertEquals(BEARABLE, statuses.stream().filter(status -> status == 401).count());
    assertEquals(80 - BEARABLE, statuses.stream().filter(status -> status == 429).count());
  }

  @Test
  @DisplayName("A1 a stolen session does not serve to guess the password")
  void guessingWithASession() {
    var sue = Person.join(SERVER, "p1", "sue");
    var wrong = body("email", "mine@example.org", "password", WRONG);
    for (int i = 0; i < BEARABLE; i++) {
      assertEquals(401, SERVER.patch(sue.self(), "/v1/account/email", wrong).status());
    }
    assertEquals(429, SERVER.patch(sue.self(), "/v1/account/email", wrong).status());
    var phone = body("phone", "+14155550123", "password", Person.PASSWORD);
    assertEquals(429, SERVER.patch(sue.self(), "/v1/account/phone", phone).status());
    expect(200, SERVER.get(sue.self(), "/v1/account"));
    expect(201, signIn(SERVER, from("p1", 800), email("sue"), Person.PASSWORD));
  }

  @Test
  @DisplayName("A2 one password tried on a thousand accounts from one address")
  void spraying() {
    // Limits count before parameters are read: an unacceptable password costs no hash.
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      var answer = signIn(SERVER, from("p1", 1_000), "user" + i + "@example.org", "short");
      if (answer.status() == 429) break;
      assertEquals(400, answer.status());
      admitted++;
    }
    assertEquals(600, admitted);
    assertEquals(400, signIn(SERVER, from("p1", 1_001), "x@example.org", "short").status());
  }

  @Test
  @DisplayName("A4 sign-up tells who has an account ten times an hour and no more")
  void signUpAsAnOracle() {
    Person.join(SERVER, "p1", "zoe");
    var taken = body("userId", "unique()", "email", email("zoe"), "password", Person.PASSWORD);
    for (int i = 0; i < 10; i++) {
      var answer = SERVER.post(from("p1", 1_100), "/v1/account", taken);
      assertEquals("user_already_exists", answer.type());
    }
    assertEquals(429, SERVER.post(from("p1", 1_100), "/v1/account", taken).status());
    assertTrue(OWNER.headers().containsKey("x-appwrite-session"));
  }
}
