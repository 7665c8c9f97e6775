/**
 * The only users of the event bus: how a validated request reaches the service that serves it, and
 * how its reply comes back. Entry: {@link dev.celadon.bus.ServiceVerticle}. Rule: messages are
 * immutable and cross by reference; whom a call is for is read from its verified token alone.
 */
@NullMarked
package dev.celadon.bus;

import org.jspecify.annotations.NullMarked;
