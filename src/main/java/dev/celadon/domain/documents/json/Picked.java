package dev.celadon.domain.documents.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A part of a free document, in the places where it stands in the whole. */
final class Picked {

  /**
   * What is wanted of an object by its names.
   *
   * @param below what is wanted of what stands there; nothing for all of it
   */
  private record Wanted(Map<String, Wanted> below) {
    Wanted() {
      this(new HashMap<>());
    }

    boolean whole() {
      return below.isEmpty();
    }
  }

  /** The document with nothing but what is at {@code paths}, as JSON. */
  static String of(String document, Set<String> paths) {
    var all = new Wanted();
    for (var path : paths) want(all, path.split("\\."));
    return part(new JsonObject(document), all).encode();
  }

  private static void want(Wanted all, String[] names) {
    var wanted = all;
    for (int i = 0; i < names.length; i++) {
      var known = wanted.below.get(names[i]);
      // Who wants the whole of it, wants the part.
      if (known != null && known.whole()) return;
      if (known == null) wanted.below.put(names[i], known = new Wanted());
      else if (i == names.length - 1) known.below.clear();
      wanted = known;
    }
  }

  /** What is in a list is shown with the whole list: its place there is its number. */
  private static JsonObject part(JsonObject from, Wanted wanted) {
    var part = new JsonObject();
    for (var name : from.fieldNames()) {
      var inside = wanted.below.get(name);
      if (inside == null) continue;
      var value = from.getValue(name);
      if (inside.whole() || value instanceof JsonArray) part.put(name, value);
      else if (value instanceof JsonObject object) part.put(name, part(object, inside));
    }
    return part;
  }

  private Picked() {}
}
