package dev.celadon.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Scope;
import dev.celadon.laws.Served;
import dev.celadon.matrix.Caller.Place;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint called by everybody. Scopes are checked before parameters, so a call with one bad
 * parameter tells whether the caller was let in (400) or not (401), and changes nothing.
 */
class CallersTest {

  /** Answered before anybody is asked who he is: to addresses and tokens that may read metrics. */
  private static final Set<String> BY_ADDRESS = Set.of("health.getMetrics");

  private record Case(Endpoint endpoint, Caller caller, boolean harmless, Wire.Request request) {}

  @Test
  void scopesDecideWhoMayCall() throws Exception {
    var world = World.open();
    var cases = new ArrayList<Case>();
    for (var endpoint : Served.catalog().endpoints()) {
      if (BY_ADDRESS.contains(endpoint.id())) continue;
      var broken = broken(endpoint);
      for (var caller : world.callers()) {
        if (!meets(caller, endpoint)) continue;
        // Without a parameter to break a change really happens: to somebody made for it.
        boolean changes = !endpoint.method().equals(HttpMethod.GET);
        boolean real = changes && broken.isEmpty() && caller.admitted(endpoint);
        var who = real ? world.twin(caller) : caller;
        var trial = Trial.good(endpoint, who);
        broken.ifPresent(param -> trial.bad(param, bad(param)));
        cases.add(new Case(endpoint, who, broken.isPresent(), trial.request()));
      }
    }
    var answers = world.wire().all(cases.stream().map(Case::request).toList());
    var found = new ArrayList<String>();
    for (int i = 0; i < cases.size(); i++) {
      var fault = fault(cases.get(i), answers.get(i));
      if (!fault.isEmpty())
        found.add(fault + ": " + cases.get(i).request + " -> " + answers.get(i));
    }
    World.report("callers", cases.size());
    assertTrue(cases.size() > 500, "cases were derived");
    assertEquals("", String.join("\n", found));
  }

  /** The owner of the installation is one for all; what others may call they try. */
  private static boolean meets(Caller caller, Endpoint endpoint) {
    boolean owner = caller.name().equals("owner");
    return caller.scopes().containsKey(Place.of(endpoint))
        && (!owner || endpoint.scopes().contains(Scope.INSTALLATION_WRITE));
  }

  private static String fault(Case one, Wire.Answer answer) {
    var malformed = answer.malformed();
    if (!malformed.isEmpty()) return malformed;
    if (answer.status() >= 500) return "failed";
    var type = answer.type();
    if (!one.caller.admitted(one.endpoint)) {
      boolean refused = answer.status() == 401 && World.REFUSALS.contains(type);
      return refused ? "" : "let in";
    }
    if (one.harmless) return type.equals("general_argument_invalid") ? "" : "kept out";
    return type.equals("general_unauthorized_scope") ? "kept out" : "";
  }

  /** The first parameter that can be made bad without being taken for something else. */
  static Optional<Param<?>> broken(Endpoint endpoint) {
    var place = Place.of(endpoint);
    for (var param : endpoint.params()) {
      boolean project = place == Place.ADMINISTRATION && param.name().equals("projectId");
      if (!project && breakable(endpoint, param)) return Optional.of(param);
    }
    return Optional.empty();
  }

  private static boolean breakable(Endpoint endpoint, Param<?> param) {
    var bad = bad(param);
    return bad.refused() && new Trial(endpoint, Caller.NOBODY).bad(param, bad);
  }

  /** A bad value that can be written wherever the parameter stands. */
  static Bad bad(Param<?> param) {
    JsonObject schema = param.rule().schema().json();
    List<Bad> all = Bad.of(schema);
    var type = String.valueOf(schema.getValue("type"));
    return all.stream()
        .filter(Bad::refused)
        .filter(bad -> param.in() == Param.In.BODY || bad.spelled(type) != null)
        .findFirst()
        .orElse(all.getFirst());
  }
}
