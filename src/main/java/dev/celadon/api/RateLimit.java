package dev.celadon.api;

import java.time.Duration;
import java.util.List;

/** At most {@code calls} in {@code window} for each distinct combination of {@code by}. */
public record RateLimit(int calls, Duration window, List<By> by) {

  /** What tells one caller from another. */
  public sealed interface By {

    /** A trait of the request. */
    enum Trait implements By {
      IP,
      METHOD,
      URL,
      USER
    }

    /** The value of a parameter of the endpoint, by its wire name. */
    record Value(String param) implements By {}
  }

  public static RateLimit perMinute(int calls, By... by) {
    return new RateLimit(calls, Duration.ofMinutes(1), List.of(by));
  }

  public static RateLimit perHour(int calls, By... by) {
    return new RateLimit(calls, Duration.ofHours(1), List.of(by));
  }

  public static By value(String param) {
    return new By.Value(param);
  }
}
