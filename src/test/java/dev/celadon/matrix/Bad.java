package dev.celadon.matrix;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value that a careless or hostile client may send.
 *
 * @param json how it is written in a JSON body
 * @param refused whether the schema refuses it; if not, it must merely do no harm
 */
record Bad(String what, String json, boolean refused) {

  private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);
  private static final List<String> HOSTILE =
      List.of(
          "' OR 1=1; --", "%s%n%1$s", "../../etc/passwd", "\u202e\ufeff", "${jndi:x}", "{{7*7}}");

  /** All that is tried for a value of this schema. */
  static List<Bad> of(JsonObject schema) {
    return switch (schema.getValue("type")) {
      case String type -> of(type, schema);
      case null, default -> List.of(harmless("deep", "[".repeat(40) + "]".repeat(40)));
    };
  }

  private static List<Bad> of(String type, JsonObject schema) {
    return switch (type) {
      case "string" -> texts(schema);
      case "integer" -> integers(schema);
      case "number" -> wrong("'x'", "'NaN'", "'Infinity'", "true", "[]", "{}", "1e999", "'1e5'");
      case "boolean" -> wrong("'maybe'", "7", "[]", "{}", "'TRUE'");
      case "array" -> arrays(schema);
      case "object" -> objects();
      default -> throw new IllegalArgumentException("no values for type " + type);
    };
  }

  private static List<Bad> texts(JsonObject schema) {
    var bad = wrong("7", "1.5", "true", "[]", "{}", "['x']", "'a\\u0000b'", "'a\\ud800b'");
    int most = schema.getInteger("maxLength", Integer.MAX_VALUE);
    if (most < 100_000) bad.add(wrong("too long", Json.encode("x".repeat(most + 1))));
    if (schema.getInteger("minLength", 0) > 0) bad.add(wrong("empty", "''"));
    if (schema.containsKey("enum")) bad.add(wrong("unknown", "'no-such-word'"));
    if (schema.containsKey("format")) bad.add(wrong("ill-formed", "'@@ not: well formed @@'"));
    HOSTILE.forEach(text -> bad.add(harmless(text, Json.encode(text))));
    return bad;
  }

  private static List<Bad> integers(JsonObject schema) {
    var bad =
        wrong(
            "'x'",
            "'NaN'",
            "true",
            "[]",
            "{}",
            "1.5",
            "1e999",
            "9223372036854775808",
            "-9223372036854775809",
            "1e30");
    long least = schema.getLong("minimum", Long.MIN_VALUE);
    long most = schema.getLong("maximum", Long.MAX_VALUE);
    if (least > Long.MIN_VALUE) bad.add(wrong("too small", Long.toString(least - 1)));
    if (most < Long.MAX_VALUE) bad.add(wrong("too large", Long.toString(most + 1)));
    return bad;
  }

  private static List<Bad> arrays(JsonObject schema) {
    var item = schema.getJsonObject("items", new JsonObject());
    var bad = wrong("{}", "7", "true");
    bad.add(harmless("null within", "[null]"));
    int most = schema.getInteger("maxItems", Integer.MAX_VALUE);
    if (most < 10_000) {
      var one = Json.encode(Samples.of(item));
      var many = String.join(",", Stream.generate(() -> one).limit(most + 1L).toList());
      bad.add(wrong("too many", "[" + many + "]"));
    }
    for (var inner : of(item)) {
      bad.add(new Bad("item " + inner.what, "[" + inner.json + "]", inner.refused));
    }
    return bad;
  }

  private static List<Bad> objects() {
    var bad = wrong("'x'", "7", "true", "[]", "[{}]");
    // Older clients send an object as text.
    bad.add(harmless("as text", "'{}'"));
    bad.add(harmless("odd names", "{'':1,'$':2,'a.b':3,'a\\u0000':4,'__proto__':{}}"));
    bad.add(harmless("NUL inside", "{'a':'b\\u0000c'}"));
    bad.add(harmless("half a pair", "{'a':'b\\ud800c'}"));
    bad.add(harmless("beyond numbers", "{'a':1e999,'b':9223372036854775808}"));
    bad.add(harmless("nested", "{'a':".repeat(40) + "1" + "}".repeat(40)));
    bad.add(harmless("large", "{'a':" + Json.encode("x".repeat(200_000)) + "}"));
    return bad;
  }

  /** Bodies that are no JSON object, or too deep to be read. */
  static List<String> bodies() {
    return List.of(
        "[]",
        "7",
        "null",
        "\"x\"",
        "{",
        "{\"a\":1}}",
        "{\"a\":NaN}",
        "{a:1}",
        "{\"a\":1,}",
        DEEP,
        "{\"a\":" + DEEP + "}",
        "{\"a\":\"\u0001\"}",
        "<a/>",
        "a=1&b=2");
  }

  /** Queries that no list accepts. */
  static List<String> queries() {
    var ten = new JsonArray();
    for (int i = 0; i < 501; i++) ten.add(i);
    var bad = new ArrayList<>(List.of("{", "7", "[]", "null", "equal", "equal(", "nope(\"a\")"));
    for (var text :
        List.of(
            "{'method':'nope'}",
            "{'method':7}",
            "{}",
            "{'method':'limit','values':[-1]}",
            "{'method':'limit','values':['x']}",
            "{'method':'limit','values':[]}",
            "{'method':'limit','values':[1.5]}",
            "{'method':'offset','values':[-1]}",
            "{'method':'offset','values':[9223372036854775808]}",
            "{'method':'cursorAfter','values':['no-such-thing']}",
            "{'method':'cursorAfter','values':[7]}",
            "{'method':'cursorBefore','values':[{}]}",
            "{'method':'equal','attribute':'noSuchField','values':['x']}",
            "{'method':'equal','attribute':'','values':['x']}",
            "{'method':'equal','attribute':'$id','values':[]}",
            "{'method':'equal','attribute':'$id','values':[{'a':1}]}",
            "{'method':'equal','attribute':7,'values':['x']}",
            "{'method':'between','attribute':'$createdAt','values':['x']}",
            "{'method':'orderAsc','attribute':'no such'}",
            "{'method':'or','values':['x']}",
            "{'method':'and','values':[7]}")) {
      bad.add(text.replace('\'', '"'));
    }
    bad.add("{\"method\":\"equal\",\"attribute\":\"$id\",\"values\":" + ten.encode() + "}");
    bad.add("{\"method\":\"limit\",\"values\":[1]" + " ".repeat(4_096) + "}");
    bad.add("{\"method\":\"or\",\"values\":" + "[".repeat(500) + "]".repeat(500) + "}");
    return bad;
  }

  /**
   * The value as a path or query spells it, a text or a list of texts; null where it cannot be
   * spelled there, or would be another value of this type.
   */
  @Nullable Object spelled(String type) {
    if (json.contains("ud800")) return null;
    var value = new JsonArray("[" + json + "]").getValue(0);
    boolean texts = type.equals("string") || type.equals("array");
    return switch (value) {
      case String text -> type.equals("array") ? null : text;
      case JsonArray list when type.equals("array") -> spelledList(list);
      case null, default -> texts || type.equals("object") ? null : json;
    };
  }

  private static @Nullable JsonArray spelledList(JsonArray list) {
    boolean texts = list.stream().allMatch(String.class::isInstance);
    return texts && !list.isEmpty() ? list : null;
  }

  private static List<Bad> wrong(String... values) {
    var bad = new ArrayList<Bad>();
    for (var value : values) bad.add(wrong(value, value));
    return bad;
  }

  private static Bad wrong(String what, String json) {
    return new Bad(what, quoted(json), true);
  }

  private static Bad harmless(String what, String json) {
    return new Bad(what, quoted(json), false);
  }

  /** Single quotes stand for double ones, where there are no double ones. */
  private static String quoted(String json) {
    return json.indexOf('"') < 0 ? json.replace('\'', '"') : json;
  }
}
