package dev.celadon.domain.users;

/**
 * Hashes passwords. Every method may take tens of milliseconds and waits for its turn.
 *
 * <p>A hash is a text that says how it was made ({@code $argon2id$v=19$...}).
 */
public interface Hashes {

  /**
   * The hash of a new password.
   *
   * @throws dev.celadon.api.Failure BUSY when too many wait already
   */
  String hash(String password);

  /**
   * Whether {@code hash} was made from {@code password}.
   *
   * @throws dev.celadon.api.Failure BUSY when too many wait already
   */
  boolean verify(String password, String hash);

  /** Whether {@code hash} has a form that can be verified, at a bearable cost. */
  boolean knows(String hash);

  /** Whether {@code hash} was made another way than new ones are. */
  boolean stale(String hash);

  /** Takes as long as {@link #verify}; for users who do not exist. */
  void pretend(String password);
}
