package dev.celadon.bus;

import dev.celadon.api.Failure;
import dev.celadon.api.Model;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What a service answers: a value already rendered, or a refusal. */
public sealed interface Reply {

  /** The body, or null where the endpoint has none, and the session cookie to set, if any. */
  record Value(@Nullable Buffer body, Model.@Nullable Cookie cookie) implements Reply {}

  /** An expected failure. */
  record Refusal(Failure failure) implements Reply {}
}
