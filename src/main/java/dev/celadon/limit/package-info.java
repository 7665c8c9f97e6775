/**
 * Rate limits, as endpoints declare them. Entry: {@link dev.celadon.limit.Limiter}. Rule: a check
 * is one step that counts and decides at once, so that parallel callers cannot slip through.
 */
@NullMarked
package dev.celadon.limit;

import org.jspecify.annotations.NullMarked;
