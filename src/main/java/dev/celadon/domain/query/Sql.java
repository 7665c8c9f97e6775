package dev.celadon.domain.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL under construction: text and arguments. Pieces can be put together in any order,
 * because the arguments are numbered only by {@link #text()}.
 */
public final class Sql {

  /** Stands where an argument belongs; no identifier and no keyword contains it. */
  private static final char HOLE = '\0';

  private final StringBuilder text = new StringBuilder();
  private final List<@Nullable Object> args = new ArrayList<>();

  /** Text written in code, without arguments. */
  public static Sql of(String text) {
    return new Sql().add(text);
  }

  /** Appends text written in code; never text from outside. */
  public Sql add(String text) {
    this.text.append(text);
    return this;
  }

  /** Appends another piece, with its arguments. */
  public Sql add(Sql piece) {
    text.append(piece.text);
    args.addAll(piece.args);
    return this;
  }

  /** Appends the place of an argument whose type PostgreSQL infers. */
  public Sql arg(@Nullable Object value) {
    text.append(HOLE);
    args.add(value);
    return this;
  }

  /** Appends the place of an argument of the SQL type {@code type}: {@code $n::type}. */
  public Sql arg(@Nullable Object value, String type) {
    return arg(value).add("::").add(type);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** The statement, its arguments numbered {@code $1}, {@code $2} and so on. */
  public String text() {
    var numbered = new StringBuilder(text.length() + args.size() * 3);
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == HOLE) numbered.append('$').append(++n);
      else numbered.append(c);
    }
    return numbered.toString();
  }

  /** The arguments in the order of their numbers. */
  public @Nullable Object[] args() {
    return args.toArray();
  }

  /** {@code name} as an identifier, whatever it contains. For names that were generated anyway. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** {@code text} as a LIKE pattern that matches exactly itself. */
  public static String escapeLike(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  @Override
  public String toString() {
    return text();
  }
}
