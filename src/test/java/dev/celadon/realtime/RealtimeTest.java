package dev.celadon.realtime;

import static dev.celadon.event.TestLog.row;
import static dev.celadon.event.TestLog.write;
import static dev.celadon.realtime.Client.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Scope;
import dev.celadon.store.Db;
import dev.celadon.store.TestPostgres;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RealtimeTest {

  private static final String ROWS = "databases.main.tables.posts.rows";
  private static final Limits LIMITS =
      new Limits(32, 0, 128, 1 << 20, 10_000, 25_000, 8_000, 60_000);

  private Server server;
  private Db db;

  @BeforeEach
  void start() throws Exception {
    server = new Server(TestPostgres.fresh(), LIMITS);
    db = server.postgres.point();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void append(String id, String... readers) {
    row(db, "p", id, readers);
    server.reader.wake();
  }

  @Test
  void aSubscriptionInTheUrlGetsTheEvent() throws Exception {
    var client = server.connect("&channels[]=" + ROWS);
    var connected = client.next("connected");
    assertEquals(new JsonArray().add(ROWS), connected.getJsonArray("channels"));
    assertNull(connected.getValue("user"));
    var id = connected.getJsonObject("subscriptions").getString("0");
    assertNotNull(id);
    append("42", "any");
    var event = client.nextEvent();
    assertEquals(new JsonArray().add(id), event.getJsonArray("subscriptions"));
    assertEquals("databases.main.tables.posts.rows.update", event.getString("event"));
    assertTrue(event.getJsonArray("events").contains("databases.*.tables.*.rows.*.update"));
    assertTrue(event.getJsonArray("channels").contains(ROWS));
    assertEquals("42", event.getJsonObject("payload").getString("$id"));
    assertTrue(event.getString("timestamp").endsWith("+00:00"));
    assertFalse(event.getString("seq").isEmpty());
    assertFalse(event.getString("id").isEmpty());
    client.silent();
  }

  @Test
  void slotsOfTheUrlHaveTheirOwnQueries() throws Exception {
    var one = query("{\"method\":\"equal\",\"attribute\":\"n\",\"values\":[1]}");
    var two = query("{\"method\":\"equal\",\"attribute\":\"n\",\"values\":[2]}");
    var client = server.connect("&channels[]=rows&rows[0][]=" + one + "&rows[1][]=" + two);
    var slots = client.next("connected").getJsonObject("subscriptions");
    assertEquals(2, slots.size());
    append("42", "any");
    assertEquals(
        new JsonArray().add(slots.getString("0")),
        client.nextEvent().getJsonArray("subscriptions"));
  }

  @Test
  void framesSubscribeReplaceAndUnsubscribe() throws Exception {
    var client = server.connect("");
    var connected = client.next("connected");
    assertEquals(new JsonArray(), connected.getJsonArray("channels"));
    assertEquals(new JsonObject(), connected.getJsonObject("subscriptions"));
    var filter = "{\"method\":\"equal\",\"attribute\":\"n\",\"values\":[1]}";
    client.subscribe(
        row("a", "rows").put("queries", new JsonArray().add(filter)),
        row("b", "documents.update"),
        row("c", ROWS + ".7"));
    var response = client.next("response");
    assertEquals("subscribe", response.getString("to"));
    assertEquals(true, response.getBoolean("success"));
    var first = response.getJsonArray("subscriptions").getJsonObject(0);
    assertEquals("a", first.getString("subscriptionId"));
    assertEquals(new JsonArray().add("rows"), first.getJsonArray("channels"));
    assertEquals(new JsonArray().add(filter), first.getJsonArray("queries"));
    append("42", "any");
    var event = client.nextEvent();
    assertEquals(new JsonArray().add("a").add("b"), event.getJsonArray("subscriptions"));
    client.subscribe(row("a", "teams"));
    client.next("response");
    client.say("unsubscribe", new JsonArray().add(row("b")).add(row("x")));
    var gone = client.next("response").getJsonArray("subscriptions");
    assertEquals(true, gone.getJsonObject(0).getBoolean("removed"));
    assertEquals(false, gone.getJsonObject(1).getBoolean("removed"));
    append("43", "any");
    client.silent();
    append("7", "any");
    assertEquals(new JsonArray().add("c"), client.nextEvent().getJsonArray("subscriptions"));
  }

  @Test
  void onlyWhoMayReadIsTold() throws Exception {
    server.doorman.user("ann");
    server.doorman.user("bob");
    server.doorman.key("rowkey", Scope.ROWS_READ);
    server.doorman.key("teamkey", Scope.TEAMS_READ);
    var ann = client("ann");
    var bob = client("bob");
    var guest = server.connect("&channels[]=rows&channels[]=account.ann");
    guest.next("connected");
    var key = client("rowkey");
    var wrong = client("teamkey");
    append("private", "user:ann");
    write(db, "p", "users.[userId].update.name", List.of("ann"), "user:ann");
    append("public", "any");
    assertEquals(List.of("private", "ann", "public"), ann.events(3));
    assertEquals(List.of("public"), bob.events(1));
    assertEquals(List.of("public"), guest.events(1));
    assertEquals(List.of("private", "public"), key.events(2));
    for (var client : List.of(ann, bob, guest, key, wrong)) client.silent();
  }

  private Client client(String session) throws Exception {
    var client = server.connect("&channels[]=rows&channels[]=account&jwt=" + session);
    client.next("connected");
    return client;
  }

  @Test
  void aFrameSignsIn() throws Exception {
    server.doorman.user("ann");
    var client = server.connect("&channels[]=account");
    assertNull(client.next("connected").getValue("user"));
    client.say("authentication", new JsonObject().put("session", "nobody"));
    assertEquals(1003, client.next("error").getInteger("code"));
    client.say("authentication", new JsonObject().put("session", "ann"));
    var response = client.next("response");
    assertEquals("authentication", response.getString("to"));
    assertEquals("ann", response.getJsonObject("user").getString("$id"));
    write(db, "p", "users.[userId].update.name", List.of("ann"), "user:ann");
    assertEquals(List.of("ann"), client.events(1));
  }

  @Test
  void aCookieSignsIn() throws Exception {
    server.doorman.user("ann");
    var options = new WebSocketConnectOptions().setAllowOriginHeader(false);
    options.putHeader("Cookie", "a_session_p=ann");
    var client = server.connect("&channels[]=account", options);
    var connected = client.next("connected");
    assertEquals("ann", connected.getJsonObject("user").getString("$id"));
    assertEquals(new JsonArray().add("account.ann"), connected.getJsonArray("channels"));
  }

  @Test
  void aForeignOriginAndAnUnknownProjectAreRefused() throws Exception {
    var options = new WebSocketConnectOptions();
    var client = server.connect("", options);
    assertEquals(1008, client.next("error").getInteger("code"));
    assertEquals(1008, client.closeCode());
    var lost = server.connect("x");
    assertEquals(1008, lost.next("error").getInteger("code"));
    assertEquals(1008, lost.closeCode());
    server.doorman.away = true;
    assertEquals(1013, server.connect("").closeCode());
  }

  @Test
  void aRevokedSessionHearsNothingMore() throws Exception {
    server.doorman.user("ann");
    var client = client("ann");
    server.doorman.revoke("ann");
    var template = "users.[userId].sessions.[sessionId].delete";
    db.run("SELECT 1");
    write(db, "p", template, List.of("ann", "s"), "user:ann");
    append("42", "any");
    assertEquals(1008, client.next("error").getInteger("code"));
    assertEquals(1008, client.closeCode());
    assertTrue(client.frames.isEmpty());
  }

  @Test
  void aLostRoleCountsAtOnceAndAGainedOneToo() throws Exception {
    server.doorman.user("ann", "team:t");
    var client = client("ann");
    append("1", "team:t");
    assertEquals(List.of("1"), client.events(1));
    server.doorman.user("ann", "team:u");
    db.one(
        row -> 1,
        dev.celadon.event.EventLog.INSERT
            + " VALUES ('p', 'teams.[teamId].memberships.[membershipId].delete', $1, 0, $2, '', '',"
            + " '', '', '{\"userId\":\"ann\"}') RETURNING 1",
        new String[] {"t", "m"},
        new String[0]);
    append("2", "team:t");
    append("3", "team:u");
    assertEquals(List.of("3"), client.events(1));
    client.silent();
  }

  @Test
  void resumesWithoutGapOrDuplicate() throws Exception {
    var client = server.connect("&channels[]=rows");
    var start = client.next("connected").getString("seq");
    append("1", "any");
    var seq = client.nextEvent().getString("seq");
    client.socket.close();
    for (int i = 2; i <= 130; i++) row(db, "p", "" + i, i % 2 == 0 ? "any" : "user:x");
    var resumed = server.connect("");
    resumed.next("connected");
    resumed.subscribe(row("a", "rows").put("since", seq));
    var writing =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 131; i <= 160; i++) append("" + i, "any");
                });
    resumed.next("response");
    var expected = new java.util.ArrayList<String>();
    for (int i = 2; i <= 130; i += 2) expected.add("" + i);
    for (int i = 131; i <= 160; i++) expected.add("" + i);
    assertEquals(expected, resumed.events(expected.size()));
    writing.join();
    resumed.silent();
    var fromStart = server.connect("&channels[]=rows&since=" + start);
    fromStart.next("connected");
    assertEquals("1", fromStart.nextEvent().getJsonObject("payload").getString("$id"));
  }

  @Test
  void foreignTokensAreAnsweredByAGapAndThenItGoesOn() throws Exception {
    var client = server.connect("");
    client.next("connected");
    int n = 0;
    for (var token : List.of("nonsense", "ffffffffffff-5.5", "'; DROP TABLE x", "123")) {
      client.subscribe(row("s" + n++, "rows").put("since", token));
      client.next("response");
      client.next("gap");
    }
    append("1", "any");
    assertEquals(4, client.nextEvent().getJsonArray("subscriptions").size());
  }

  @Test
  void aReplayShowsNothingThatHasBeenClosedSince() throws Exception {
    server.doorman.user("ann");
    var client = client("ann");
    append("0", "any");
    var seq = client.nextEvent().getString("seq");
    client.socket.close();
    append("42", "any");
    append("43", "any");
    append("42", "user:bob");
    var resumed = server.connect("&jwt=ann&channels[]=rows&since=" + seq);
    resumed.next("connected");
    assertEquals(List.of("43"), resumed.events(1));
    resumed.silent();
  }

  @Test
  void aReplayAsksTheTableAsItIsNow() throws Exception {
    server.doorman.user("ann");
    var client = client("ann");
    append("0", "any");
    var seq = client.nextEvent().getString("seq");
    client.socket.close();
    append("42", "any");
    table("closed", new JsonObject().put("$permissions", new JsonArray()));
    write(
        db,
        "p",
        "databases.[databaseId].tables.[tableId].rows.[rowId].update",
        List.of("main", "open", "1"),
        "any");
    table("posts", new JsonObject().put("$permissions", new JsonArray()));
    append("43", "any");
    var resumed = server.connect("&jwt=ann&channels[]=rows&since=" + seq);
    resumed.next("connected");
    assertEquals(List.of("1", "43"), resumed.events(2), "43 was written by the new rules");
    resumed.silent();
  }

  private void table(String id, JsonObject payload) {
    db.one(
        row -> 1,
        dev.celadon.event.EventLog.INSERT
            + " VALUES ('p', 'databases.[databaseId].tables.[tableId].update', $1, 0, '{}', '', '',"
            + " '', '', $2) RETURNING 1",
        new String[] {"main", id},
        payload);
  }

  @Test
  void aSelectionTrimsRowsAndNothingElse() throws Exception {
    var client = server.connect("");
    client.next("connected");
    client.subscribe(
        selecting("n", "n"), selecting("m", "m"), selecting("all", "m", "*"), row("whole", "rows"));
    client.next("response");
    append("42", "any");
    var seen = new java.util.HashMap<Object, JsonObject>();
    var places = new java.util.ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      var event = client.nextEvent();
      seen.put(event.getJsonArray("subscriptions").getList(), event.getJsonObject("payload"));
      places.add(event.getString("seq"));
    }
    var whole = new JsonObject().put("$id", "42").put("n", 1);
    assertEquals(whole, seen.get(List.of("n")));
    assertEquals(new JsonObject().put("$id", "42"), seen.get(List.of("m")));
    assertEquals(whole, seen.get(List.of("all", "whole")));
    assertNull(places.get(0), "who resumes before the last form gets every form again");
    assertNull(places.get(1));
    assertNotNull(places.get(2));
    client.say("unsubscribe", new JsonArray().add(row("all")).add(row("whole")).add(row("n")));
    client.next("response");
    write(db, "p", "teams.[teamId].update", List.of("t"), "any");
    append("43", "any");
    assertEquals(1, client.nextEvent().getJsonObject("payload").getInteger("n"), "a team is whole");
    assertEquals(Set.of("$id"), client.nextEvent().getJsonObject("payload").fieldNames());
    client.silent();
    var resumed = server.connect("");
    resumed.next("connected");
    resumed.subscribe(selecting("m", "m").put("since", places.get(2)));
    resumed.next("response");
    assertEquals("t", resumed.nextEvent().getJsonObject("payload").getString("$id"));
    assertEquals(Set.of("$id"), resumed.nextEvent().getJsonObject("payload").fieldNames());
  }

  private static JsonObject selecting(String id, String... names) {
    var select =
        new JsonObject().put("method", "select").put("values", new JsonArray(List.of(names)));
    return row(id, "rows", "teams").put("queries", new JsonArray().add(select.encode()));
  }

  @Test
  void badMessagesAreAnswered() throws Exception {
    var client = server.connect("");
    client.next("connected");
    for (var text :
        List.of(
            "",
            "x",
            "[]",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"what\"}",
            "null",
            "{\"type\":\"subscribe\"}",
            "{\"type\":\"subscribe\",\"data\":[{}]}",
            "{\"type\":\"subscribe\",\"data\":[{\"channels\":[7]}]}",
            "{\"type\":\"subscribe\",\"data\":[{\"channels\":[\"rows\"],\"queries\":[\"x(\"]}]}",
            "{\"type\":\"subscribe\",\"data\":[{\"channels\":[\"rows\"],"
                + "\"queries\":[\"{\\\"method\\\":\\\"search\\\"}\"]}]}",
            "{\"type\":\"authentication\",\"data\":{}}",
            "{\"type\":\"unsubscribe\",\"data\":7}",
            "{\"type\":\"presence\",\"data\":{\"status\":\"on\"}}",
            "[".repeat(20_000))) {
      client.socket.writeTextMessage(text);
      assertEquals(1003, client.next("error").getInteger("code"), text);
    }
    client.socket.writeBinaryMessage(Buffer.buffer("x"));
    assertEquals(1003, client.next("error").getInteger("code"));
    client.socket.writeTextMessage("{\"type\":\"ping\"}");
    assertEquals("pong", client.frames.take().getString("type"));
    for (int i = 0; i < 14; i++) client.socket.writeTextMessage("{\"type\":\"ping\"}");
    for (int i = 0; i < 14; i++) assertEquals("pong", client.frames.take().getString("type"));
    client.socket.writeTextMessage("{\"type\":\"ping\"}");
    assertEquals(1013, client.next("error").getInteger("code"));
    assertFalse(client.closed.isDone());
  }

  @Test
  void brokenAndOversizedMessagesEndTheSocket() throws Exception {
    var broken = server.connect("");
    broken.next("connected");
    broken.socket.writeFrame(
        new io.vertx.core.http.impl.ws.WebSocketFrameImpl(
            io.vertx.core.http.WebSocketFrameType.TEXT,
            io.netty.buffer.Unpooled.wrappedBuffer(new byte[] {(byte) 0xc3, 0x28}),
            true));
    assertEquals(1007, broken.closeCode());
    var endless = server.connect("");
    endless.next("connected");
    endless.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(40_000), false));
    endless.socket.writeFrame(
        WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(40_000)), false));
    assertEquals(1009, endless.closeCode());
  }

  @Test
  void tooManyChannelsAreRefused() throws Exception {
    var client = server.connect("");
    client.next("connected");
    var channels = new JsonArray();
    for (int i = 0; i < 129; i++) channels.add("rows." + i);
    client.say("subscribe", new JsonArray().add(new JsonObject().put("channels", channels)));
    assertEquals(1008, client.next("error").getInteger("code"));
    assertEquals(1008, client.closeCode());
  }

  @Test
  void aRowThatCannotBeReadDoesNotStopTheOthers() throws Exception {
    var client = server.connect("&channels[]=rows");
    client.next("connected");
    write(
        db,
        "p",
        "databases.[databaseId].tables.[tableId].rows.[rowId].update",
        List.of("only", "two"),
        "any");
    append("42", "any");
    assertEquals(List.of("42"), client.events(1));
  }

  private static String query(String json) {
    return URLEncoder.encode(json, StandardCharsets.UTF_8);
  }
}
