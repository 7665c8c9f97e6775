package dev.celadon.domain.installation;

import io.vertx.core.Future;

/**
 * Something that the server depends on, and how to find out whether it works.
 *
 * @param check completes when it works, fails when it does not; never waits
 */
public record Probe(String name, Check check) {

  /** Starts a check. */
  @FunctionalInterface
  public interface Check {
    Future<?> start();
  }

  /** A part of this process: if there is anybody to ask, it works. */
  public static Probe inProcess(String name) {
    return new Probe(name, Future::succeededFuture);
  }
}
