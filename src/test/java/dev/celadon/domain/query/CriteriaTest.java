package dev.celadon.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CriteriaTest {

  private static final Attributes ATTRIBUTES =
      Attributes.of(
          List.of(
              Attribute.text("$id", "_id"),
              Attribute.integer("$sequence", "_seq"),
              Attribute.time("$createdAt", "_created"),
              Attribute.text("title", "c1"),
              Attribute.integer("size", "c2"),
              Attribute.number("rate", "c3"),
              Attribute.bool("open", "c4"),
              Attribute.time("due", "c5"),
              Attribute.text("tags", "c6").list()),
          Set.of("$permissions"));

  private static Criteria criteria(String... queries) {
    return Criteria.of(Stream.of(queries).map(q -> Query.parse(q)).toList(), ATTRIBUTES);
  }

  private static Sql where(String... queries) {
    var sql = new Sql();
    criteria(queries).filter(sql);
    return sql;
  }

  private static String page(String... queries) {
    var sql = new Sql();
    criteria(queries).page(sql, List.of());
    return sql.text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equal('title', ['a'])          | c1 = $1::text",
        "equal('title', ['a', 'b'])     | c1 = ANY($1::text[])",
        "notEqual('size', [1])          | c2 <> $1::bigint",
        "notEqual('size', [1, 2])       | c2 <> ALL($1::bigint[])",
        "lessThan('rate', [1.5])        | c3 < $1::double precision",
        "greaterThanEqual('due', ['2026-01-31T09:30:00.000+00:00']) | c5 >= $1::timestamptz",
        "between('size', [1, 9])        | c2 BETWEEN $1::bigint AND $2::bigint",
        "notBetween('size', [1, 9])     | c2 NOT BETWEEN $1::bigint AND $2::bigint",
        "contains('title', ['a'])       | (c1 LIKE $1::text)",
        "contains('title', ['a', 'b'])  | (c1 LIKE ANY($1::text[]))",
        "containsAll('title', ['a', 'b']) | (c1 LIKE ALL($1::text[]))",
        "contains('tags', ['a'])        | (c6 && $1::text[])",
        "notContains('tags', ['a'])     | NOT (c6 && $1::text[])",
        "containsAll('tags', ['a', 'b']) | (c6 @> $1::text[])",
        "startsWith('title', ['a'])     | (c1 LIKE $1::text)",
        "notEndsWith('title', ['a'])    | NOT (c1 LIKE $1::text)",
        "isNull('due')                  | c5 IS NULL",
        "isNotNull('tags')              | c6 IS NOT NULL",
        "exists('title')                | (c1 IS NOT NULL)",
        "createdAfter('', ['2026-01-31']) | _created > $1::timestamptz",
        "equal('$sequence', ['7'])      | _seq = $1::bigint",
      })
  void filter(String query, String expected) {
    assertEquals(" AND " + expected, where(query.replace('\'', '"')).text());
  }

  @Test
  void nested() {
    var sql =
        where(
            """
            {"method":"or","values":[
              {"method":"equal","attribute":"title","values":["a"]},
              {"method":"and","values":[
                {"method":"lessThan","attribute":"size","values":[3]},
                {"method":"isNull","attribute":"due"}]}]}\
            """);
    assertEquals(" AND (c1 = $1::text OR (c2 < $2::bigint AND c5 IS NULL))", sql.text());
    assertEquals(List.of("a", 3L), List.of(sql.args()));
  }

  @Test
  void wildcardsAreEscaped() {
    assertEquals("%50\\%\\_\\\\%", where("contains(\"title\", [\"50%_\\\\\"])").args()[0]);
  }

  @Test
  void wholeNumbersAreExact() {
    var max = Long.toString(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, where("equal(\"size\", [" + max + "])").args()[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "equal('nothing', ['a'])",
        "equal('$permissions', ['a'])",
        "equal('title; DROP TABLE x', ['a'])",
        "equal('c1', ['a'])",
        "equal('_id', ['a'])",
        "equal('title', [1])",
        "equal('title', [])",
        "equal('size', ['1'])",
        "equal('size', [1.5])",
        "equal('size', [9223372036854775808])",
        "equal('open', ['true'])",
        "equal('due', ['yesterday'])",
        "equal('due', ['99999-01-01'])",
        "equal('tags', ['a'])",
        "lessThan('open', [true])",
        "lessThan('size', [1, 2])",
        "between('size', [1])",
        "contains('size', [1])",
        "startsWith('tags', ['a'])",
        "limit(-1)",
        "limit(5001)",
        "limit('x')",
        "offset(1000000000000)",
        "orderAsc('tags')",
        "orderDesc('nothing')",
        "select(['nothing'])",
        "cursorAfter(1)",
        "updatedAfter('', ['2026-01-31'])",
        "vectorDot('title', [1])",
      })
  void refused(String query) {
    var failure = assertThrows(Failure.class, () -> criteria(query.replace('\'', '"')));
    assertEquals(Fault.QUERY_INVALID, failure.fault());
  }

  @Test
  void refusedTogether() {
    var two = new String[] {"cursorAfter(\"a\")", "cursorBefore(\"b\")"};
    assertThrows(Failure.class, () -> criteria(two));
    var random = new String[] {"orderRandom()", "cursorAfter(\"a\")"};
    assertThrows(Failure.class, () -> criteria(random));
    assertThrows(
        Failure.class, () -> criteria("{\"method\":\"or\",\"values\":[{\"method\":\"limit\"}]}"));
  }

  @Test
  void orderIsStrict() {
    assertEquals(" ORDER BY _seq ASC LIMIT 25", page());
    assertEquals(
        " ORDER BY c1 DESC, c2 ASC, _seq ASC LIMIT 0 OFFSET $1::bigint",
        page("orderDesc(\"title\")", "orderAsc(\"size\")", "offset(3)", "limit(0)"));
    assertEquals(" ORDER BY _seq DESC LIMIT 25", page("orderDesc(\"\")"));
    assertEquals(" ORDER BY random() LIMIT 25", page("orderRandom()"));
  }

  @Test
  void selection() {
    var names = Set.of("title", "$permissions");
    assertEquals(names, criteria("select([\"title\", \"$permissions\"])").select());
    assertTrue(criteria("select([\"*\"])").select().isEmpty());
  }
}
