package dev.celadon.matrix;

import dev.celadon.api.Endpoint;
import dev.celadon.api.Scope;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Somebody who calls.
 *
 * @param project the project that the call names
 * @param headers what the caller shows
 * @param scopes what the caller holds in each place
 * @param known ids of things that exist there, by the names of parameters
 */
record Caller(
    String name,
    String project,
    Map<String, String> headers,
    Map<Place, Set<Scope>> scopes,
    Map<String, String> known) {

  /** Where a call plays; its path decides. */
  enum Place {
    /** In the project that the caller names. */
    PROJECT,
    /** In the project that the path names; callers without a key are taken for administrators. */
    ADMINISTRATION,
    /** In the platform itself, whatever project the caller names. */
    PLATFORM;

    static Place of(Endpoint endpoint) {
      var path = endpoint.path();
      if (path.startsWith("/v1/projects/{projectId}")) return ADMINISTRATION;
      boolean platform =
          path.startsWith("/v1/projects")
              || path.startsWith("/v1/organization")
              || path.startsWith("/v1/console/")
              || path.startsWith("/v1/installation/");
      return platform ? PLATFORM : PROJECT;
    }
  }

  /** For putting requests together that nobody sends. */
  static final Caller NOBODY = new Caller("nobody", "", Map.of(), Map.of(), Map.of());

  /** The same caller with more headers. */
  Caller showing(Map<String, String> more) {
    var all = new HashMap<>(headers);
    all.putAll(more);
    return new Caller(name, project, all, scopes, known);
  }

  /** Whether the endpoint's scopes admit this caller. */
  boolean admitted(Endpoint endpoint) {
    var held = scopes.getOrDefault(Place.of(endpoint), Set.of());
    return !Collections.disjoint(held, endpoint.scopes());
  }

  @Override
  public String toString() {
    return name;
  }
}
