package dev.celadon.bus;

import dev.celadon.api.Download;
import dev.celadon.api.Failure;
import dev.celadon.api.Model;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What a service answers: a value already rendered, or a refusal. */
public sealed interface Reply {

  /**
   * What was done or found.
   *
   * @param body null where the endpoint has none
   * @param cookie the session cookie to set, if any
   * @param tag the ETag, or empty
   */
  record Value(@Nullable Buffer body, Model.@Nullable Cookie cookie, String tag) implements Reply {}

  /** What is written while it is made. */
  record Flow(Download download) implements Reply {}

  /** An expected failure. */
  record Refusal(Failure failure) implements Reply {}
}
