/**
 * Texts that are stored encrypted. Entry: {@link dev.celadon.domain.documents.sealing.Seals}. Rule:
 * what is stored, in rows as in the log of events, is sealed; it is opened on its way to somebody
 * who may read the row, and nowhere else.
 */
@NullMarked
package dev.celadon.domain.documents.sealing;

import org.jspecify.annotations.NullMarked;
