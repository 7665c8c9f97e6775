package dev.celadon.security;

import dev.celadon.domain.users.Tokens;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Sessions' secrets and JWTs: both are signed by the ring {@code sessions} and name the project,
 * the user and, where there is one, the session, whose row decides whether they still hold.
 */
public final class SessionTokens implements Tokens {

  /** What a genuine token says. {@code session} is empty for a JWT that names none. */
  public record Subject(String project, String user, String session) {}

  private final KeyRing ring;
  private final Clock clock;

  public SessionTokens(KeyRing ring, Clock clock) {
    this.ring = ring;
    this.clock = clock;
  }

  @Override
  public String session(String project, String user, String session, Instant expires) {
    return ring.sign(claims(project, user, session), Duration.between(clock.instant(), expires));
  }

  @Override
  public String jwt(String project, String user, String session, Duration validity) {
    return ring.sign(claims(project, user, session), validity);
  }

  /** The subject of a genuine, unexpired token; fails for any other. */
  public Future<Subject> read(String token) {
    return ring.verify(token)
        .map(
            claims ->
                new Subject(
                    claims.getString("project", ""),
                    claims.getString("userId", ""),
                    claims.getString("sessionId", "")));
  }

  private static JsonObject claims(String project, String user, String session) {
    return new JsonObject()
        .put("sub", user)
        .put("project", project)
        .put("userId", user)
        .put("sessionId", session);
  }
}
