package dev.celadon.domain.documents.sql;

import java.util.List;
import java.util.stream.Collectors;

/** How many rows there are in several tables together. */
public final class Counts {

  /**
   * The statement.
   *
   * @param tables at least one, named as in SQL
   */
  public static String of(List<String> tables) {
    return tables.stream()
        .map(table -> "(SELECT count(*) FROM " + table + ")")
        .collect(Collectors.joining(" + ", "SELECT ", ""));
  }

  private Counts() {}
}
