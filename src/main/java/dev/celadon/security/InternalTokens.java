package dev.celadon.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.celadon.api.Actor;
import dev.celadon.api.CallerClaims;
import io.vertx.core.Future;
import java.time.Clock;
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
  private final Cache<String, Verified> verified;
  private final Clock clock;

  /** A token that has been verified; the same text need not be verified again before it expires. */
  private record Verified(CallerClaims.Known caller, long expiresS) {}

  public InternalTokens(KeyRing ring, Duration validity, Clock clock) {
    this.ring = ring;
    this.validity = validity;
    this.clock = clock;
    // Callers are kept for a second, each for one project: the instance itself is the key.
    this.ofCallers = cache().weakKeys().build();
    this.ofGuests = cache().build();
    this.verified = cache().build();
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
    verified.invalidateAll();
  }

  /** What a genuine, unexpired token says; fails for any other. */
  public Future<CallerClaims.Known> verify(String token) {
    var found = verified.getIfPresent(token);
    if (found != null && clock.instant().getEpochSecond() < found.expiresS) {
      return Future.succeededFuture(found.caller);
    }
    return ring.verify(token)
        .map(
            claims -> {
              var caller = CallerClaims.known(claims);
              verified.put(token, new Verified(caller, claims.getLong("exp")));
              return caller;
            });
  }
}
