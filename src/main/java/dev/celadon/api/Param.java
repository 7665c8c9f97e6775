package dev.celadon.api;

import org.jspecify.annotations.Nullable;

/**
 * One input of an endpoint: where it is found, what it may be, and what the docs say of it. It is
 * also the typed key under which the handler reads the value: {@code call.get(NAME)}.
 */
public record Param<T>(
    In in, String name, Rule<T> rule, boolean required, @Nullable T fallback, String doc) {

  /** Where a parameter stands in the request. */
  public enum In {
    PATH,
    QUERY,
    BODY,
    HEADER
  }

  public static <T> Param<T> path(String name, Rule<T> rule, String doc) {
    return new Param<>(In.PATH, name, rule, true, null, doc);
  }

  public static <T> Param<T> query(String name, Rule<T> rule, String doc) {
    return new Param<>(In.QUERY, name, rule, true, null, doc);
  }

  public static <T> Param<T> body(String name, Rule<T> rule, String doc) {
    return new Param<>(In.BODY, name, rule, true, null, doc);
  }

  public static <T> Param<T> header(String name, Rule<T> rule, String doc) {
    return new Param<>(In.HEADER, name, rule, true, null, doc);
  }

  /** May be absent or null; read it with {@link Call#find}. */
  public Param<T> optional() {
    return new Param<>(in, name, rule, false, null, doc);
  }

  public Param<T> orElse(T value) {
    return new Param<>(in, name, rule, false, value, doc);
  }

  /**
   * The accepted form of {@code raw}, or null when it is absent and may be.
   *
   * @throws Failure {@link Fault#ARGUMENT_INVALID}, naming the parameter
   */
  public @Nullable T read(@Nullable Object raw) {
    if (raw == null && required) throw refuse("is required");
    if (raw == null) return null;
    try {
      var typed = in != In.BODY && raw instanceof String text ? rule.fromText(text) : raw;
      return rule.accept(typed);
    } catch (Rule.Refused refused) {
      throw refuse(refused.reason());
    }
  }

  private Failure refuse(String reason) {
    return Failure.of(Fault.ARGUMENT_INVALID, "The parameter `" + name + "` " + reason + ".");
  }
}
