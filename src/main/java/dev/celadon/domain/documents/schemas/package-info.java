/**
 * The tables of a database as one thing: what they are, what they shall be, and the steps between.
 * Entry: {@link dev.celadon.domain.documents.schemas.Schemas}. Rule: a step does what an endpoint
 * of its own would do, by the same method; here it is only decided which steps there are.
 */
@NullMarked
package dev.celadon.domain.documents.schemas;

import org.jspecify.annotations.NullMarked;
