package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Table;
import dev.celadon.realtime.Client;
import dev.celadon.realtime.Limits;
import dev.celadon.realtime.Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What subscribers see of rows whose columns not everybody may read. */
class GuardedEventsTest extends Guarded {

  private static final Limits LIMITS =
      new Limits(32, 0, 128, 1 << 20, 10_000, 25_000, 8_000, 60_000);
  private static final List<String> ALL =
      List.of("title", "secret", "state", "made", "n", "hidden");
  private static final List<String> SEEN = List.of("title", "state", "made", "n");

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server = new Server(POSTGRES, LIMITS);
    server.doorman.user("ann", "team:staff");
    server.doorman.user("ben");
    server.doorman.key("k", Scope.ROWS_READ);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private Client subscribed(String who, String... queries) throws Exception {
    var client = server.connect(who.isEmpty() ? "" : "&jwt=" + who);
    client.next("connected");
    var row = Client.row("s", "databases.default.tables." + table + ".rows");
    client.subscribe(row.put("queries", new JsonArray(List.of(queries))));
    client.next("response");
    return client;
  }

  private static JsonObject payload(Client client) throws Exception {
    server.reader.wake();
    return client.nextEvent().getJsonObject("payload");
  }

  @Test
  void eachSeesWhatHeMayRead() throws Exception {
    var ann = subscribed("ann");
    var key = subscribed("k");
    var ben = subscribed("ben");
    var guest = subscribed("");
    var picky = subscribed("ben", query("select", null, "secret", "title"));
    create(Calls.KEY, "r", Map.of("title", "t", "secret", "s"));
    for (var change : List.of("created", "updated", "deleted")) {
      assertEquals(ALL, fields(payload(ann)), change);
      assertEquals(ALL, fields(payload(key)), change);
      assertEquals(SEEN, fields(payload(ben)), change);
      assertEquals(SEEN, fields(payload(guest)), change);
      assertEquals(List.of("title"), fields(payload(picky)), change);
      // A change by who does not see everything is told in full to those who do.
      if (change.equals("created")) as(BEN, "updateRow", "rowId", "r", "data", Map.of("n", 1));
      if (change.equals("updated")) as(BEN, "deleteRow", "rowId", "r");
    }
  }

  @Test
  void aQueryOnWhatIsHiddenIsAsOneOnNothing() throws Exception {
    var equal = subscribed("ben", query("equal", "secret", "s"));
    var missing = subscribed("ben", query("equal", "nothing", "s"));
    var differs = subscribed("ben", query("notEqual", "secret", "s"));
    var isNull = subscribed("ben", query("isNull", "secret"));
    var staff = subscribed("ann", query("equal", "secret", "s"));
    create(Calls.KEY, "r", Map.of("title", "t", "secret", "s"));
    assertEquals(ALL, fields(payload(staff)));
    assertEquals(SEEN, fields(payload(differs)));
    assertEquals(SEEN, fields(payload(isNull)));
    equal.silent();
    missing.silent();
  }

  @Test
  void permissionsHoldAsTheyAreWhenItIsSent() throws Exception {
    var ben = server.connect("&jwt=ben");
    var before = ben.next("connected").getString("seq");
    create(Calls.KEY, "r", Map.of("title", "t", "secret", "s", "state", "x"));
    update("state", SECRET.toArray(String[]::new));
    update("secret", "read(\"users\")");
    assertEquals(List.of("title", "secret", "made", "n"), fields(replayed(before)));
    update("state");
    update("secret");
    key(
        "updateIntegerColumn",
        "key",
        "hidden",
        "required",
        false,
        "default",
        null,
        "permissions",
        null);
    key(
        "updateStringColumn",
        "key",
        "made",
        "required",
        false,
        "default",
        null,
        "permissions",
        null);
    assertEquals(ALL, fields(replayed(before)), "nothing is hidden any more");
  }

  @Test
  void aNewNameUncoversNothing() throws Exception {
    var ben = server.connect("&jwt=ben");
    var before = ben.next("connected").getString("seq");
    create(Calls.KEY, "r", Map.of("title", "t", "secret", "s", "state", "x"));
    rename("secret", "hush");
    rename("state", "secret");
    column("state");
    // The event has "secret" under a name that is now another column's, which everybody reads.
    assertEquals(List.of("title", "made", "n"), fields(replayed(before)));
    var live = subscribed("ben");
    as(BEN, "updateRow", "rowId", "r", "data", Map.of("n", 2));
    var payload = payload(live);
    assertEquals("x", payload.getString("secret"));
    assertNull(payload.getValue("hush"));
  }

  @Test
  void aTablesNewNameUncoversNothing() throws Exception {
    var ben = server.connect("&jwt=ben");
    var before = ben.next("connected").getString("seq");
    create(Calls.KEY, "r", Map.of("title", "t", "secret", "s"));
    var old = table;
    var place = new Table.Place("p", "default", old);
    var gone = CALLS.change("tablesDB.deleteTable");
    var made = CALLS.change("tablesDB.createTable");
    CALLS.documents.tables().rename(gone, made, place, old + "new");
    // The event speaks of a table that is not there any more.
    replay(before).silent();
    CALLS.key(
        "tablesDB.createTable",
        "tableId",
        old,
        "name",
        "t",
        "permissions",
        List.of("read(\"any\")"));
    column("secret");
    // Nor of one that has its name now.
    replay(before).silent();
    CALLS.key("tablesDB.updateTable", "tableId", old, "name", "u");
    assertEquals(List.of(), fields(replayed(before)));
    table = old + "new";
    var live = subscribed("ben");
    as(BEN, "updateRow", "rowId", "r", "data", Map.of("n", 2));
    assertEquals(SEEN, fields(payload(live)));
  }

  @Test
  void aTransactionsEventsAreNoOther() throws Exception {
    var ann = subscribed("ann");
    var ben = subscribed("ben");
    var transaction = CALLS.as(BEN, "tablesDB.createTransaction").getString("$id");
    as(BEN, "createRow", "rowId", "r", "data", Map.of("n", 1), "transactionId", transaction);
    ben.silent();
    CALLS.as(BEN, "tablesDB.updateTransaction", "transactionId", transaction, "commit", true);
    assertEquals(ALL, fields(payload(ann)));
    assertEquals(SEEN, fields(payload(ben)));
  }

  private JsonObject replayed(String since) throws Exception {
    return replay(since).nextEvent().getJsonObject("payload");
  }

  private Client replay(String since) throws Exception {
    var channel = "databases.default.tables." + table + ".rows";
    var client = server.connect("&jwt=ben&channels[]=" + channel + "&since=" + since);
    client.next("connected");
    return client;
  }

  private void update(String key, String... permissions) {
    key(
        "updateStringColumn",
        "key",
        key,
        "required",
        false,
        "default",
        null,
        "permissions",
        permissions);
  }

  private void rename(String key, String newKey) {
    key("updateStringColumn", "key", key, "required", false, "default", null, "newKey", newKey);
  }
}
