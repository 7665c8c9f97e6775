/**
 * From a request to an {@link dev.celadon.api.Actor}: keys, sessions, JWTs and the key rings that
 * sign them. Entry: Authenticator. Rule: what is cached here lives for a second at most and is
 * dropped at once when this node changes it.
 */
@NullMarked
package dev.celadon.security;

import org.jspecify.annotations.NullMarked;
