/**
 * Changes of rows that are staged, and done together when their transaction is committed. Entry:
 * {@link dev.celadon.domain.documents.staging.Operations}. Rule: what the staged state is, the
 * engine says itself, in a transaction of PostgreSQL that is undone.
 */
@NullMarked
package dev.celadon.domain.documents.staging;

import org.jspecify.annotations.NullMarked;
