package dev.celadon.domain.documents;

import dev.celadon.api.Fault;
import dev.celadon.api.Numbers;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.free.FreeValues;
import dev.celadon.domain.documents.operators.Operators;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.query.Type;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks what is to be stored in the columns of a table, and turns it into what the driver wants.
 */
public final class Values {

  /** The most characters that the values of one row have together. */
  public static final int MAX_ROW = 1 << 20;

  /** The most elements of one list. */
  public static final int MAX_ELEMENTS = 10_000;

  /** What clients send back with a row that they have read; it is not theirs to set. */
  private static final Set<String> OWN =
      Set.of(
          "$id",
          "$sequence",
          "$tableId",
          "$collectionId",
          "$databaseId",
          "$createdAt",
          "$updatedAt",
          "$permissions",
          "$version",
          "$tenant");

  private static final Rule<String> PLAIN = Rules.text(0, Integer.MAX_VALUE);
  private static final Rule<String> EMAIL = Rules.email();
  private static final Pattern IP4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  /** The values that are given of a new row, which has none to operate on. */
  static Map<Column, @Nullable Object> made(Table table, JsonObject data) {
    return given(table, data, false);
  }

  /** Fills defaults in, and refuses a row without what is required. */
  static Map<Column, @Nullable Object> completed(
      Table table, Map<Column, @Nullable Object> values) {
    if (table.free()) return FreeValues.completed(values);
    for (var column : table.columns()) {
      if (!values.containsKey(column)) {
        values.put(column, fallback(column));
      }
      if (column.required() && values.get(column) == null) {
        throw invalid(column.key(), "is required");
      }
    }
    return values;
  }

  /**
   * The values of a change: only what is given, where null empties a column, and an operation
   * stands where one is asked for.
   */
  static Map<Column, @Nullable Object> given(Table table, JsonObject data) {
    return given(table, data, true);
  }

  private static Map<Column, @Nullable Object> given(
      Table table, JsonObject data, boolean operators) {
    if (table.free()) return FreeValues.given(data, OWN, operators);
    var values = new LinkedHashMap<Column, @Nullable Object>();
    long size = 0;
    for (var key : data.fieldNames()) {
      var column = table.column(key);
      if (column == null && OWN.contains(key)) continue;
      if (column == null) throw new Unknown(key);
      var raw = data.getValue(key);
      if (raw == null && column.required()) {
        throw invalid(key, "is required");
      }
      Object operation = operators ? Operators.of(column, raw) : null;
      if (operation == null && raw != null) operation = value(column, raw);
      values.put(column, operation);
      size += size(raw);
      if (size > MAX_ROW) throw invalid("a row holds at most " + MAX_ROW + " characters");
    }
    return values;
  }

  /** What a row that is made by an upsert holds before anything is done to it. */
  public static @Nullable Object fallback(Column column) {
    var fallback = column.settings().fallback();
    return fallback == null ? null : value(column, fallback);
  }

  private static Object value(Column column, Object raw) {
    try {
      return column.array() ? list(column, raw) : accept(column.kind(), column.settings(), raw);
    } catch (Rule.Refused refused) {
      throw invalid(column.key(), refused.reason());
    }
  }

  private static Object list(Column column, Object raw) throws Rule.Refused {
    if (!(raw instanceof JsonArray array)) throw new Rule.Refused("must be a list");
    if (array.size() > MAX_ELEMENTS) {
      throw new Rule.Refused("must be a list of at most " + MAX_ELEMENTS + " elements");
    }
    List<Object> values = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      var item = array.getValue(i);
      if (item == null) throw new Rule.Refused("must not contain null");
      values.add(accept(column.kind(), column.settings(), item));
    }
    return column.kind().stored().array(values);
  }

  /** One element of a list as the driver wants it. */
  public static Object element(Column column, Object raw) throws Rule.Refused {
    return accept(column.kind(), column.settings(), raw);
  }

  /** The most characters of a text in {@code column}. */
  public static long mostCharacters(Column column) {
    long most = column.kind().sized() ? column.settings().size() : column.kind().maxSize();
    return Math.min(most, MAX_ROW);
  }

  /** Why {@code raw} cannot be a single value of such a column, or null where it can. */
  static @Nullable String refusal(Kind kind, Column.Settings settings, Object raw) {
    try {
      accept(kind, settings, raw);
      return null;
    } catch (Rule.Refused refused) {
      return refused.reason();
    }
  }

  private static Object accept(Kind kind, Column.Settings settings, Object raw)
      throws Rule.Refused {
    var value = kind.stored().accept(raw);
    if (value == null) throw new Rule.Refused(expected(kind.stored()));
    if (value instanceof String text) checkText(kind, settings, text);
    if (value instanceof Number number) {
      if (settings.min() != null && compare(number, settings.min()) < 0) {
        throw new Rule.Refused("must be at least " + settings.min());
      }
      if (settings.max() != null && compare(number, settings.max()) > 0) {
        throw new Rule.Refused("must be at most " + settings.max());
      }
    }
    return value;
  }

  private static String expected(Type type) {
    return switch (type) {
      case TEXT, SEALED -> "must be text";
      case INTEGER -> "must be a whole number of at most 64 bits";
      case FLOAT -> "must be a finite number";
      case BOOLEAN -> "must be a boolean";
      case TIME -> "must be a date and time in ISO 8601";
      case POINT -> "must be a point: [longitude, latitude]";
      case LINE -> "must be a line: two points or more";
      case JSON -> "must be JSON";
      case POLYGON -> "must be a polygon: rings of four points or more that end as they begin";
    };
  }

  private static void checkText(Kind kind, Column.Settings settings, String text)
      throws Rule.Refused {
    PLAIN.accept(text);
    if (text.startsWith(Seals.MARK)) throw new Rule.Refused("must not begin as sealed texts do");
    long max = kind.sized() ? settings.size() : kind.maxSize();
    if (text.length() > max && text.codePointCount(0, text.length()) > max) {
      throw new Rule.Refused("must have at most " + max + " characters");
    }
    switch (kind) {
      case EMAIL -> EMAIL.accept(text);
      case ENUM -> {
        if (!settings.elements().contains(text)) {
          throw new Rule.Refused("must be one of " + String.join(", ", settings.elements()));
        }
      }
      case IP -> {
        if (!isAddress(text)) throw new Rule.Refused("must be an IP address");
      }
      case URL -> {
        if (!isUrl(text)) throw new Rule.Refused("must be a URL");
      }
      default -> {}
    }
  }

  private static boolean isAddress(String text) {
    if (IP4.matcher(text).matches()) return true;
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) return false;
    try {
      Inet6Address.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isUrl(String text) {
    try {
      var uri = new URI(text);
      return uri.getScheme() != null && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Compares exactly, whatever kinds of numbers these are. */
  static int compare(Number a, Number b) {
    return exact(a).compareTo(exact(b));
  }

  /** The number as it is, whatever kind of number it is. */
  public static BigDecimal exact(Number number) {
    var whole = number instanceof Double || number instanceof Float ? null : Numbers.whole(number);
    return whole == null ? BigDecimal.valueOf(number.doubleValue()) : BigDecimal.valueOf(whole);
  }

  /** About how many characters the values of a row have together. */
  static long weight(@Nullable Object data) {
    long weight = 8;
    switch (data) {
      case String text -> weight += text.length();
      case JsonObject object -> weight += weight(object.getMap());
      case JsonArray array -> weight += weight(array.getList());
      case Map<?, ?> map -> {
        for (var value : map.values()) weight += weight(value);
      }
      case List<?> list -> {
        for (var value : list) weight += weight(value);
      }
      case null, default -> {}
    }
    return weight;
  }

  private static long size(@Nullable Object raw) {
    return switch (raw) {
      case null -> 4;
      case String text -> text.length() + 2L;
      case JsonArray array -> {
        long sum = 2;
        for (int i = 0; i < array.size(); i++) sum += size(array.getValue(i)) + 1;
        yield sum;
      }
      default -> 8;
    };
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Fault.ROW_INVALID_STRUCTURE, reason);
  }

  private static Refusal invalid(String key, String reason) {
    return new Refusal(Fault.ROW_INVALID_STRUCTURE, "the column '" + key + "' " + reason, key);
  }

  /** Whether {@code key} is not the caller's to set, and passed over where he does. */
  static boolean own(String key) {
    return OWN.contains(key);
  }

  /** A key that no column has, unless the table was changed a moment ago on another node. */
  static final class Unknown extends RuntimeException {
    Unknown(String key) {
      super(key, null, false, false);
    }

    Refusal refusal() {
      var key = String.valueOf(getMessage());
      var shown = key.length() > 40 ? key.substring(0, 40) + "…" : key;
      var reason = "there is no column '" + shown + "'";
      return new Refusal(Fault.ROW_INVALID_STRUCTURE, reason, shown);
    }
  }

  private Values() {}
}
