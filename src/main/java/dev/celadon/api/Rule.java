package dev.celadon.api;

/** Accepts or refuses one raw value, and describes itself to OpenAPI and GraphQL. Pure. */
public interface Rule<T> {

  /**
   * The value in its accepted form.
   *
   * @param raw a JSON value: String, Boolean, Number, JsonObject or JsonArray
   */
  T accept(Object raw) throws Refused;

  Schema schema();

  /** Turns the text of a path, query or header value into the raw value that it spells. */
  default Object fromText(String text) throws Refused {
    return text;
  }

  /** Why a value was refused: a predicate such as "must be a boolean". */
  final class Refused extends Exception {

    private final String reason;

    public Refused(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
