package dev.celadon.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The claims of the internal JWT: who calls ({@code kind}, {@code sub}, {@code sid}), in which
 * project ({@code prj}), with which roles and scopes. The two grants that nearly every call has are
 * written by name, which keeps the token of a user short.
 */
public final class CallerClaims {

  private static final String GUEST = "guest";
  private static final String USER = "user";

  public static JsonObject of(Actor actor, String project) {
    var claims = new JsonObject().put("prj", project).put("sub", actor.id());
    switch (actor) {
      case Actor.Guest guest -> claims.put("kind", "guest");
      case Actor.User user -> claims.put("kind", "user").put("sid", user.session());
      case Actor.Admin admin -> claims.put("kind", "admin").put("sid", admin.session());
      case Actor.Key key -> claims.put("kind", "key");
      case Actor.Machine machine -> claims.put("kind", "machine");
    }
    if (!(actor instanceof Actor.Guest)) claims.put("roles", array(actor.roles()));
    return claims.put("scopes", scopes(actor.scopes()));
  }

  /** Who calls, and in which project: what verified claims say. */
  public record Known(Actor actor, String project) {}

  /** What verified claims say. */
  public static Known known(JsonObject claims) {
    return new Known(actor(claims), claims.getString("prj"));
  }

  /** The caller that verified claims describe. */
  public static Actor actor(JsonObject claims) {
    var id = claims.getString("sub", "");
    var session = claims.getString("sid", "");
    var scopes = scopes(claims);
    return switch (claims.getString("kind", "")) {
      case "guest" -> new Actor.Guest(scopes);
      case "user" -> new Actor.User(id, session, roles(claims), scopes);
      case "admin" -> new Actor.Admin(id, session, roles(claims), scopes);
      case "key" -> new Actor.Key(id, scopes);
      case "machine" -> new Actor.Machine();
      default -> throw new IllegalArgumentException("no such kind of caller");
    };
  }

  private static Object scopes(Set<Scope> scopes) {
    if (scopes.equals(Grants.USER)) return USER;
    if (scopes.equals(Grants.GUEST)) return GUEST;
    return array(scopes.stream().map(Scope::wire).toList());
  }

  private static Set<Scope> scopes(JsonObject claims) {
    var value = claims.getValue("scopes");
    if (USER.equals(value)) return Grants.USER;
    if (GUEST.equals(value)) return Grants.GUEST;
    var scopes = EnumSet.noneOf(Scope.class);
    for (var name : claims.getJsonArray("scopes")) {
      if (Scope.of((String) name) instanceof Scope scope) scopes.add(scope);
    }
    return scopes;
  }

  private static Set<String> roles(JsonObject claims) {
    var roles = new LinkedHashSet<String>();
    for (var role : claims.getJsonArray("roles")) roles.add((String) role);
    return roles;
  }

  private static JsonArray array(Collection<String> values) {
    return new JsonArray(values.stream().toList());
  }

  private CallerClaims() {}
}
