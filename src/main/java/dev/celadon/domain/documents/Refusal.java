package dev.celadon.domain.documents;

import dev.celadon.api.Fault;

/**
 * The engine says no, in the words of tables, columns and rows. The service that offers it in other
 * words replaces the fault; {@code subject} fills the text of either.
 */
public final class Refusal extends RuntimeException {

  private final Fault fault;
  private final String subject;

  public Refusal(Fault fault, String subject) {
    super(fault.type() + ": " + subject, null, false, false);
    this.fault = fault;
    this.subject = subject;
  }

  /** The caller may not, whatever it is. */
  public static Refusal unauthorized() {
    return new Refusal(Fault.USER_UNAUTHORIZED, "");
  }

  public Fault fault() {
    return fault;
  }

  /** The id, or the reason, that the text of the fault speaks of. */
  public String subject() {
    return subject;
  }
}
