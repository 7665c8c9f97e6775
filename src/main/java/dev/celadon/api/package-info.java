/**
 * The language in which everything the server offers is declared: endpoints, parameters, rules,
 * models, scopes, permissions, events and faults. Entry: {@link dev.celadon.api.Endpoint}. Rule:
 * values only, no I/O; knows nothing but java and io.vertx.core.
 */
@NullMarked
package dev.celadon.api;

import org.jspecify.annotations.NullMarked;
