package dev.celadon.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a free document: {@code address.city}, {@code items.0.price}. It stands in SQL as a
 * literal, because an index is found only by the expression that it is of; so no name in it may
 * hold a quote or a backslash.
 *
 * @param base the SQL of what the path begins in: a column, or an element of a list
 */
public record JsonPath(String base, List<String> names) {

  /** How deep a path may lead. */
  public static final int MAX_DEPTH = 32;

  private static final Pattern NAME = Pattern.compile("[^'\"\\\\\\p{Cntrl}]{1,128}");

  /** The path that {@code text} spells, or null where it spells none. */
  public static @Nullable JsonPath of(String base, String text) {
    var names = text.split("\\.", MAX_DEPTH + 1);
    if (names.length > MAX_DEPTH) return null;
    for (var name : names) if (!NAME.matcher(name).matches()) return null;
    return new JsonPath(base, List.of(names));
  }

  /** The value at the path as jsonb; NULL where nothing is, or null. */
  public String value() {
    return "nullif(" + place() + ", 'null')";
  }

  /** The value at the path as jsonb; NULL only where nothing is. */
  public String place() {
    return names.isEmpty() ? base : "(" + base + " #> " + literal() + ")";
  }

  /** The value at the path as text. */
  public String text() {
    return "(" + base + " #>> " + literal() + ")";
  }

  private String literal() {
    var quoted = new ArrayList<String>(names.size());
    for (var name : names) quoted.add('"' + name + '"');
    return "'{" + String.join(",", quoted) + "}'";
  }

  /** How users write the path that {@link #value} or {@link #text} made {@code sql} of. */
  public static String nameOf(String sql) {
    int from = sql.indexOf("'{\"");
    int to = sql.indexOf("\"}'");
    if (from < 0 || to < from) return sql;
    return sql.substring(from + 3, to).replace("\",\"", ".");
  }
}
