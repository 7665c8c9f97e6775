/**
 * Relationships between tables: their columns, how rows are linked, loaded, sought and deleted
 * along them. Entry: {@link dev.celadon.domain.documents.relations.Relation}, one side of one.
 * Rule: a related row that the caller may not read is, by every door, a row that is not there.
 */
@NullMarked
package dev.celadon.domain.documents.relations;

import org.jspecify.annotations.NullMarked;
