package dev.celadon.bus;

import dev.celadon.api.CallerClaims;
import io.vertx.core.Future;

/** Checks the internal JWT of a call. */
@FunctionalInterface
public interface Verifier {

  /** What a genuine, unexpired token says; fails for any other. */
  Future<CallerClaims.Known> verify(String token);
}
