package dev.celadon.laws;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Fault;
import dev.celadon.api.Grants;
import dev.celadon.api.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of the wire: every fault and every scope is one that clients of the protocol know. */
class VocabularyTest {

  /** Faults whose status is ours: a client reads the status first, the type says the rest. */
  private static final Map<Fault, String> OTHER_STATUS =
      Map.of(
          Fault.BODY_TOO_LARGE, "413 tells a proxy and a client what 400 does not",
          Fault.ROW_VERSION_MISMATCH, "412 is what HTTP answers to an If-Match that fails",
          Fault.DOCUMENT_VERSION_MISMATCH, "412 is what HTTP answers to an If-Match that fails",
          Fault.SCHEMA_MISMATCH, "412 is what HTTP answers to an If-Match that fails",
          Fault.TOO_SLOW, "408 invites the client to send the request again",
          Fault.BUSY, "503 with Retry-After is what a balancer understands");

  private static final Set<Scope> OURS = Set.of(Scope.INSTALLATION_WRITE);

  @Test
  void faultsAreThoseOfTheContract() {
    var contract = Checkout.contract("errors.json");
    var found = new ArrayList<String>();
    for (var fault : Fault.values()) {
      var status = contract.getValue(fault.type());
      if (status == null) found.add(fault + ": no such type: " + fault.type());
      else if (!status.equals(fault.status()) && !OTHER_STATUS.containsKey(fault)) {
        found.add(fault + ": " + fault.status() + " for " + status);
      }
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void scopesAreThoseOfTheContract() {
    var contract = Checkout.contract("scopes.json");
    var known = new TreeSet<String>();
    values(contract, known);
    var enums = Checkout.contract("enums.json");
    for (var name : Set.of("Scopes", "ProjectKeyScopes", "OrganizationKeyScopes")) {
      values(enums.getJsonArray(name), known);
    }
    var ours =
        Stream.of(Scope.values())
            .filter(scope -> !OURS.contains(scope))
            .map(Scope::wire)
            .collect(toCollection(TreeSet::new));
    assertEquals(known, ours);
  }

  @Test
  void everybodyHoldsWhatTheContractGrants() {
    var grants = Checkout.contract("scopes.json").getJsonObject("grants");
    assertEquals(sorted(grants, "guest"), sorted(Grants.GUEST));
    assertEquals(sorted(grants, "user"), sorted(Grants.USER));
    assertEquals(sorted(grants, "admin"), sorted(Grants.ADMIN));
    assertEquals(sorted(grants, "owner"), sorted(Grants.OWNER));
    assertEquals(sorted(grants, "keyImplicit"), sorted(Grants.KEY));
  }

  private static Set<String> sorted(JsonObject grants, String who) {
    var scopes = new TreeSet<String>();
    values(grants.getJsonArray(who), scopes);
    return scopes;
  }

  private static Set<String> sorted(Collection<Scope> scopes) {
    return scopes.stream().map(Scope::wire).collect(toCollection(TreeSet::new));
  }

  /** Every text anywhere in {@code json}. */
  private static void values(Object json, Set<String> into) {
    switch (json) {
      case String text -> into.add(text);
      case JsonArray array -> array.forEach(item -> values(item, into));
      case JsonObject object -> object.forEach(entry -> values(entry.getValue(), into));
      default -> throw new IllegalStateException(json.toString());
    }
  }
}
