package dev.celadon.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Endpoint;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.laws.Served;
import dev.celadon.matrix.Caller.Place;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every parameter of every endpoint with every bad value that its schema suggests. */
class ParametersTest {

  private static final Set<String> LISTS_OF_QUERIES = Set.of("queries", "having");
  private static final Set<String> ARGUMENT = Set.of(Fault.ARGUMENT_INVALID.type());
  private static final Set<String> BODY =
      Set.of(Fault.BAD_REQUEST.type(), Fault.ARGUMENT_INVALID.type());
  private static final Set<String> QUERY =
      Set.of(
          Fault.QUERY_INVALID.type(), Fault.CURSOR_NOT_FOUND.type(), Fault.ARGUMENT_INVALID.type());

  /** Every error that a client may see, and the statuses under which it may come. */
  private static final Map<String, Set<Integer>> FAULTS =
      Stream.of(Fault.values())
          .collect(
              Collectors.groupingBy(
                  Fault::type, Collectors.mapping(Fault::status, Collectors.toSet())));

  /** One call; {@code types} are the refusals to expect, or empty if it may as well succeed. */
  private record Case(String what, Wire.Request request, Set<String> types) {}

  private final List<Case> cases = new ArrayList<>();

  @Test
  void badValuesAreRefused() throws Exception {
    var world = World.open();
    for (var endpoint : inOrder()) {
      var caller = world.admitted(endpoint);
      for (var param : endpoint.params()) values(endpoint, param, caller);
    }
    run(world, "parameters");
  }

  @Test
  void badBodiesAreRefused() throws Exception {
    var world = World.open();
    for (var endpoint : inOrder()) {
      boolean reads = endpoint.params().stream().anyMatch(param -> param.in() == Param.In.BODY);
      if (!reads) continue;
      for (var body : Bad.bodies()) {
        var trial = Trial.good(endpoint, world.admitted(endpoint)).body(body);
        cases.add(new Case("body", trial.request(), BODY));
      }
    }
    run(world, "bodies");
  }

  @Test
  void badQueriesAreRefused() throws Exception {
    var world = World.open();
    for (var endpoint : inOrder()) {
      var queries = endpoint.params().stream().filter(p -> p.name().equals("queries")).findFirst();
      if (queries.isEmpty() || !lists(endpoint)) continue;
      for (var query : Bad.queries()) {
        // In a free document there may be anything.
        boolean free = endpoint.id().equals("documentsDB.listDocuments");
        if (free && (query.contains("noSuchField") || query.contains("no such"))) continue;
        var trial = Trial.good(endpoint, world.admitted(endpoint));
        trial.with(queries.get(), JsonArray.of(query));
        cases.add(new Case("query", trial.request(), QUERY));
      }
    }
    run(world, "queries");
  }

  private static boolean lists(Endpoint endpoint) {
    return endpoint.method().equals(HttpMethod.GET)
        && endpoint.model().fields().stream().anyMatch(field -> field.name().equals("total"));
  }

  private void values(Endpoint endpoint, Param<?> param, Caller caller) {
    var schema = param.rule().schema().json();
    boolean project =
        Place.of(endpoint) == Place.ADMINISTRATION && param.name().equals("projectId");
    for (var bad : Bad.of(schema)) {
      var trial = Trial.good(endpoint, caller);
      // A bad project of the path is no project, which is told before parameters are read.
      boolean refused = bad.refused() && !project;
      if (!trial.bad(param, bad)) continue;
      var types = LISTS_OF_QUERIES.contains(param.name()) ? QUERY : ARGUMENT;
      cases.add(new Case(name(param, bad.what()), trial.request(), refused ? types : Set.of()));
    }
    if (param.in() == Param.In.PATH) return;
    var types = param.required() ? ARGUMENT : Set.<String>of();
    var missing = Trial.good(endpoint, caller).without(param);
    cases.add(new Case(name(param, "missing"), missing.request(), types));
    var trial = Trial.good(endpoint, caller);
    if (param.in() == Param.In.BODY && trial.bad(param, new Bad("null", "null", true))) {
      cases.add(new Case(name(param, "null"), trial.request(), types));
    }
  }

  private void run(World world, String family) throws Exception {
    // What may succeed may end sessions and change passwords: it comes after all else.
    cases.sort(Comparator.comparing(one -> one.types.isEmpty()));
    int sure = (int) cases.stream().filter(one -> !one.types.isEmpty()).count();
    var requests = cases.stream().map(Case::request).toList();
    var answers = new ArrayList<>(world.wire().all(requests.subList(0, sure)));
    answers.addAll(world.wire().all(requests.subList(sure, requests.size())));
    var found = new ArrayList<String>();
    for (int i = 0; i < cases.size(); i++) {
      var one = cases.get(i);
      var fault = fault(one, answers.get(i));
      if (!fault.isEmpty()) {
        found.add(fault + ": " + one.what + ": " + one.request + " -> " + answers.get(i));
      }
    }
    World.report(family, cases.size());
    assertTrue(cases.size() > 100, "cases were derived");
    assertEquals("", String.join("\n", found));
  }

  private static String fault(Case one, Wire.Answer answer) {
    var malformed = answer.malformed();
    if (!malformed.isEmpty()) return malformed;
    if (answer.status() >= 500) return World.MISSING.contains(answer.type()) ? "" : "failed";
    var type = answer.type();
    if (!one.types.isEmpty()) {
      boolean named = !type.equals("general_argument_invalid") || names(one, answer);
      return one.types.contains(type) && answer.status() == 400 && named ? "" : "not refused";
    }
    if (type.isEmpty()) return "";
    return FAULTS.getOrDefault(type, Set.of()).contains(answer.status()) ? "" : "unknown fault";
  }

  /** Whether the message says which parameter is meant. */
  private static boolean names(Case one, Wire.Answer answer) {
    int end = one.what.indexOf(' ');
    return end < 0 || answer.json().getString("message").contains(one.what.substring(0, end));
  }

  private static String name(Param<?> param, String what) {
    return "`" + param.name() + "` " + what;
  }

  /** What reads first, what deletes last: what a call needs should still be there. */
  private static List<Endpoint> inOrder() {
    var verbs = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    return Served.catalog().endpoints().stream()
        .sorted(Comparator.comparing(endpoint -> verbs.indexOf(endpoint.method().name())))
        .toList();
  }
}
