/**
 * Celadon's front door: {@link dev.celadon.App} wires configuration, stores, domain, services and
 * gateway by constructor. Rule: nothing else in the code base knows how the parts are put together.
 */
@NullMarked
package dev.celadon;

import org.jspecify.annotations.NullMarked;
