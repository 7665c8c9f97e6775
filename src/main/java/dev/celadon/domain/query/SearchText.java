package dev.celadon.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text to search for, as people write it: words, of which a text must hold one; {@code word*} for
 * all that begin so; {@code "several words"} for these in this order. Case does not matter.
 */
public final class SearchText {

  /** What makes an index of words, and what it is asked in: words as they are, in any language. */
  private static final String WORDS = "to_tsvector('simple', %s)";

  private static final Pattern PART = Pattern.compile("\"([^\"]*)\"?|(\\S+)");
  private static final Pattern SAYS = Pattern.compile("[\\p{L}\\p{N}]");

  /** The expression that a fulltext index of {@code column} is of. */
  public static String indexed(String column) {
    return WORDS.formatted(column);
  }

  /** A condition on the words in {@code column}. */
  static Sql condition(String column, String text) {
    var query = query(text);
    if (query.isEmpty()) return Sql.of(column).add(" <> ").add(column);
    return Sql.of(indexed(column)).add(" @@ to_tsquery('simple', ").arg(query, "text").add(")");
  }

  /** Empty where nothing in {@code text} is a word. */
  private static String query(String text) {
    var parts = new ArrayList<String>();
    PART.matcher(text)
        .results()
        .forEach(
            part -> {
              var phrase = part.group(1);
              var word = part.group(2);
              if (phrase != null) add(parts, phrase, "");
              else if (word.endsWith("*")) add(parts, word.substring(0, word.length() - 1), ":*");
              else add(parts, word, "");
            });
    return String.join(" | ", parts);
  }

  private static void add(List<String> parts, String words, String suffix) {
    if (!SAYS.matcher(words).find()) return;
    var quoted = words.replace("\\", "\\\\").replace("'", "''");
    parts.add("'" + quoted + "'" + suffix);
  }

  private SearchText() {}
}
