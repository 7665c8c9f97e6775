/**
 * Databases, tables and rows that users define, stored as real tables of PostgreSQL. Entry: {@link
 * dev.celadon.domain.documents.Rows} for rows, {@link dev.celadon.domain.documents.Tables} for
 * their shape. Rule: whether a caller may touch a row is decided in the statement that touches it.
 */
@NullMarked
package dev.celadon.domain.documents;

import org.jspecify.annotations.NullMarked;
