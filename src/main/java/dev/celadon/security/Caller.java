package dev.celadon.security;

import dev.celadon.api.Actor;

/**
 * Who calls, established.
 *
 * @param actor on whose behalf
 * @param team the organization that the caller's key stands for, or empty
 * @param keyed whether an API key was sent: such a caller is no browser, and has no origin to check
 */
public record Caller(Actor actor, String team, boolean keyed) {

  static Caller of(Actor actor) {
    return new Caller(actor, "", false);
  }
}
