package dev.celadon.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @Test
  void readsTheJsonForm() {
    var query =
        Query.parse("{\"method\":\"equal\",\"attribute\":\"title\",\"values\":[\"a\",1,true]}");
    assertEquals(new Query(Query.Method.EQUAL, "title", List.of("a", 1, true)), query);
  }

  @Test
  void readsTheOlderTextForm() {
    assertEquals(
        new Query(Query.Method.EQUAL, "title", List.of("x", "y")),
        Query.parse("equal(\"title\", [\"x\", \"y\"])"));
    assertEquals(new Query(Query.Method.LIMIT, "", List.of(25)), Query.parse("limit(25)"));
    assertEquals(
        new Query(Query.Method.ORDER_ASC, "name", List.of()), Query.parse("orderAsc(\"name\")"));
  }

  @Test
  void readsNestedQueries() {
    var query =
        Query.parse(
            "{\"method\":\"or\",\"values\":[{\"method\":\"isNull\",\"attribute\":\"a\"},"
                + "{\"method\":\"isNull\",\"attribute\":\"b\"}]}");
    var first = assertInstanceOf(Query.class, query.values().getFirst());
    assertEquals("a", first.attribute());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "{\"method\":1}",
        "{\"method\":\"drop\"}",
        "{\"method\":\"equal\",\"attribute\":[\"a\"],\"values\":[1]}",
        "{\"method\":\"equal\",\"attribute\":\"a\",\"values\":[null]}",
        "{\"method\":\"equal\",\"attribute\":\"a\",\"values\":[\"\\u0000\"]}",
        "{\"method\":\"and\",\"values\":[1]}",
        "equal(\"a\"",
        "equal(a, 1)",
        "; drop table"
      })
  void refusesEverythingElse(String text) {
    var failure = assertThrows(Failure.class, () -> Query.parse(text));
    assertEquals(Fault.QUERY_INVALID, failure.fault());
  }

  @Test
  void boundsLengthDepthAndValues() {
    var deep = "{\"method\":\"and\",\"values\":[".repeat(12) + "]}".repeat(12);
    var many = "{\"method\":\"equal\",\"attribute\":\"a\",\"values\":[" + "1,".repeat(500) + "1]}";
    for (var text : List.of(deep, many, "x".repeat(4_097))) {
      assertThrows(Failure.class, () -> Query.parse(text));
    }
  }
}
