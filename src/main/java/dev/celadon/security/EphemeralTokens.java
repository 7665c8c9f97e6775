package dev.celadon.security;

import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ApiKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;

/** The secrets of ephemeral keys: JWTs that say what the key may do, and in which project. */
public final class EphemeralTokens {

  private static final String TYPE = "key";

  /** Said in a claim of our own: the library keeps {@code exp} to itself. */
  private static final String EXPIRES = "expires";

  private final KeyRing ring;
  private final Clock clock;

  public EphemeralTokens(KeyRing ring, Clock clock) {
    this.ring = ring;
    this.clock = clock;
  }

  /** The token of a key, without the prefix of its kind. */
  public String sign(ApiKey key) {
    var expires = key.expires();
    if (expires == null) throw new IllegalArgumentException("an ephemeral key must expire");
    return ring.sign(
        new JsonObject()
            .put("type", TYPE)
            .put("sub", key.id())
            .put("project", key.project())
            .put(EXPIRES, expires.getEpochSecond())
            .put("scopes", new JsonArray(key.scopes().stream().map(Scope::wire).toList())),
        Duration.between(clock.instant(), expires));
  }

  /** The key of a genuine, unexpired token; fails for any other. */
  Future<ApiKey> read(String token) {
    return ring.verify(token)
        .map(
            claims -> {
              if (!TYPE.equals(claims.getString("type"))) {
                throw new IllegalArgumentException("this is no key");
              }
              var scopes = EnumSet.noneOf(Scope.class);
              for (var name : claims.getJsonArray("scopes")) {
                if (Scope.of((String) name) instanceof Scope scope) scopes.add(scope);
              }
              return new ApiKey(
                  claims.getString("sub"),
                  ApiKey.Kind.EPHEMERAL,
                  claims.getString("project"),
                  "",
                  scopes,
                  Instant.ofEpochSecond(claims.getLong(EXPIRES)));
            });
  }
}
