package dev.celadon.domain.users;

import java.time.Duration;
import java.time.Instant;

/** Signs what clients show to be somebody. A token names rows; the rows decide if it is valid. */
public interface Tokens {

  /** The secret of a session. */
  String session(String project, String user, String session, Instant expires);

  /**
   * A short-lived token for a user.
   *
   * @param session the session that it ends with, or empty for none
   */
  String jwt(String project, String user, String session, Duration length);
}
