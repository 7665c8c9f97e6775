package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Actor;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of rows and what is made of them: exact, and only of what the caller may read. */
class AggregatesTest {

  private static final Calls CALLS = new Calls(TestPostgres.fresh(), "p");
  private static final Actor ANN = Calls.user("ann");

  @BeforeAll
  static void fill() {
    CALLS.key("tablesDB.createTable", "tableId", "t", "name", "t", "rowSecurity", true);
    for (var key : List.of("shop", "note")) {
      var size = Map.of("tableId", "t", "key", key, "size", 20, "required", false);
      CALLS.as(Calls.KEY, "tablesDB.createStringColumn", new java.util.HashMap<>(size));
    }
    CALLS.key("tablesDB.createIntegerColumn", "tableId", "t", "key", "n", "required", false);
    CALLS.key("tablesDB.createFloatColumn", "tableId", "t", "key", "price", "required", false);
    CALLS.key("tablesDB.createBooleanColumn", "tableId", "t", "key", "paid", "required", false);
    CALLS.key("tablesDB.createDatetimeColumn", "tableId", "t", "key", "at", "required", false);
    CALLS.key(
        "tablesDB.createIntegerColumn",
        "tableId",
        "t",
        "key",
        "list",
        "required",
        false,
        "array",
        true);
    row("a", "read(\"any\")", "north", Long.MAX_VALUE, 1.5, true, "2026-01-01T00:00:00.000+00:00");
    row("b", "read(\"any\")", "north", 1L, 2.5, false, "2026-01-03T00:00:00.000+00:00");
    row("c", "read(\"any\")", "south", 5L, null, true, null);
    row("d", "read(\"user:ann\")", "south", 6L, 10.0, true, null);
    row("e", "read(\"user:bob\")", "west", 7L, 100.0, false, null);
    row("f", "read(\"any\")", null, null, null, null, null);
  }

  private static void row(
      String id, String reads, String shop, Long n, Double price, Boolean paid, String at) {
    var data = new JsonObject().put("shop", shop).put("n", n).put("price", price);
    data.put("paid", paid).put("at", at);
    CALLS.key(
        "tablesDB.createRow",
        "tableId",
        "t",
        "rowId",
        id,
        "data",
        data,
        "permissions",
        List.of(reads));
  }

  private static JsonObject one(String method, String attribute) {
    return new JsonObject().put("method", method).put("attribute", attribute).put("as", "x");
  }

  private static String answer(Actor actor, Object... more) {
    var all = new Object[more.length + 2];
    all[0] = "tableId";
    all[1] = "t";
    System.arraycopy(more, 0, all, 2, more.length);
    return CALLS.fault(actor, "tablesDB.aggregateRows", all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "count    |       | 5",
        "count    | price | 3",
        "distinct | shop  | 2",
        "sum      | n     | 9223372036854775819",
        "sum      | price | 14.0",
        "avg      | price | 4.666666666666667",
        "min      | n     | 1",
        "max      | price | 10",
        "min      | shop  | \"north\"",
        "max      | at    | \"2026-01-03T00:00:00.000+00:00\"",
        "min      | paid  | false",
        "max      | paid  | true",
        "count    | list  | 0",
      })
  void everyMethodCountsWhatTheCallerMayRead(String method, String attribute, String expected) {
    var asked = one(method, attribute == null ? "" : attribute);
    var found = answer(ANN, "aggregates", List.of(asked));
    var value = found.replaceFirst(".*\"x\":", "").replaceFirst("}]}$", "");
    if (expected.matches("[\\d.]+")) {
      assertEquals(
          0, new java.math.BigDecimal(expected).compareTo(new java.math.BigDecimal(value)));
    } else {
      assertEquals(expected, value);
    }
    assertEquals(1, new JsonObject(found).getLong("total"));
  }

  @Test
  void groupsAreCountedFilteredOrderedAndPaged() {
    var count = new JsonObject().put("method", "count");
    var sum = one("sum", "price");
    var by = List.of("shop");
    assertEquals(
        """
        {"total":3,"groups":[{"shop":"north","count":2},{"shop":"south","count":2},\
        {"shop":null,"count":1}]}\
        """,
        answer(ANN, "aggregates", List.of(count), "groupBy", by));
    assertEquals(
        """
        {"total":2,"groups":[{"shop":"south","x":10}]}\
        """,
        answer(
            ANN,
            "aggregates",
            List.of(sum),
            "groupBy",
            by,
            "having",
            List.of("greaterThan(\"x\", [3])"),
            "queries",
            List.of("orderDesc(\"x\")", "limit(1)")));
    assertEquals(
        """
        {"total":1,"groups":[{"shop":"south","paid":true,"count":2}]}\
        """,
        answer(
            ANN,
            "aggregates",
            List.of(count),
            "groupBy",
            List.of("shop", "paid"),
            "queries",
            List.of("greaterThan(\"n\", [4])", "equal(\"shop\", [\"south\"])")));
    assertEquals(
        "{\"total\":0,\"groups\":[]}",
        answer(
            ANN,
            "aggregates",
            List.of(count),
            "groupBy",
            by,
            "queries",
            List.of("equal(\"$id\", [\"e\"])")),
        "a row that may not be read makes no group");
  }

  @ParameterizedTest
  @CsvSource({
    "sum, shop",
    "avg, at",
    "max, list",
    "sum, nothing",
    "distinct, _read",
    "max, $permissions"
  })
  void whatCannotBeMadeIsRefused(String method, String attribute) {
    assertEquals(
        "general_query_invalid", answer(ANN, "aggregates", List.of(one(method, attribute))));
  }

  @Test
  void badCallsAreRefused() {
    var count = List.of(new JsonObject().put("method", "count"));
    var invalid = "general_query_invalid";
    assertEquals(invalid, answer(ANN, "aggregates", List.of()));
    assertEquals(invalid, answer(ANN, "aggregates", List.of(count.getFirst(), count.getFirst())));
    assertEquals(invalid, answer(ANN, "aggregates", count, "groupBy", List.of("list")));
    assertEquals(invalid, answer(ANN, "aggregates", count, "groupBy", List.of("shop", "shop")));
    assertEquals(invalid, answer(ANN, "aggregates", count, "groupBy", List.of("a\"b")));
    assertEquals(invalid, answer(ANN, "aggregates", count, "having", List.of("limit(1)")));
    assertEquals(
        invalid, answer(ANN, "aggregates", count, "having", List.of("equal(\"shop\", [\"x\"])")));
    assertEquals(
        invalid, answer(ANN, "aggregates", count, "queries", List.of("cursorAfter(\"a\")")));
    assertEquals(
        invalid, answer(ANN, "aggregates", count, "queries", List.of("select([\"shop\"])")));
  }

  @Test
  void whoMayReadNothingOfATableIsRefusedAsInAList() {
    CALLS.key("tablesDB.createTable", "tableId", "shut", "name", "shut");
    var count = List.of(new JsonObject().put("method", "count"));
    assertEquals(
        CALLS.fault(Calls.GUEST, "tablesDB.listRows", "tableId", "shut"),
        CALLS.fault(Calls.GUEST, "tablesDB.aggregateRows", "tableId", "shut", "aggregates", count));
  }
}
