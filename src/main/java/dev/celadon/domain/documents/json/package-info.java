/**
 * Rows as JSON, written straight into a text. Entry: {@link
 * dev.celadon.domain.documents.json.RowJson}. Rule: what it writes is what PostgreSQL makes of the
 * same row for its event.
 */
@NullMarked
package dev.celadon.domain.documents.json;

import org.jspecify.annotations.NullMarked;
