package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What relationships drag along is a part of what is staged. */
class StagedLinksTest {

  private static String begin() {
    return Related.CALLS.key("tablesDB.createTransaction").getString("$id");
  }

  private static String call(String name, String table, String row, Object... more) {
    var values = new java.util.ArrayList<Object>(List.of("tableId", table, "rowId", row));
    values.addAll(List.of(more));
    return Related.CALLS.fault(Calls.KEY, "tablesDB." + name, values.toArray());
  }

  private static String commit(String id) {
    var answer =
        Related.CALLS.fault(
            Calls.KEY, "tablesDB.updateTransaction", "transactionId", id, "commit", true);
    return answer.startsWith("{") ? new JsonObject(answer).getString("status") : answer;
  }

  @Test
  void childrenAreStagedWithTheirParent() {
    var here = Related.table();
    var there = Related.table();
    Related.relate(here, there, "oneToMany", "cascade");
    var id = begin();
    var data = Map.of("s", "parent", "there", List.of(Map.of("$id", "kid", "s", "child")));
    assertTrue(call("createRow", here, "p", "data", data, "transactionId", id).startsWith("{"));
    assertEquals("row_not_found", call("getRow", there, "kid"));
    var inside = call("getRow", there, "kid", "transactionId", id);
    assertEquals("child", new JsonObject(inside).getString("s"));
    assertEquals("committed", commit(id));
    assertEquals("child", new JsonObject(call("getRow", there, "kid")).getString("s"));
  }

  @Test
  void aChildThatOthersChangedIsAConflict() {
    var here = Related.table();
    var there = Related.table();
    Related.relate(here, there, "oneToMany", "cascade");
    var data = Map.of("s", "parent", "there", List.of(Map.of("$id", "kid", "s", "child")));
    call("createRow", here, "p", "data", data);
    var id = begin();
    assertEquals("{}", call("deleteRow", here, "p", "transactionId", id));
    assertEquals("row_not_found", call("getRow", there, "kid", "transactionId", id));
    call("updateRow", there, "kid", "data", Map.of("s", "other"));
    assertEquals("transaction_conflict", commit(id));
    assertEquals("other", new JsonObject(call("getRow", there, "kid")).getString("s"));
    assertTrue(call("getRow", here, "p").startsWith("{"));
  }
}
