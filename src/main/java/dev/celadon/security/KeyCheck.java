package dev.celadon.security;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Grants;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Access;
import dev.celadon.domain.projects.ApiKey;
import dev.celadon.domain.projects.Keys;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns an API key into a caller. A key that nobody knows is a guest, and beats a session. */
public final class KeyCheck {

  private static final Caller NOBODY = new Caller(new Actor.Guest(Grants.GUEST), "", true);

  private final Keys keys;
  private final EphemeralTokens ephemeral;
  private final Clock clock;

  public KeyCheck(Keys keys, EphemeralTokens ephemeral, Clock clock) {
    this.keys = keys;
    this.ephemeral = ephemeral;
    this.clock = clock;
  }

  Future<Caller> check(Access access, Credentials credentials) {
    return find(credentials.key())
        .map(key -> key == null ? NOBODY : caller(key, access, credentials));
  }

  /** The holder of a key, as the key is now; one that is stored nowhere counts as gone. */
  Future<Actor> again(Access access, Actor.Key actor) {
    return keys.byId(access.project(), actor.id())
        .map(
            key -> {
              if (key == null) throw Failure.with(Fault.KEY_NOT_FOUND, actor.id());
              return caller(key, access, Credentials.NONE).actor();
            });
  }

  private Future<@Nullable ApiKey> find(String secret) {
    var prefix = ApiKey.Kind.EPHEMERAL.prefix();
    if (!secret.startsWith(prefix)) return keys.bySecret(Keys.digest(secret));
    return ephemeral
        .read(secret.substring(prefix.length()))
        .transform(read -> Future.succeededFuture(read.succeeded() ? read.result() : null));
  }

  private Caller caller(ApiKey key, Access access, Credentials credentials) {
    var expires = key.expires();
    if (expires != null && expires.isBefore(clock.instant())) {
      throw Failure.with(
          key.kind() == ApiKey.Kind.ACCOUNT
              ? Fault.ACCOUNT_KEY_EXPIRED
              : Fault.PROJECT_KEY_EXPIRED);
    }
    return switch (key.kind()) {
      case PROJECT, EPHEMERAL -> key.project().equals(access.project()) ? caller(key, "") : NOBODY;
      case ORGANIZATION -> acts(key, access) ? caller(key, key.team()) : NOBODY;
      case ACCOUNT -> {
        if (!credentials.session().isEmpty()) {
          throw Failure.with(Fault.USER_API_KEY_AND_SESSION_SET);
        }
        yield caller(key, key.team());
      }
    };
  }

  /** An organization acts in the console and in its own projects, nowhere else. */
  private static boolean acts(ApiKey key, Access access) {
    return key.project().equals(access.project()) || key.team().equals(access.team());
  }

  private static Caller caller(ApiKey key, String team) {
    return new Caller(new Actor.Key(key.id(), scopes(key)), team, true);
  }

  private static Set<Scope> scopes(ApiKey key) {
    var scopes = EnumSet.copyOf(Grants.KEY);
    scopes.addAll(key.scopes());
    return scopes;
  }
}
