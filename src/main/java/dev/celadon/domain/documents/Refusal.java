package dev.celadon.domain.documents;

import dev.celadon.api.Fault;

/**
 * The engine says no, in the words of tables, columns and rows. The service that offers it in other
 * words replaces the fault; {@code subject} fills the text of either.
 */
public final class Refusal extends RuntimeException {

  private final Fault fault;
  private final String subject;
  private final String column;

  public Refusal(Fault fault, String subject) {
    this(fault, subject, "");
  }

  /**
   * @param column the key of the column that is at fault
   */
  public Refusal(Fault fault, String subject, String column) {
    super(fault.type() + ": " + subject, null, false, false);
    this.fault = fault;
    this.subject = subject;
    this.column = column;
  }

  /** The caller may not, whatever it is. */
  public static Refusal unauthorized() {
    return new Refusal(Fault.USER_UNAUTHORIZED, "");
  }

  public Fault fault() {
    return fault;
  }

  /** The key of the column that is at fault; empty where it is none, or not known. */
  public String column() {
    return column;
  }

  /** The id, or the reason, that the text of the fault speaks of. */
  public String subject() {
    return subject;
  }
}
