package dev.celadon.crash;

import dev.celadon.bench.Api;
import dev.celadon.bench.Fixture;
import dev.celadon.bench.Node;
import dev.celadon.crash.Ledger.Fate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A client that writes several rows as one: in one call, through the first of them, or as a
 * transaction of calls. Of each group all rows must be there, or none.
 */
final class GroupWriter implements Runnable {

  private static final int RETRY_MS = 40;
  private static final int TRIES = 1_000;

  /** Longer than a crash keeps it waiting; what nobody knows of is gone soon after. */
  private static final int TTL_S = 120;

  private static final JsonObject ROLLBACK = Fixture.json("rollback", true);

  /** The column by which rows of the table are linked to others of it. */
  static final String LINKS = "others";

  private static final String TRANSACTIONS = "/tablesdb/transactions";
  private static final Pattern MEMBER = Pattern.compile("(.+)\\.\\dof(\\d)");
  private static final Set<Integer> UNDECIDED = Set.of(0, 408, 429);

  private final Api api;
  private final String path;
  private final String name;
  private final Ledger ledger;
  private final Random random;
  private final Run.Signals signals;
  private long value;

  /**
   * @param api of a key, which may write many rows at once
   * @param name the beginning of the ids of its rows
   */
  GroupWriter(
      Api api, String table, String name, Ledger ledger, Random random, Run.Signals signals) {
    this.api = api;
    this.path = Fixture.path(table);
    this.name = name;
    this.ledger = ledger;
    this.random = random;
    this.signals = signals;
  }

  /** Groups of which only a part is among {@code rows}. */
  static List<String> torn(Collection<String> rows) {
    Map<String, Integer> missing = new HashMap<>();
    for (var row : rows) {
      var member = MEMBER.matcher(row);
      if (!member.matches()) continue;
      missing.merge(member.group(1), Integer.parseInt(member.group(2)) - 1, (left, m) -> left - 1);
    }
    var torn = new ArrayList<String>();
    missing.forEach(
        (group, left) -> {
          if (left != 0) torn.add(group + " lacks " + left);
        });
    return torn;
  }

  @Override
  public void run() {
    try (ledger) {
      for (int n = 0; signals.goOn().getAsBoolean(); n++) {
        var rows = group(name + "-" + n, random.nextInt(2, 9));
        for (var row : rows) ledger.write(Fate.INVOKE, id(row), likes(row));
        boolean done =
            switch (random.nextInt(4)) {
              case 0 -> atOnce(rows);
              case 1 -> through(rows);
              default -> staged(rows);
            };
        if (done) {
          for (var row : rows) ledger.write(Fate.OK, id(row), likes(row));
        }
      }
    } catch (RuntimeException e) {
      signals.surprises().add(name + ": " + e);
    }
  }

  private List<JsonObject> group(String group, int size) {
    var rows = new ArrayList<JsonObject>();
    for (int i = 1; i <= size; i++) {
      var row = Fixture.post("Group").put("likes", ++value);
      rows.add(row.put("$id", group + "." + i + "of" + size));
    }
    return rows;
  }

  private static String id(JsonObject row) {
    return row.getString("$id");
  }

  private static long likes(JsonObject row) {
    return row.getLong("likes");
  }

  private static JsonArray grants() {
    return JsonArray.of("read(\"users\")");
  }

  private boolean atOnce(List<JsonObject> rows) {
    return posted(new JsonObject().put("rows", whole(rows)));
  }

  /** The first row with the others linked to it, which it brings along. */
  private boolean through(List<JsonObject> rows) {
    var data = rows.getFirst().copy();
    var id = data.remove("$id");
    data.put(LINKS, whole(rows.subList(1, rows.size())));
    return posted(Fixture.json("rowId", id, "data", data, "permissions", grants()));
  }

  private static JsonArray whole(List<JsonObject> rows) {
    var list = new JsonArray();
    for (var row : rows) list.add(row.copy().put("$permissions", grants()));
    return list;
  }

  private boolean posted(JsonObject body) {
    for (boolean unsure = false; ; unsure = true) {
      int status = send("POST", path, body).status();
      if (status == 201 || status == 409 && unsure) return true;
      if (decided(status)) return surprise("a group was answered " + status);
      Node.pause(RETRY_MS);
    }
  }

  /** What a crash leaves of a transaction is nothing: it is begun again with the same ids. */
  private boolean staged(List<JsonObject> rows) {
    for (int tries = 0; tries < TRIES; tries++) {
      var begun = send("POST", TRANSACTIONS, Fixture.json("ttl", TTL_S));
      if (begun.status() == 201) {
        var id = begun.json().getString("$id");
        if (stage(id, rows)) return commit(id);
        abandon(id);
      } else if (decided(begun.status())) {
        return surprise("a transaction was answered " + begun.status());
      }
      Node.pause(RETRY_MS);
    }
    return surprise("no transaction came through");
  }

  /** Whoever leaves too many open may begin no other before they expire. */
  private void abandon(String transaction) {
    int status;
    do {
      Node.pause(RETRY_MS);
      status = send("PATCH", TRANSACTIONS + "/" + transaction, ROLLBACK).status();
    } while (!decided(status));
  }

  private boolean stage(String transaction, List<JsonObject> rows) {
    for (var row : rows) {
      var data = row.copy();
      var body = Fixture.json("rowId", data.remove("$id"), "data", data, "permissions", grants());
      int status = send("POST", path, body.put("transactionId", transaction)).status();
      if (status == 201) continue;
      return decided(status) && surprise("a staged row was answered " + status);
    }
    return true;
  }

  private boolean commit(String transaction) {
    var at = TRANSACTIONS + "/" + transaction;
    while (true) {
      var answer = send("PATCH", at, Fixture.json("commit", true));
      if (answer.status() == 200) return true;
      if (decided(answer.status())) {
        // The answer to an earlier try was lost with the server.
        var now = send("GET", at, new JsonObject());
        if (now.status() == 200 && "committed".equals(now.json().getString("status"))) return true;
        if (decided(now.status())) return surprise("a commit: " + answer.text() + now.text());
      }
      Node.pause(RETRY_MS);
    }
  }

  private boolean surprise(String what) {
    signals.surprises().add(name + ": " + what);
    return false;
  }

  /** Whether the server has decided; it has not when it is gone, or says that it is busy. */
  private static boolean decided(int status) {
    return status < 500 && !UNDECIDED.contains(status);
  }

  /** What the server said; a status of 0 where it said nothing. */
  private record Said(int status, String text) {
    JsonObject json() {
      return new JsonObject(text);
    }
  }

  private Said send(String method, String at, JsonObject body) {
    try {
      var answer =
          switch (method) {
            case "GET" -> api.get(at);
            case "PATCH" -> api.patch(at, body);
            default -> api.post(at, body);
          };
      if (answer.status() == 500) surprise(method + " " + at + ": " + answer.text());
      return new Said(answer.status(), answer.text());
    } catch (IOException unknown) {
      return new Said(0, "");
    }
  }
}
