package dev.celadon.domain.documents.json;

import io.vertx.core.json.JsonArray;
import java.time.OffsetDateTime;
import java.util.Collection;

/** JSON written straight into a text; a little faster than building a tree to encode. */
public final class JsonText {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out;

  /** Room for {@code size} characters; more only costs a copy. */
  public JsonText(int size) {
    out = new StringBuilder(size);
  }

  /** Text that is JSON already. */
  public JsonText raw(String json) {
    out.append(json);
    return this;
  }

  /** A character that is JSON already. */
  public JsonText raw(char c) {
    out.append(c);
    return this;
  }

  /** A whole number. */
  public JsonText number(long value) {
    out.append(value);
    return this;
  }

  /** A value as the driver gives it: text, number, boolean, time, JSON or an array of these. */
  public JsonText value(Object value) {
    switch (value) {
      case String text -> string(text);
      case Long number -> out.append(number.longValue());
      case Boolean flag -> out.append(flag.booleanValue());
      case Double number -> out.append(number.doubleValue());
      case OffsetDateTime time -> time(time);
      case Object[] array -> array(array);
      case JsonArray json -> out.append(json.encode());
      default -> throw new IllegalStateException("no JSON for " + value.getClass());
    }
    return this;
  }

  private void array(Object[] array) {
    out.append('[');
    for (int i = 0; i < array.length; i++) {
      if (i > 0) out.append(',');
      value(array[i]);
    }
    out.append(']');
  }

  /** A list of texts. */
  public JsonText strings(Collection<String> values) {
    out.append('[');
    boolean first = true;
    for (var value : values) {
      if (!first) out.append(',');
      first = false;
      string(value);
    }
    out.append(']');
    return this;
  }

  /** Quoted and escaped. */
  public JsonText string(String text) {
    out.append('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') continue;
      out.append(text, done, i);
      done = i + 1;
      escape(c);
    }
    out.append(text, done, text.length()).append('"');
    return this;
  }

  private void escape(char c) {
    out.append('\\');
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      default -> out.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
  }

  /** As {@link dev.celadon.api.Time} writes it; the driver gives times in UTC. */
  public JsonText time(OffsetDateTime time) {
    out.append('"');
    digits(time.getYear(), 1000);
    out.append('-');
    digits(time.getMonthValue(), 10);
    out.append('-');
    digits(time.getDayOfMonth(), 10);
    out.append('T');
    digits(time.getHour(), 10);
    out.append(':');
    digits(time.getMinute(), 10);
    out.append(':');
    digits(time.getSecond(), 10);
    out.append('.');
    digits(time.getNano() / 1_000_000, 100);
    out.append("+00:00\"");
    return this;
  }

  private void digits(int value, int unit) {
    for (int u = unit; u > 0; u /= 10) out.append((char) ('0' + value / u % 10));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
