package dev.celadon.api;

/** An {@link Endpoint} and the code that serves it. Only services see this pair. */
public record Action(Endpoint endpoint, Work work) {

  /** The body of an endpoint: either it waits, or it composes futures. Nothing in between. */
  public sealed interface Work permits Handler, AsyncHandler {}
}
