package dev.celadon.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Rules.text(5), ""),
        Arguments.of(Rules.text(5), "123456"),
        Arguments.of(Rules.text(5), "a\0b"),
        Arguments.of(Rules.text(5), "\ud800"),
        Arguments.of(Rules.text(5), 1),
        Arguments.of(Rules.id(), "_x"),
        Arguments.of(Rules.id(), "a/b"),
        Arguments.of(Rules.id(), "unique()"),
        Arguments.of(Rules.id(), "x".repeat(37)),
        Arguments.of(Rules.bool(), "true"),
        Arguments.of(Rules.bool(), 1),
        Arguments.of(Rules.integer(0, 10), 11),
        Arguments.of(Rules.integer(0, 10), 1.5),
        Arguments.of(Rules.integer(), BigInteger.TWO.pow(63)),
        Arguments.of(Rules.integer(), "1"),
        Arguments.of(Rules.number(), Double.POSITIVE_INFINITY),
        Arguments.of(Rules.number(), "1"),
        Arguments.of(Rules.list(Rules.id(), 1), JsonArray.of("a", "b")),
        Arguments.of(Rules.list(Rules.id(), 1), "a"),
        Arguments.of(Rules.list(Rules.id(), 1), new JsonArray().addNull()),
        Arguments.of(Rules.email(), "a@b"),
        Arguments.of(Rules.email(), "a@b.c\r\nBcc: x@y.z"),
        Arguments.of(Rules.email(), "ａ@example.org"),
        Arguments.of(Rules.password(), "1234567"),
        Arguments.of(Rules.password(), "x".repeat(257)),
        Arguments.of(Rules.scope(), "users.rule"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Rule<?> rule, Object raw) {
    assertThrows(Rule.Refused.class, () -> rule.accept(raw));
  }

  @Test
  void acceptsWhatFits() throws Exception {
    assertEquals(
        "Alice@Example.ORG".toLowerCase(java.util.Locale.ROOT),
        Rules.email().accept("Alice@Example.ORG"));
    assertEquals(Long.MIN_VALUE, Rules.integer().accept(Long.MIN_VALUE));
    assertEquals("𝄞", Rules.text(2).accept("𝄞"));
    assertEquals(List.of("a"), Rules.list(Rules.id(), 1).accept(JsonArray.of("a")));
    assertTrue(Ids.valid(Rules.newId().accept("unique()")));
  }

  @Test
  void readsTextOfQueryStrings() throws Exception {
    assertEquals(true, Rules.bool().accept(Rules.bool().fromText("true")));
    assertEquals(25L, Rules.integer().accept(Rules.integer().fromText("25")));
    assertThrows(Rule.Refused.class, () -> Rules.integer().accept(Rules.integer().fromText("NaN")));
    assertThrows(
        Rule.Refused.class, () -> Rules.integer().accept(Rules.integer().fromText("1e400")));
    assertEquals(
        List.of("a"), Rules.list(Rules.id(), 9).accept(Rules.list(Rules.id(), 9).fromText("a")));
  }

  @Test
  void makesIdsThatAreOrderedByTime() {
    var ids = Stream.generate(Ids::unique).limit(10_000).toList();
    assertEquals(10_000, ids.stream().distinct().count());
    assertTrue(ids.stream().allMatch(id -> id.length() == 20 && Ids.valid(id)));
    assertTrue(ids.getFirst().substring(0, 13).compareTo(ids.getLast().substring(0, 13)) <= 0);
  }
}
