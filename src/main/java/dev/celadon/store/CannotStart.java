package dev.celadon.store;

/** Storage cannot be opened. The message is one line that tells the operator what to do. */
public final class CannotStart extends RuntimeException {

  /** Says in one line why. */
  public CannotStart(String message) {
    super(message);
  }

  /** Says in one line why, keeping what led to it. */
  public CannotStart(String message, Throwable cause) {
    super(message, cause);
  }
}
