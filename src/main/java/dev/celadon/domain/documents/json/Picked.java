package dev.celadon.domain.documents.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** A part of a free document, in the places where it stands in the whole. */
final class Picked {

  /** The document with nothing but what is at {@code paths}, as JSON. */
  static String of(String document, Set<String> paths) {
    var whole = new JsonObject(document);
    var part = new JsonObject();
    for (var path : paths) pick(whole, part, path.split("\\."));
    return part.encode();
  }

  /** What is in a list is shown with the whole list: its place there is its number. */
  private static void pick(JsonObject from, JsonObject to, String[] names) {
    var source = from;
    var target = to;
    for (int i = 0; source.containsKey(names[i]); i++) {
      var value = source.getValue(names[i]);
      if (i == names.length - 1 || value instanceof JsonArray) {
        target.put(names[i], value);
        return;
      }
      if (!(value instanceof JsonObject object)) return;
      if (!(target.getValue(names[i]) instanceof JsonObject)) {
        target.put(names[i], new JsonObject());
      }
      source = object;
      target = target.getJsonObject(names[i]);
    }
  }

  private Picked() {}
}
