package dev.celadon.gateway;

import dev.celadon.api.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times calls by endpoint and class of status. Both sets are bounded, so the number of
 * meters is too.
 */
public final class Traffic {

  private record Kind(String endpoint, int hundreds) {}

  private final MeterRegistry meters;
  private final ConcurrentHashMap<Kind, Timer> timers = new ConcurrentHashMap<>();

  public Traffic(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A call that began at {@code startNs} of {@link System#nanoTime} has been answered. */
  void answered(Endpoint endpoint, int status, long startNs) {
    timers
        .computeIfAbsent(new Kind(endpoint.id(), status / 100), this::timer)
        .record(System.nanoTime() - startNs, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("celadon.requests")
        .description("Calls of the API")
        .tag("endpoint", kind.endpoint)
        .tag("status", kind.hundreds + "xx")
        .register(meters);
  }
}
