/**
 * Free documents: each a JSON object without a declared shape, in one column of its row. Entry:
 * {@link dev.celadon.domain.documents.free.FreeValues}. Rule: what goes in comes out, except for
 * the fields of the system, which nobody sets.
 */
@NullMarked
package dev.celadon.domain.documents.free;

import org.jspecify.annotations.NullMarked;
