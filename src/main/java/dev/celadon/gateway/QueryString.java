package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.json.JsonArray;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query string as raw values: {@code a=x} is a text; {@code a[]=x}, {@code a[0]=x} and a
 * repeated {@code a} are lists in the order of their appearance.
 */
final class QueryString {

  /** How many {@code name=value} pairs one request may carry. */
  private static final int MAX_PAIRS = 1_000;

  static Map<String, Object> parse(@Nullable String query) {
    if (query == null || query.isEmpty()) return Map.of();
    var values = new HashMap<String, Object>();
    int pairs = 0;
    for (int start = 0; start <= query.length(); ) {
      int end = query.indexOf('&', start);
      if (end < 0) end = query.length();
      if (end > start) {
        if (++pairs > MAX_PAIRS) throw bad("more than " + MAX_PAIRS + " query parameters");
        put(values, query.substring(start, end));
      }
      start = end + 1;
    }
    return values;
  }

  private static void put(Map<String, Object> values, String pair) {
    int equals = pair.indexOf('=');
    var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
    int bracket = name.indexOf('[');
    if (bracket > 0) {
      var list = name.substring(0, bracket);
      values.merge(list, JsonArray.of(value), QueryString::joined);
    } else {
      values.merge(name, value, QueryString::joined);
    }
  }

  private static Object joined(Object before, Object more) {
    var list = before instanceof JsonArray array ? array : JsonArray.of(before);
    return more instanceof JsonArray array ? list.addAll(array) : list.add(more);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw bad("the query string is not percent-encoded");
    }
  }

  private static Failure bad(String reason) {
    return Failure.with(Fault.BAD_REQUEST, reason);
  }

  private QueryString() {}
}
