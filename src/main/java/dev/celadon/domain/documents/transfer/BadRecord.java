package dev.celadon.domain.documents.transfer;

/** A record that is no row of the table. */
final class BadRecord extends Exception {

  private final String column;
  private final String reason;

  /**
   * @param column in which the fault is; empty where it is in none
   */
  BadRecord(String column, String reason) {
    super(reason, null, false, false);
    this.column = column;
    this.reason = reason;
  }

  String column() {
    return column;
  }

  String reason() {
    return reason;
  }
}
