/**
 * Permissions of columns: who may read one, and who may give it a value. Entry: {@link
 * dev.celadon.domain.documents.guards.Guard}. Rule: a caller works with a shape from which the
 * columns that are hidden from him are gone, so that a hidden column and one that does not exist
 * cannot be told apart by any code that comes after.
 */
@NullMarked
package dev.celadon.domain.documents.guards;

import org.jspecify.annotations.NullMarked;
