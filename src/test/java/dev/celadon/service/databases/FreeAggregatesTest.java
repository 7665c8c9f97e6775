package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Actor;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of free documents, their figures and their logs. */
class FreeAggregatesTest {

  private static final Calls CALLS = new Calls(TestPostgres.fresh(), "p");
  private static final Actor ANN = Calls.user("ann");

  @BeforeAll
  static void fill() {
    CALLS.key("documentsDB.create", "databaseId", "free", "name", "Free");
    key("createCollection", "name", "c", "documentSecurity", true);
    make("a", "any", "{\"at\":{\"city\":\"Rome\"},\"n\":1048576,\"x\":true}");
    make("b", "any", "{\"at\":{\"city\":\"Rome\"},\"n\":1.5,\"x\":2,\"list\":[1,2]}");
    make("c", "any", "{\"at\":{\"city\":\"Oslo\"},\"n\":\"7\",\"x\":\"b\"}");
    make("d", "user:ann", "{\"at\":{\"city\":\"Oslo\"},\"n\":4,\"x\":\"a\",\"list\":[1,2]}");
    make("e", "user:bob", "{\"at\":{\"city\":\"Lima\"},\"n\":100,\"x\":{}}");
    make("f", "any", "{\"n\":null,\"x\":[]}");
  }

  private static JsonObject key(String method, Object... values) {
    return CALLS.key("documentsDB." + method, given(values));
  }

  private static Object[] given(Object... values) {
    var given = new ArrayList<Object>(List.of("databaseId", "free", "collectionId", "c"));
    given.addAll(List.of(values));
    return given.toArray();
  }

  private static void make(String id, String reader, String json) {
    var grants = List.of("read(\"" + reader + "\")");
    var data = new JsonObject(json);
    key("createDocument", "documentId", id, "data", data, "permissions", grants);
  }

  private static String answer(Object... more) {
    return CALLS.fault(ANN, "documentsDB.aggregateDocuments", given(more));
  }

  private static JsonObject one(String method, String attribute) {
    return new JsonObject().put("method", method).put("attribute", attribute);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "count    |         | 5",
        "count    | n       | 4",
        "count    | list.0  | 2",
        "distinct | at.city | 2",
        "distinct | list    | 1",
        "sum      | n       | 1048581.5",
        "sum      | at.city | null",
        "sum      | list.1  | 4",
        "avg      | list.1  | 2",
        "min      | n       | \"7\"",
        "max      | n       | 1048576",
        "min      | x       | \"a\"",
        "max      | x       | true",
        "min      | at      | null",
        "max      | no.such | null",
        "min      | $id     | \"a\"",
      })
  void valuesTakePartThatFit(String method, String attribute, String expected) {
    var asked = one(method, attribute == null ? "" : attribute).put("as", "r");
    assertEquals(
        "{\"total\":1,\"groups\":[{\"r\":" + expected + "}]}",
        answer("aggregates", List.of(asked)));
  }

  @Test
  void pathsMakeGroupsThatAreFilteredOrderedAndPaged() {
    var count = new JsonObject().put("method", "count");
    var least = one("min", "n");
    assertEquals(
        """
        {"total":3,"groups":[{"at.city":"Oslo","count":2,"min_n":"7"},\
        {"at.city":"Rome","count":2,"min_n":1.5},{"at.city":null,"count":1,"min_n":null}]}\
        """,
        answer("aggregates", List.of(count, least), "groupBy", List.of("at.city")));
    assertEquals(
        """
        {"total":2,"groups":[{"at.city":"Rome","sum_n":1048577.5}]}\
        """,
        answer(
            "aggregates", List.of(one("sum", "n")),
            "groupBy", List.of("at.city"),
            "having", List.of(query("isNotNull", "at.city")),
            "queries", List.of(query("orderDesc", "sum_n"), "limit(1)")));
    assertEquals(
        """
        {"total":1,"groups":[{"at.city":"Rome","count":2}]}\
        """,
        answer(
            "aggregates", List.of(count),
            "groupBy", List.of("at.city"),
            "having", List.of(query("equal", "at.city", "Rome", "Lima"))));
    assertEquals(
        """
        {"total":1,"groups":[{"sum_list_1":2}]}\
        """,
        answer(
            "aggregates", List.of(one("sum", "list.1")),
            "queries", List.of(query("equal", "at.city", "Rome"))));
  }

  private static String query(String method, String attribute, Object... values) {
    return one(method, attribute).put("values", new JsonArray(List.of(values))).encode();
  }

  @Test
  void whatNamesNothingIsRefused() {
    for (var bad : List.of("a'b", "a..b", "a\"b", "x".repeat(513))) {
      var type = bad.length() > 512 ? "general_argument_invalid" : "general_query_invalid";
      var sum = one("sum", bad).put("as", "r");
      assertEquals(type, answer("aggregates", List.of(sum)), bad);
      var count = List.of(new JsonObject().put("method", "count"));
      assertEquals(type, answer("aggregates", count, "groupBy", List.of(bad)), bad);
    }
    assertEquals("general_query_invalid", answer("aggregates", List.of(one("sum", "$createdAt"))));
  }

  @Test
  void figuresAndLogsAreOfTheseDocuments() {
    var figures = key("getCollectionUsage");
    assertEquals(6, figures.getInteger("documentsTotal"));
    assertEquals(
        6, CALLS.key("documentsDB.getUsage", "databaseId", "free").getInteger("rowsTotal"));
    assertEquals(1, key("listDocumentLogs", "documentId", "a").getInteger("total"));
    assertEquals(7, key("listCollectionLogs").getInteger("total"));
    assertEquals(8, CALLS.key("documentsDB.listLogs", "databaseId", "free").getInteger("total"));
    assertEquals(
        "user_unauthorized",
        CALLS.fault(ANN, "documentsDB.listDocumentLogs", given("documentId", "a")));
    for (var method : List.of("getUsage", "listLogs")) {
      var other = CALLS.fault(Calls.KEY, "databases." + method, "databaseId", "free");
      assertEquals("database_not_found", other, method);
      var none = CALLS.fault(Calls.KEY, "documentsDB." + method, "databaseId", "default");
      assertEquals("database_not_found", none, method);
    }
  }
}
