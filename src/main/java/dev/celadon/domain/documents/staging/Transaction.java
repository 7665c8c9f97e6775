package dev.celadon.domain.documents.staging;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Set;

/**
 * A transaction that a client has begun.
 *
 * @param owner who began it, as the event log names actors
 * @param operations how many it holds, or held when it ended
 * @param characters how long those are together, as JSON
 * @param writes what they change, see {@link WriteSet}
 * @param touched the rows among those that stood before
 */
public record Transaction(
    String id,
    String owner,
    Status status,
    int operations,
    long characters,
    String writes,
    Set<String> touched,
    Instant created,
    Instant updated,
    Instant expires) {

  /** How far it has come. One whose time has passed is stored as pending and shown as failed. */
  public enum Status {
    PENDING("pending"),
    COMMITTED("committed"),
    ROLLED_BACK("rolled_back"),
    FAILED("failed"),
    EXPIRED("failed");

    private final String wire;

    Status(String wire) {
      this.wire = wire;
    }

    @Override
    public String toString() {
      return wire;
    }
  }

  /** The columns of {@code celadon.transactions} with the status as it is now. */
  static final String COLUMNS =
      "*, CASE WHEN status = 'PENDING' AND expires <= clock_timestamp() THEN 'EXPIRED'"
          + " ELSE status END AS state";

  static Transaction of(Row row) {
    return new Transaction(
        row.getString("id"),
        row.getString("owner"),
        Status.valueOf(row.getString("state")),
        row.getInteger("operations"),
        row.getLong("characters"),
        row.getString("writes"),
        Set.of(row.getArrayOfStrings("touched")),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant(),
        row.getOffsetDateTime("expires").toInstant());
  }
}
