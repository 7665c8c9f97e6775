package dev.celadon.api;

import dev.celadon.api.Rule.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The shared vocabulary of {@link Rule}s. */
public final class Rules {

  private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,35}");
  private static final Pattern EMAIL =
      Pattern.compile(
          "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]*[a-z][a-z0-9-]*");

  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /** Text of {@code min} to {@code max} characters (UTF-16 units), without NUL. */
  public static Rule<String> text(int min, int max) {
    var schema = Schema.TEXT.with("minLength", min).with("maxLength", max);
    return rule(
        schema,
        raw -> {
          if (!(raw instanceof String s) || s.length() < min || s.length() > max) {
            throw new Refused("must be text of %d to %d characters".formatted(min, max));
          }
          return plain(s);
        });
  }

  public static Rule<String> text(int max) {
    return text(1, max);
  }

  /** An existing thing's id. */
  public static Rule<String> id() {
    return rule(
        Schema.TEXT.with("maxLength", 36),
        raw -> {
          if (raw instanceof String s && Ids.valid(s)) return s;
          throw new Refused(
              "must be an id: 1 to 36 of a-z, A-Z, 0-9, period, hyphen and underscore,"
                  + " beginning with a letter or digit");
        });
  }

  /** A new thing's id; {@code unique()} is replaced by one of ours. */
  public static Rule<String> newId() {
    var id = id();
    return rule(id.schema(), raw -> Ids.UNIQUE.equals(raw) ? Ids.unique() : id.accept(raw));
  }

  /** The key of a column, attribute or index. */
  public static Rule<String> key() {
    return rule(
        Schema.TEXT.with("maxLength", 36),
        raw -> {
          if (raw instanceof String s && KEY.matcher(s).matches()) return s;
          throw new Refused(
              "must be a key: 1 to 36 of a-z, A-Z, 0-9, period, hyphen and underscore,"
                  + " beginning with a letter or digit");
        });
  }

  public static Rule<Boolean> bool() {
    return new Checked<>(
        Schema.BOOLEAN,
        raw -> {
          if (raw instanceof Boolean b) return b;
          throw new Refused("must be a boolean");
        },
        text ->
            switch (text) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> text;
            });
  }

  /** A whole number between {@code min} and {@code max}, both included. */
  public static Rule<Long> integer(long min, long max) {
    return new Checked<>(
        Schema.INTEGER.with("minimum", min).with("maximum", max),
        raw -> {
          if (Numbers.whole(raw) instanceof Long n && n >= min && n <= max) return n;
          throw new Refused("must be a whole number from %d to %d".formatted(min, max));
        },
        Numbers::fromText);
  }

  public static Rule<Long> integer() {
    return integer(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A finite number. */
  public static Rule<Double> number() {
    return new Checked<>(
        Schema.NUMBER,
        raw -> {
          if (raw instanceof Number n && Double.isFinite(n.doubleValue())) return n.doubleValue();
          throw new Refused("must be a finite number");
        },
        Numbers::fromText);
  }

  public static Rule<JsonObject> object() {
    return rule(
        Schema.OBJECT,
        raw -> {
          if (raw instanceof JsonObject object) return object;
          throw new Refused("must be an object");
        });
  }

  /** A JSON object whose encoded form has at most {@code maxChars} characters. */
  public static Rule<JsonObject> object(int maxChars) {
    return rule(
        Schema.OBJECT,
        raw -> {
          if (!(raw instanceof JsonObject object)) throw new Refused("must be an object");
          if (object.encode().length() > maxChars) {
            throw new Refused("must be an object of at most " + maxChars + " characters as JSON");
          }
          plainWithin(object);
          return object;
        });
  }

  /** Any JSON value that is not null. */
  public static Rule<Object> any() {
    return rule(Schema.ANY, raw -> raw);
  }

  public static <T> Rule<List<T>> list(Rule<T> item, int max) {
    return new Checked<>(
        Schema.list(item.schema()).with("maxItems", max),
        raw -> {
          if (!(raw instanceof JsonArray array)) throw new Refused("must be a list");
          if (array.size() > max) throw new Refused("must be a list of at most " + max + " items");
          var accepted = new ArrayList<T>(array.size());
          for (int i = 0; i < array.size(); i++) {
            accepted.add(Rules.item(item, array.getValue(i), i));
          }
          return List.copyOf(accepted);
        },
        text -> new JsonArray().add(item.fromText(text)));
  }

  public static Rule<String> oneOf(Collection<String> values) {
    var allowed = new LinkedHashSet<>(values);
    return rule(
        Schema.oneOf(allowed),
        raw -> {
          if (raw instanceof String s && allowed.contains(s)) return s;
          throw new Refused("must be one of " + String.join(", ", allowed));
        });
  }

  public static Rule<String> oneOf(String... values) {
    return oneOf(List.of(values));
  }

  /** An email address, in lower case. */
  public static Rule<String> email() {
    return rule(
        Schema.TEXT.with("format", "email").with("maxLength", 254),
        raw -> {
          if (raw instanceof String s && s.length() <= 254) {
            var lower = s.toLowerCase(Locale.ROOT);
            if (EMAIL.matcher(lower).matches()) return lower;
          }
          throw new Refused("must be an email address");
        });
  }

  /** A phone number in the form of E.164: plus, country code, number; 7 to 15 digits. */
  public static Rule<String> phone() {
    return rule(
        Schema.TEXT.with("pattern", PHONE.pattern()),
        raw -> {
          if (raw instanceof String s && PHONE.matcher(s).matches()) return s;
          throw new Refused("must be a phone number such as +14155550123");
        });
  }

  /** A new password: 8 to 256 characters. */
  public static Rule<String> password() {
    return text(8, 256);
  }

  /** A point in time in ISO 8601: with an offset or, without one, in UTC; years 1 to 9999. */
  public static Rule<Instant> time() {
    return rule(
        Schema.TIME,
        raw -> {
          if (raw instanceof String s && Time.parse(s) instanceof Instant time) return time;
          throw new Refused("must be a date and time in ISO 8601");
        });
  }

  /** At most 100 permissions, {@code write} spelled out. */
  public static Rule<List<Permission>> permissions() {
    var permission =
        rule(
            Schema.TEXT,
            raw -> {
              if (raw instanceof String s) return Permission.parse(s);
              throw new Refused("must be a permission string");
            });
    return mapped(list(permission, 100), Permission::expand);
  }

  public static Rule<Scope> scope() {
    return rule(
        Schema.TEXT,
        raw -> {
          if (raw instanceof String s && Scope.of(s) instanceof Scope scope) return scope;
          throw new Refused("must be the name of a scope");
        });
  }

  /** {@code rule}, its accepted value changed by {@code change}. */
  public static <T, R> Rule<R> mapped(Rule<T> rule, Check<T, R> change) {
    return new Checked<>(
        rule.schema(), raw -> change.accept(rule.accept(raw)), text -> rule.fromText(text));
  }

  /** A rule made of a schema and a check. */
  public static <T> Rule<T> rule(Schema schema, Check<Object, T> check) {
    return new Checked<>(schema, check, text -> text);
  }

  /** Refuses what PostgreSQL cannot store: NUL, and halves of surrogate pairs. */
  static String plain(String text) throws Refused {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) throw new Refused("must not contain NUL");
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new Refused("must be well-formed Unicode");
      }
    }
    return text;
  }

  /** {@link #plain} for every name and text inside a JSON value; its depth was bounded before. */
  private static void plainWithin(Object json) throws Refused {
    switch (json) {
      case String text -> plain(text);
      case JsonArray array -> plainWithin(array.getList());
      case JsonObject object -> plainWithin(object.getMap());
      case Map<?, ?> map -> {
        for (var entry : map.entrySet()) {
          plainWithin(entry.getKey());
          if (entry.getValue() != null) plainWithin(entry.getValue());
        }
      }
      case Collection<?> list -> {
        for (var item : list) if (item != null) plainWithin(item);
      }
      default -> {}
    }
  }

  private static <T> T item(Rule<T> rule, Object raw, int index) throws Refused {
    if (raw == null) throw new Refused("must not contain null (item " + index + ")");
    try {
      return rule.accept(raw);
    } catch (Refused refused) {
      throw new Refused("has an item " + index + " that " + refused.reason());
    }
  }

  /** One step of a check: takes a value, or refuses it. */
  @FunctionalInterface
  public interface Check<A, B> {
    B accept(A value) throws Refused;
  }

  private record Checked<T>(Schema schema, Check<Object, T> check, Check<String, Object> reader)
      implements Rule<T> {

    @Override
    public T accept(Object raw) throws Refused {
      return check.accept(raw);
    }

    @Override
    public Object fromText(String text) throws Refused {
      return reader.accept(text);
    }
  }

  private Rules() {}
}
