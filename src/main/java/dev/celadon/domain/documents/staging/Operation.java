package dev.celadon.domain.documents.staging;

import java.util.Set;

/**
 * One change of rows as it is staged: a call of an endpoint.
 *
 * @param endpoint its name, such as {@code tablesDB.createRow}
 * @param parameters its parameters, as JSON
 * @param rows those that it names, as {@code database/table/row}
 */
public record Operation(String endpoint, String parameters, Set<String> rows) {

  /** The same with its parameters written otherwise. */
  Operation as(String parameters) {
    return new Operation(endpoint, parameters, rows);
  }
}
