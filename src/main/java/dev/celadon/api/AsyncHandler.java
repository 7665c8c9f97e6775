package dev.celadon.api;

import io.vertx.core.Future;

/**
 * The body of a measured hot path. It runs on the service's event loop and must never wait: the
 * future it returns completes with what the endpoint's model renders, or fails with a {@link
 * Failure}.
 */
@FunctionalInterface
public non-sealed interface AsyncHandler<T> extends Action.Work {

  Future<T> handle(Call call);
}
