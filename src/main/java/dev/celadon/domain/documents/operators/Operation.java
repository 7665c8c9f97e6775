package dev.celadon.domain.documents.operators;

import dev.celadon.domain.query.Sql;
import java.time.OffsetDateTime;

/** What is done to a stored value, in SQL. Equal if it does the same. */
public interface Operation {

  /**
   * The new value in SQL.
   *
   * @param current the value that is there, of the column's type; it may be null
   * @param time of the change
   */
  Sql on(Sql current, OffsetDateTime time);

  /** Whether the new value depends on more of the old one than is put beside it. */
  boolean computes();
}
