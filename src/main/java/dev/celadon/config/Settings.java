package dev.celadon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was given for each key, read with types and bounds. Reading never fails: a fault is noted,
 * the default stands in, and {@link #finish} tells all faults together.
 */
final class Settings {

  /**
   * A value as it was written.
   *
   * @param source where, in the operator's words
   */
  record Given(String source, Object value) {}

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final int NEAR = 3;

  private final Map<String, Given> given;
  private final Map<String, Object> defaults = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  Settings(Map<String, Given> given) {
    this.given = new TreeMap<>(given);
  }

  int integer(String key, int fallback, int min, int max) {
    return (int) number(key, fallback, min, max);
  }

  long number(String key, long fallback, long min, long max) {
    Given found = ask(key, fallback);
    if (found == null) {
      return fallback;
    }
    String text = found.value.toString().strip();
    if (WHOLE.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    refuse(key, found, "a whole number from %d to %d, not '%s'".formatted(min, max, text));
    return fallback;
  }

  boolean flag(String key, boolean fallback) {
    Given found = ask(key, fallback);
    if (found == null) {
      return fallback;
    }
    String text = found.value.toString();
    if (!text.equals("true") && !text.equals("false")) {
      refuse(key, found, "true or false, not '%s'".formatted(text));
    }
    return text.equals("true");
  }

  String text(String key, String fallback) {
    Given found = ask(key, fallback);
    if (found == null) {
      return fallback;
    }
    if (found.value instanceof List || found.value instanceof Map) {
      refuse(key, found, "one value");
      return fallback;
    }
    return found.value.toString();
  }

  String choice(String key, String fallback, List<String> choices) {
    String chosen = text(key, fallback);
    if (!choices.contains(chosen)) {
      String wanted = "one of " + String.join(", ", choices);
      refuse(key, given.get(key), wanted + ", not '%s'".formatted(chosen));
    }
    return chosen;
  }

  /** A list, or one text with commas between, as the environment gives it. */
  List<String> list(String key) {
    Given found = ask(key, List.of());
    if (found == null) {
      return List.of();
    }
    if (found.value instanceof List<?> many) {
      return many.stream().map(String::valueOf).toList();
    }
    return Pattern.compile(",")
        .splitAsStream(found.value.toString())
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** Notes that the value of a key, though of the right type, will not do. */
  void fault(String key, String wanted) {
    refuse(key, given.get(key), wanted);
  }

  /** Every key asked for so far with its default, in the order of asking. */
  Map<String, Object> defaults() {
    return defaults;
  }

  /** Tells what is wrong, once every key has been asked for. */
  void finish(List<String> earlier) {
    var all = new ArrayList<>(earlier);
    given.forEach(
        (key, value) -> {
          if (!defaults.containsKey(key)) {
            all.add("%s: %s is not a setting%s".formatted(value.source, key, nearest(key)));
          }
        });
    all.addAll(faults);
    if (!all.isEmpty()) {
      throw new BadConfig(all);
    }
  }

  private @Nullable Given ask(String key, Object fallback) {
    defaults.put(key, fallback);
    return given.get(key);
  }

  private void refuse(String key, @Nullable Given found, String wanted) {
    String source = found == null ? "default" : found.source;
    faults.add("%s: %s must be %s".formatted(source, key, wanted));
  }

  private String nearest(String key) {
    return defaults.keySet().stream()
        .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
        .filter(best -> distance(best, key) <= NEAR)
        .map(best -> " (did you mean %s?)".formatted(best))
        .orElse("");
  }

  /** How many letters must change to make one word of the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
