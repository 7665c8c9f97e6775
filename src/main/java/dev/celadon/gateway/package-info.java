/**
 * The front door: HTTP in, replies out, and between them the stages that every call passes, in the
 * order that clients expect. Entry: {@link dev.celadon.gateway.Gateway}. Rule: nothing here waits,
 * and every amount that a client controls has a bound.
 */
@NullMarked
package dev.celadon.gateway;

import org.jspecify.annotations.NullMarked;
