package dev.celadon.api;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A {@link Fault} on its way to the client. Expected, therefore without a stack trace. */
public final class Failure extends RuntimeException {

  private final Fault fault;
  private final String text;

  private Failure(Fault fault, String text) {
    super(text, null, false, false);
    this.fault = fault;
    this.text = text;
  }

  public static Failure of(Fault fault, String text) {
    return new Failure(fault, text);
  }

  /** The fault's own text, its {@code %s} filled with {@code args}. */
  public static Failure with(Fault fault, Object... args) {
    return new Failure(fault, String.format(Locale.ROOT, fault.text(), args));
  }

  public Fault fault() {
    return fault;
  }

  public String text() {
    return text;
  }

  /** The wire form of an error: message, code, type, version. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("message", text)
        .put("code", fault.status())
        .put("type", fault.type())
        .put("version", Version.PROTOCOL);
  }
}
