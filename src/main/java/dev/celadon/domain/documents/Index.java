package dev.celadon.domain.documents;

import java.time.Instant;
import java.util.List;

/**
 * One index of a table.
 *
 * @param kind {@code key} or {@code unique}
 * @param columns names in SQL: {@code c7}, {@code _created}
 * @param orders {@code ASC} or {@code DESC} for each column, or none
 */
public record Index(
    long number,
    String key,
    String kind,
    List<String> columns,
    List<String> orders,
    List<Long> lengths,
    Instant created,
    Instant updated) {

  /** The name in SQL. */
  public String sql() {
    return "i" + number;
  }
}
