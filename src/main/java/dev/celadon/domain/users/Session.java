package dev.celadon.domain.users;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/**
 * A user signed in on one client.
 *
 * @param provider how: {@code email}, {@code anonymous}, {@code server}
 * @param providerUid who the user is to the provider: the email, or empty
 * @param agent the {@code User-Agent} of the client that signed in
 * @param factors what was shown: {@code password}, {@code anonymous}
 * @param token the secret, known only in the answer of the call that made it; else empty
 * @param revealed whether the answer's body shows the secret
 * @param current whether the call that reads it was made with it
 */
public record Session(
    String id,
    String user,
    Instant created,
    Instant updated,
    Instant expires,
    String provider,
    String providerUid,
    String ip,
    String agent,
    List<String> factors,
    String token,
    boolean revealed,
    boolean current) {

  static Session of(Row row) {
    return new Session(
        row.getString("id"),
        row.getString("user_id"),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant(),
        row.getOffsetDateTime("expires").toInstant(),
        row.getString("provider"),
        row.getString("provider_uid"),
        row.getString("ip"),
        row.getString("agent"),
        List.of(row.getArrayOfStrings("factors")),
        "",
        false,
        false);
  }

  /** The same as seen by a caller whose own session is {@code session}. */
  public Session seenFrom(String session) {
    return with(token, revealed, id.equals(session));
  }

  /** The same with its secret, in the cookie and, if {@code revealed}, in the body. */
  public Session signed(String token, boolean revealed) {
    return with(token, revealed, true);
  }

  private Session with(String token, boolean revealed, boolean current) {
    return new Session(
        id,
        user,
        created,
        updated,
        expires,
        provider,
        providerUid,
        ip,
        agent,
        factors,
        token,
        revealed,
        current);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "session:" + id;
  }
}
