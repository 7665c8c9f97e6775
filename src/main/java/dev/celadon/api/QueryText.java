package dev.celadon.api;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The older text form of a query: {@code equal("title", ["x", "y"])}, {@code limit(25)}. What
 * stands between the parentheses is a list of JSON values: the attribute, then the values, alone or
 * as a list.
 */
final class QueryText {

  private static final Pattern FORM =
      Pattern.compile("\\s*([a-zA-Z]{2,32})\\((.*)\\)\\s*", Pattern.DOTALL);

  static Query parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) throw Query.invalid("a query is a JSON object");
    var method = Query.method(match.group(1));
    JsonArray args;
    try {
      args = new JsonArray("[" + match.group(2) + "]");
    } catch (DecodeException e) {
      throw Query.invalid("the arguments of " + method + " cannot be read");
    }
    return switch (method) {
      case LIMIT, OFFSET, CURSOR_AFTER, CURSOR_BEFORE, SELECT ->
          new Query(method, "", values(args, 0));
      default -> new Query(method, attribute(method, args), values(args, 1));
    };
  }

  private static String attribute(Query.Method method, JsonArray args) {
    if (args.isEmpty()) return "";
    if (args.getValue(0) instanceof String name) return name;
    throw Query.invalid(method + ": the attribute is a text");
  }

  private static List<Object> values(JsonArray args, int from) {
    if (args.size() <= from) return List.of();
    var values = new JsonArray();
    for (int i = from; i < args.size(); i++) {
      if (args.getValue(i) instanceof JsonArray list) values.addAll(list);
      else values.add(args.getValue(i));
    }
    if (values.size() > Query.MAX_VALUES || values.contains(null)) {
      throw Query.invalid("too many values, or a null among them");
    }
    return values.stream().toList();
  }

  private QueryText() {}
}
