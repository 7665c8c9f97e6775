/**
 * How much there is of what users define, and how much happens to it. Entry: {@link
 * dev.celadon.domain.documents.usage.Usage}. Rule: a figure is counted or it is not shown.
 */
@NullMarked
package dev.celadon.domain.documents.usage;

import org.jspecify.annotations.NullMarked;
