package dev.celadon.attacks;

import dev.celadon.TestServer;
import dev.celadon.security.KeyRing;
import dev.celadon.security.SessionTokens;
import dev.celadon.service.People;
import dev.celadon.store.TestPostgres;
import java.time.Clock;
import java.time.Duration;

/** Tokens as a server signs them, made beside it with its own keys. */
final class TokensOf {

  /** The secret of the session {@code id} of the user {@code id}. */
  static String session(TestServer server, String project, String id) {
    var clock = Clock.systemUTC();
    var db = server.postgres().transactions();
    var ring = new KeyRing("sessions", Duration.ofDays(1), TestPostgres.vertx(), db, clock);
    return People.waiting(
        () -> {
          ring.open();
          return new SessionTokens(ring, clock)
              .session(project, id, id, clock.instant().plusSeconds(600));
        });
  }

  private TokensOf() {}
}
