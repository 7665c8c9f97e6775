package dev.celadon.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.celadon.api.Endpoint;
import dev.celadon.api.RateLimit;
import dev.celadon.laws.Served;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every rate limit: so many calls pass, the next one is told to wait, and each answer says how many
 * are left. Limits count before parameters are read, so the calls may be bad ones.
 */
class LimitsTest {

  @Test
  void exactlySoManyCallsPass() throws Exception {
    var world = World.limited();
    var found = new ArrayList<String>();
    int calls = 0;
    for (var endpoint : Served.catalog().endpoints()) {
      if (endpoint.limits().isEmpty()) continue;
      var caller = world.held(endpoint);
      if (caller == null) {
        found.add(endpoint.id() + ": nobody who may call it is limited");
        continue;
      }
      int limit = endpoint.limits().stream().mapToInt(RateLimit::calls).min().orElseThrow();
      calls += limit + 2;
      found.addAll(spend(world, endpoint, caller, limit));
    }
    World.report("limits", calls);
    assertEquals("", String.join("\n", found));
  }

  @Test
  void keysAreNotLimited() throws Exception {
    var world = World.limited();
    var endpoint =
        Served.catalog().endpoints().stream()
            .filter(e -> !e.limits().isEmpty() && world.key().admitted(e))
            .min(Comparator.comparing(e -> e.limits().getFirst().calls()))
            .orElseThrow();
    var requests = new ArrayList<Wire.Request>();
    int twice = 2 * endpoint.limits().getFirst().calls();
    for (int i = 0; i < twice; i++) requests.add(request(endpoint, world.key()));
    for (var answer : world.wire().all(requests)) {
      assertFalse(answer.headers().containsKey("X-RateLimit-Limit"), answer::toString);
      assertFalse(answer.status() == 429, answer::toString);
    }
  }

  private static List<String> spend(World world, Endpoint endpoint, Caller caller, int limit)
      throws Exception {
    var found = new ArrayList<String>();
    var who = caller;
    long now = Clock.systemUTC().instant().getEpochSecond();
    long most = endpoint.limits().stream().mapToLong(l -> l.window().toSeconds()).max().orElse(0);
    for (int call = 1; call <= limit + 2; call++) {
      // Without a parameter to break the call happens, and may be the end of the session.
      boolean anew = call == 1 || CallersTest.broken(endpoint).isEmpty();
      if (anew && caller.name().equals("user")) who = world.again(caller);
      var answer = world.wire().all(List.of(request(endpoint, who))).getFirst();
      var left = Math.max(0, limit - call);
      boolean stopped = answer.status() == 429;
      var at = endpoint.id() + " call " + call + " of " + limit + ": ";
      if (stopped != call > limit) found.add(at + answer);
      if (stopped && !answer.type().equals("general_rate_limit_exceeded")) found.add(at + answer);
      if (!header(answer, "Limit").equals(Integer.toString(limit))) found.add(at + "Limit");
      if (!header(answer, "Remaining").equals(Integer.toString(left))) found.add(at + "Remaining");
      var reset = header(answer, "Reset");
      long wait = reset.matches("\\d{1,12}") ? Long.parseLong(reset) - now : -1;
      if (wait < 0 || wait > most + 60)
        found.add(at + "Reset " + reset + " is " + wait + "s ahead");
    }
    return found.size() > 3 ? found.subList(0, 3) : found;
  }

  private static Wire.Request request(Endpoint endpoint, Caller caller) {
    var trial = Trial.good(endpoint, caller);
    CallersTest.broken(endpoint).ifPresent(param -> trial.bad(param, CallersTest.bad(param)));
    return trial.request();
  }

  private static String header(Wire.Answer answer, String name) {
    return answer.headers().getOrDefault("X-RateLimit-" + name, "");
  }
}
