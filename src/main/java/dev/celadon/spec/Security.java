package dev.celadon.spec;

import dev.celadon.api.Endpoint;
import dev.celadon.api.Grants;
import dev.celadon.api.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Ways to be somebody, and which of them an endpoint admits. */
final class Security {

  private static final String PROJECT = "project";

  static JsonObject schemes() {
    return new JsonObject()
        .put(PROJECT, scheme("header", "X-Appwrite-Project", "The id of the project."))
        .put("key", scheme("header", "X-Appwrite-Key", "An API key of the project, for servers."))
        .put("session", scheme("header", "X-Appwrite-Session", "The secret of a user's session."))
        .put(
            "cookie",
            scheme(
                "cookie",
                "a_session_console",
                "A user's session in a browser. The name ends in the id of the project."))
        .put("jwt", scheme("header", "X-Appwrite-JWT", "A JWT made by a user's session."))
        .put(
            "bearer",
            new JsonObject()
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put("description", "The same JWT, in the header Authorization."));
  }

  /** The alternatives of one endpoint: nobody in particular, a user, a key. */
  static JsonArray of(Endpoint endpoint) {
    var scopes = endpoint.scopes();
    var ways = new ArrayList<List<String>>();
    if (meets(scopes, Grants.GUEST)) ways.add(List.of());
    if (meets(scopes, Grants.USER) || meets(scopes, Grants.OWNER)) {
      for (var way : List.of("session", "cookie", "jwt", "bearer")) ways.add(List.of(way));
    }
    if (!scopes.equals(Set.of(Scope.ACCOUNT))) ways.add(List.of("key"));
    var json = new JsonArray();
    for (var way : ways) {
      var needs = new JsonObject().put(PROJECT, new JsonArray());
      way.forEach(name -> needs.put(name, new JsonArray()));
      json.add(needs);
    }
    return json;
  }

  private static boolean meets(Set<Scope> wanted, Set<Scope> held) {
    return !Collections.disjoint(wanted, held);
  }

  private static JsonObject scheme(String in, String name, String description) {
    return new JsonObject()
        .put("type", "apiKey")
        .put("in", in)
        .put("name", name)
        .put("description", description);
  }

  private Security() {}
}
