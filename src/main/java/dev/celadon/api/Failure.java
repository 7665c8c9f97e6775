package dev.celadon.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@link Fault} on its way to the client. Expected, therefore without a stack trace. */
public final class Failure extends RuntimeException {

  private final Fault fault;
  private final String text;
  private final JsonObject details;
  private final @Nullable Wait wait;

  /**
   * When it is worth trying again.
   *
   * @param calls how many calls would have been admitted
   */
  public record Wait(int calls, Instant until) {}

  private Failure(Fault fault, String text, JsonObject details, @Nullable Wait wait) {
    super(text, null, false, false);
    this.fault = fault;
    this.text = text;
    this.details = details;
    this.wait = wait;
  }

  public static Failure of(Fault fault, String text) {
    return new Failure(fault, text, new JsonObject(), null);
  }

  /** The fault's own text, its {@code %s} filled with {@code args}. */
  public static Failure with(Fault fault, Object... args) {
    return of(fault, String.format(Locale.ROOT, fault.text(), args));
  }

  /** The same failure, whose wire form has more fields than those of every error. */
  public Failure with(JsonObject details) {
    return new Failure(fault, text, details.copy(), wait);
  }

  /** The same failure, which says when to try again. */
  public Failure until(int calls, Instant until) {
    return new Failure(fault, text, details, new Wait(calls, until));
  }

  public Fault fault() {
    return fault;
  }

  public String text() {
    return text;
  }

  /** When to try again, or null if that is no question of time. */
  public @Nullable Wait waiting() {
    return wait;
  }

  /** The wire form of an error: message, code, type, version. */
  public JsonObject toJson() {
    return details
        .copy()
        .put("message", text)
        .put("code", fault.status())
        .put("type", fault.type())
        .put("version", Version.PROTOCOL);
  }
}
