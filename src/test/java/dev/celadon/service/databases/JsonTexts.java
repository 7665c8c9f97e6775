package dev.celadon.service.databases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts within the values that tests call endpoints with. */
final class JsonTexts {

  /** {@code value} with another name wherever one stands: in texts, keys and lists. */
  static Object replaced(Object value, String name, String other) {
    return switch (value) {
      case String text -> text.replace(name, other);
      case List<?> list -> list.stream().map(each -> replaced(each, name, other)).toList();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((k, v) -> copy.put(replaced(k, name, other), replaced(v, name, other)));
        yield copy;
      }
      default -> value;
    };
  }

  private JsonTexts() {}
}
