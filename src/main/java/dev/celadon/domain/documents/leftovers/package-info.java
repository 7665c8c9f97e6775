/**
 * What is left in PostgreSQL of databases and projects that are gone. Entry: {@link
 * dev.celadon.domain.documents.leftovers.Leftovers}. Rule: whoever is interrupted has lost nothing;
 * the next goes on.
 */
@NullMarked
package dev.celadon.domain.documents.leftovers;

import org.jspecify.annotations.NullMarked;
