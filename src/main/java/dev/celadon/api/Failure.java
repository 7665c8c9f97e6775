package dev.celadon.api;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A {@link Fault} on its way to the client. Expected, therefore without a stack trace. */
public final class Failure extends RuntimeException {

  private final Fault fault;
  private final String text;
  private final JsonObject details;

  private Failure(Fault fault, String text, JsonObject details) {
    super(text, null, false, false);
    this.fault = fault;
    this.text = text;
    this.details = details;
  }

  public static Failure of(Fault fault, String text) {
    return new Failure(fault, text, new JsonObject());
  }

  /** The fault's own text, its {@code %s} filled with {@code args}. */
  public static Failure with(Fault fault, Object... args) {
    return of(fault, String.format(Locale.ROOT, fault.text(), args));
  }

  /** The same failure, whose wire form has more fields than those of every error. */
  public Failure with(JsonObject details) {
    return new Failure(fault, text, details.copy());
  }

  public Fault fault() {
    return fault;
  }

  public String text() {
    return text;
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
