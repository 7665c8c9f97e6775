/**
 * What the catalogue promises, tried against a running server: who may call, what is refused, how
 * often. Entry: {@link dev.celadon.matrix.World}. Rule: cases are derived from declarations; a case
 * written by hand belongs beside its endpoint.
 */
@NullMarked
package dev.celadon.matrix;

import org.jspecify.annotations.NullMarked;
