/**
 * Queries over a closed set of named attributes, as SQL text with arguments. Entry: {@link
 * dev.celadon.domain.query.Criteria} for the engine of tables, {@link
 * dev.celadon.domain.query.Listing} for the lists of system tables. Rule: text that came from
 * outside is an argument, never a part of the SQL text.
 */
@NullMarked
package dev.celadon.domain.query;

import org.jspecify.annotations.NullMarked;
