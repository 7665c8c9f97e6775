package dev.celadon.domain.users;

/**
 * Counts wrong passwords for each account and makes those who guess wait, from wherever they come.
 * Whether there is such an account makes no difference, so waiting tells nothing.
 */
@FunctionalInterface
public interface Attempts {

  /** Counts nothing. */
  Attempts UNCOUNTED = account -> () -> {};

  /**
   * Counts one attempt as wrong, at once, so that many at the same time cannot slip through.
   *
   * @param account names whose password is tried
   * @throws dev.celadon.api.Failure RATE_LIMIT_EXCEEDED, not counted, when one has to wait
   */
  Attempt begin(String account);

  /** An attempt that counts as wrong until it is taken back. */
  @FunctionalInterface
  interface Attempt {
    void takeBack();
  }
}
