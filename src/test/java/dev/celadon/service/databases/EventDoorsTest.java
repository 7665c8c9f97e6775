package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Actor;
import dev.celadon.api.Scope;
import dev.celadon.realtime.Client;
import dev.celadon.realtime.Limits;
import dev.celadon.realtime.Server;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Every kind of caller as a subscriber, live and coming back, to tables, rows and columns with
 * grants drawn by lot: events come of what may be read, and show of it what may be.
 */
class EventDoorsTest {

  private static final int TABLES = 12;
  private static final String END = "end";
  private static final Limits LIMITS =
      new Limits(1_000, 0, 512, 1 << 20, 10_000, 25_000, 8_000, 60_000);

  private final Map<String, Client> live = new LinkedHashMap<>();
  private final Map<String, Client> asking = new LinkedHashMap<>();
  private final List<String> wanted = new ArrayList<>();
  private String since = "";

  @Test
  void eventsComeAsTheRulesSay() throws Exception {
    var lot = new Random(31);
    var tables = new ArrayList<Granted>();
    for (int t = 0; t < TABLES; t++) tables.add(new Granted(lot));
    Granted.CALLS.key(
        "tablesDB.createTable",
        "tableId",
        END,
        "name",
        "n",
        "permissions",
        List.of("read(\"any\")"));
    try (var server = new Server(Granted.POSTGRES, LIMITS)) {
      server.doorman.user("u1");
      server.doorman.user("u2", "team:t1");
      server.doorman.user("u3", "team:t1", "team:t1/owner");
      server.doorman.key("key", Scope.ROWS_READ);
      for (var who : Granted.ACTORS.keySet()) {
        live.put(who, subscribed(server, who, tables, ""));
        asking.put(who, subscribed(server, who, tables, Related.query("lessThan", "s", 2)));
      }
      for (var table : tables) change(table);
      Granted.CALLS.key("tablesDB.createRow", "tableId", END, "rowId", END, "data", Map.of());
      server.reader.wake();
      for (var each : Granted.ACTORS.entrySet()) {
        check(tables, each.getValue(), received(live.get(each.getKey()), 5_000), "live");
        // The end has no column to be asked for, but has come to the others.
        asked(tables, each.getValue(), received(asking.get(each.getKey()), 200));
        check(
            tables,
            each.getValue(),
            received(back(server, each.getKey(), tables), 5_000),
            "replayed");
      }
    }
    int each = TABLES * Granted.ACTORS.size() * Granted.ROWS;
    assertEquals(
        Map.of("live", each * 2, "replayed", each * 2, "asked", each), Granted.cases("realtime"));
  }

  private Client subscribed(Server server, String who, List<Granted> tables, String query)
      throws Exception {
    var client = server.connect(who.equals("guest") ? "" : "&jwt=" + who);
    var seq = client.next("connected").getString("seq");
    if (since.isEmpty()) since = seq;
    client.subscribe(subscription(tables, query));
    client.next("response");
    return client;
  }

  private Client back(Server server, String who, List<Granted> tables) throws Exception {
    var client = server.connect(who.equals("guest") ? "" : "&jwt=" + who);
    client.next("connected");
    client.subscribe(subscription(tables, "").put("since", since));
    client.next("response");
    return client;
  }

  private static JsonObject subscription(List<Granted> tables, String query) {
    var channels = new ArrayList<String>();
    for (var table : tables) channels.add("databases.default.tables." + table.id + ".rows");
    channels.add("databases.default.tables." + END + ".rows");
    var row = Client.row("s", channels.toArray(String[]::new));
    if (!query.isEmpty()) row.put("queries", new JsonArray(List.of(query)));
    return row;
  }

  /** Each row is changed twice, by a key. */
  private void change(Granted table) {
    for (var row : table.rows()) {
      for (var name : List.of("updateRow", "upsertRow")) {
        var said = table.said(Calls.KEY, name, "rowId", row, "data", Map.of("u", row + name));
        assertEquals("ok", Granted.type(said));
        wanted.add(table.id + "/" + row);
      }
    }
  }

  /** What came before the end, or before nothing more did: {@code table/row fields}. */
  private static List<JsonObject> received(Client client, int waitMs) throws Exception {
    var rows = new ArrayList<JsonObject>();
    while (true) {
      var frame = client.frames.poll(waitMs, TimeUnit.MILLISECONDS);
      if (frame == null) return rows;
      var payload = frame.getJsonObject("data").getJsonObject("payload");
      if (payload.getString("$id").equals(END)) return rows;
      rows.add(payload);
    }
  }

  private void check(List<Granted> tables, Actor actor, List<JsonObject> came, String door) {
    var names = new ArrayList<String>();
    for (var payload : came) {
      names.add(payload.getString("$tableId") + "/" + payload.getString("$id"));
    }
    var rules = new ArrayList<String>();
    for (var table : tables) {
      for (var each : wanted) {
        var row = each.substring(each.indexOf('/') + 1);
        if (!each.startsWith(table.id + "/")) continue;
        if (table.may(actor, row, "read")) rules.add(each);
        Granted.count(door);
      }
      for (var payload : came) {
        if (!payload.getString("$tableId").equals(table.id)) continue;
        assertEquals(table.fields(actor), Guarded.fields(payload), table + " for " + actor);
      }
    }
    assertEquals(rules, names, door + " for " + actor);
  }

  /** A query on a column that is hidden finds what one finds on a column that is not there. */
  private static void asked(List<Granted> tables, Actor actor, List<JsonObject> came) {
    for (var table : tables) {
      for (var row : table.rows()) {
        boolean low = row.equals("r0") || row.equals("r1");
        boolean found = table.may(actor, row, "read") && table.reads(actor) && low;
        long events =
            came.stream()
                .filter(payload -> payload.getString("$tableId").equals(table.id))
                .filter(payload -> payload.getString("$id").equals(row))
                .count();
        assertEquals(found ? 2 : 0, events, table + " " + row + " for " + actor);
        Granted.count("asked");
      }
    }
  }
}
