package dev.celadon.domain.query;

import static dev.celadon.domain.query.Filters.invalid;

import dev.celadon.api.Query;
import java.util.function.BiConsumer;

/**
 * Compiles filters on values of free documents. A value is compared only with values of its own
 * type, and what is not there, or null, is matched by no comparison.
 */
final class JsonFilters {

  private final Attributes attributes;
  private final JsonPath path;
  private final Query query;

  JsonFilters(Attributes attributes, JsonPath path, Query query) {
    this.attributes = attributes;
    this.path = path;
    this.query = query;
  }

  Sql condition() {
    return switch (query.method()) {
      case EQUAL -> among(" IN (");
      case NOT_EQUAL -> among(" NOT IN (");
      case LESS_THAN -> compare(" < ", value(0, 1));
      case LESS_THAN_EQUAL -> compare(" <= ", value(0, 1));
      case GREATER_THAN -> compare(" > ", value(0, 1));
      case GREATER_THAN_EQUAL -> compare(" >= ", value(0, 1));
      case BETWEEN -> both(compare(" >= ", value(0, 2)), " AND ", compare(" <= ", value(1, 2)));
      case NOT_BETWEEN -> both(compare(" < ", value(0, 2)), " OR ", compare(" > ", value(1, 2)));
      case CONTAINS, CONTAINS_ANY -> contains(" OR ", "");
      case NOT_CONTAINS -> contains(" OR ", "NOT ");
      case CONTAINS_ALL -> contains(" AND ", "");
      case STARTS_WITH -> texts(" LIKE ", "", "%");
      case NOT_STARTS_WITH -> texts(" NOT LIKE ", "", "%");
      case ENDS_WITH -> texts(" LIKE ", "%", "");
      case NOT_ENDS_WITH -> texts(" NOT LIKE ", "%", "");
      case REGEX -> ofText(Sql.of(path.text()).add(" ~ ").arg(text(value(0, 1)), "text"));
      case IS_NULL -> Sql.of(path.value()).add(" IS NULL");
      case IS_NOT_NULL -> Sql.of(path.value()).add(" IS NOT NULL");
      case SEARCH -> search("");
      case NOT_SEARCH -> search("NOT ");
      case ELEM_MATCH -> elements();
      default -> throw invalid(query.method() + " cannot be asked of a document's values");
    };
  }

  /** The value number {@code i} of {@code most}. */
  private Object value(int i, int most) {
    if (query.values().size() != most) {
      throw invalid(query.method() + " takes " + (most == 1 ? "one value" : most + " values"));
    }
    return value(query.values().get(i));
  }

  private static Object value(Object raw) {
    if (raw instanceof Query) throw invalid("a query is no value");
    if (raw instanceof Double number && !Double.isFinite(number)) {
      throw invalid("numbers are finite");
    }
    if (String.valueOf(raw).indexOf('\0') >= 0) throw invalid("values hold no NUL");
    return raw;
  }

  private static String text(Object value) {
    if (value instanceof String text) return text;
    throw invalid("a text is needed here");
  }

  private Sql among(String operator) {
    return Sql.of(path.value())
        .add(operator)
        .add(each(", ", (sql, value) -> sql.arg(value, "jsonb")))
        .add(")");
  }

  /** Every value, of which there must be one. */
  private Sql each(String between, BiConsumer<Sql, Object> write) {
    if (query.values().isEmpty()) throw invalid(query.method() + " needs a value");
    var sql = new Sql();
    for (var raw : query.values()) {
      if (!sql.isEmpty()) sql.add(between);
      write.accept(sql, value(raw));
    }
    return sql;
  }

  private Sql compare(String operator, Object value) {
    return Sql.of("(" + path.value() + operator)
        .arg(value, "jsonb")
        .add(" AND jsonb_typeof(" + path.place() + ") = jsonb_typeof(")
        .arg(value, "jsonb")
        .add("))");
  }

  private static Sql both(Sql one, String word, Sql other) {
    return Sql.of("(").add(one).add(word).add(other).add(")");
  }

  /** In a list an element, in a text a part of it. */
  private Sql contains(String word, String not) {
    var sql = Sql.of(not + "(CASE jsonb_typeof(" + path.place() + ") WHEN 'array' THEN ");
    sql.add(
        each(
            word,
            (out, value) ->
                out.add(path.place() + " @> jsonb_build_array(").arg(value, "jsonb").add(")")));
    boolean texts = query.values().stream().allMatch(String.class::isInstance);
    if (texts) sql.add(" WHEN 'string' THEN ").add(each(word, (out, v) -> like(out, v, "%", "%")));
    return sql.add(" END)");
  }

  private Sql like(Sql out, Object value, String before, String after) {
    var pattern = before + Sql.escapeLike(text(value)) + after;
    return out.add(path.text() + " LIKE ").arg(pattern, "text");
  }

  private Sql texts(String operator, String before, String after) {
    var pattern = before + Sql.escapeLike(text(value(0, 1))) + after;
    return ofText(Sql.of(path.text() + operator).arg(pattern, "text"));
  }

  private Sql ofText(Sql condition) {
    return Sql.of("(jsonb_typeof(" + path.place() + ") = 'string' AND ").add(condition).add(")");
  }

  private Sql search(String not) {
    var text = text(value(0, 1));
    if (!attributes.searchable(path.text())) {
      throw invalid("'" + query.attribute() + "' can be searched once a fulltext index is of it");
    }
    return Sql.of(not + "(").add(SearchText.condition(path.text(), text)).add(")");
  }

  /** Whether one element of a list is as all the queries in it say. */
  private Sql elements() {
    var inside = new Filters(attributes.within("e.v"));
    var group = inside.group(query, " AND ");
    return Sql.of("EXISTS (SELECT 1 FROM jsonb_array_elements(CASE jsonb_typeof(")
        .add(path.place() + ") WHEN 'array' THEN " + path.place())
        .add(" ELSE '[]' END) AS e (v) WHERE ")
        .add(group)
        .add(")");
  }
}
