/**
 * Celadon's front door, where configuration, stores, domain, services and gateway are wired by
 * constructor. Entry: {@link dev.celadon.App}. Rule: nothing else in the code base knows how the
 * parts are put together.
 */
@NullMarked
package dev.celadon;

import org.jspecify.annotations.NullMarked;
