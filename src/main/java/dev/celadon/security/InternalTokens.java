package dev.celadon.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.celadon.api.Actor;
import dev.celadon.api.CallerClaims;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The JWTs under which calls travel from the gateway to the services. One is minted for each caller
 * and used again while most of its life is left.
 */
public final class InternalTokens {

  private final KeyRing ring;
  private final Duration validity;
  private final Cache<Actor, String> ofCallers;
  private final Cache<String, String> ofGuests;

  public InternalTokens(KeyRing ring, Duration validity) {
    this.ring = ring;
    this.validity = validity;
    // Callers are kept for a second, each for one project: the instance itself is the key.
    this.ofCallers = cache().weakKeys().build();
    this.ofGuests = cache().build();
  }

  private Caffeine<Object, Object> cache() {
    return Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(validity.dividedBy(4));
  }

  String mint(Actor actor, String project) {
    return actor instanceof Actor.Guest
        ? ofGuests.get(project, name -> sign(actor, name))
        : ofCallers.get(actor, caller -> sign(caller, project));
  }

  private String sign(Actor actor, String project) {
    return ring.sign(CallerClaims.of(actor, project), validity);
  }

  /** Lets the next call of everybody travel under the newest key. */
  public void forget() {
    ofCallers.invalidateAll();
    ofGuests.invalidateAll();
  }

  /** The claims of a genuine, unexpired token. */
  public Future<JsonObject> verify(String token) {
    return ring.verify(token);
  }
}
