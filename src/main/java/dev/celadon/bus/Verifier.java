package dev.celadon.bus;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Checks the internal JWT of a call. */
@FunctionalInterface
public interface Verifier {

  /** The claims of a genuine, unexpired token; fails for any other. */
  Future<JsonObject> verify(String token);
}
