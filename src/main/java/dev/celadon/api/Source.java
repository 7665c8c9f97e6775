package dev.celadon.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that come piece by piece, each when it is asked for, so that who takes them slowly slows
 * down who makes them. Asked again only after the last piece has come.
 */
public interface Source {

  /** The next piece, which is not empty; null after the last. May be asked on any thread. */
  Future<@Nullable Buffer> next();
}
