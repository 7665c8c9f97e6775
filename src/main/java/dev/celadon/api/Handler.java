package dev.celadon.api;

/**
 * The body of an endpoint in direct style. It runs on a virtual thread of its own, so it may simply
 * wait; it returns what the endpoint's model renders, or throws a {@link Failure}.
 */
@FunctionalInterface
public non-sealed interface Handler<T> extends Action.Work {

  T handle(Call call) throws Exception;
}
