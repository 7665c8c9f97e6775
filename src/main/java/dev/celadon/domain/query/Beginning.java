package dev.celadon.domain.query;

import java.util.List;

/**
 * The beginning of a long text, which is all that an index holds of it. Whatever is compared with
 * the text is compared with its beginning first, in a way that leaves nothing out: the index finds
 * few rows, and the whole text decides. Texts are ordered by their bytes, so beginnings are, too.
 */
final class Beginning {

  private final Attribute attribute;
  private final Sql exact;

  /**
   * @param exact the condition on the whole text
   */
  private Beginning(Attribute attribute, Sql exact) {
    this.attribute = attribute;
    this.exact = exact;
  }

  /** In SQL, the beginning of the attribute that the index is of. */
  static String of(Attribute attribute) {
    return "left(" + attribute.column() + ", " + attribute.beginning() + ")";
  }

  /** {@code exact}, which says that the text is one of {@code values}. */
  static Sql among(Attribute attribute, List<?> values, Sql exact) {
    return new Beginning(attribute, exact).with(" = ANY(", values, "");
  }

  /** {@code exact}, which compares the text with {@code value}. */
  static Sql compare(Attribute attribute, String operator, Object value, Sql exact) {
    if (attribute.beginning() == 0) return exact;
    var narrow = Sql.of("(" + of(attribute)).add(operator.charAt(1) == '<' ? " <= " : " >= ");
    return narrow.arg(cut(attribute, value), "text").add(" AND ").add(exact).add(")");
  }

  /** {@code exact}, which says that the text begins with one of {@code values}. */
  static Sql starts(Attribute attribute, List<?> values, Sql exact) {
    return new Beginning(attribute, exact).with(" LIKE ANY(", values, "%");
  }

  private Sql with(String operator, List<?> values, String after) {
    if (attribute.beginning() == 0) return exact;
    var cut =
        values.stream()
            .map(value -> cut(attribute, value))
            .map(text -> after.isEmpty() ? text : Sql.escapeLike(text) + after)
            .toArray(String[]::new);
    var narrow = Sql.of("(" + of(attribute));
    if (cut.length > 1) narrow.add(operator).arg(cut, "text[]").add(")");
    else narrow.add(operator.replace("ANY(", "")).arg(cut[0], "text");
    return narrow.add(" AND ").add(exact).add(")");
  }

  private static String cut(Attribute attribute, Object value) {
    var text = (String) value;
    int most = (int) attribute.beginning();
    boolean shorter = text.codePointCount(0, text.length()) <= most;
    return shorter ? text : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
