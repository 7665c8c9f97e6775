package dev.celadon.crash;

import dev.celadon.bench.Api;
import dev.celadon.bench.Fixture;
import dev.celadon.bench.Node;
import dev.celadon.crash.Ledger.Fate;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * One client that creates rows with ids of its own choice and changes them, and asks again with the
 * same id until it knows what became of a write.
 */
final class Writer implements Runnable {

  private static final int RETRY_MS = 40;
  private static final int UPDATES_PERCENT = 30;
  private static final int BAD_PERCENT = 5;
  private static final int AGAIN_PERCENT = 3;

  private static final List<String> GRANTS = List.of("read(\"users\")", "update(\"user:reader\")");

  private final Api api;
  private final String path;
  private final String name;
  private final Ledger ledger;
  private final Random random;
  private final BooleanSupplier goOn;
  private final List<String> rows = new ArrayList<>();
  private final List<String> surprises;
  private long value;

  /**
   * @param name the beginning of the ids of its rows
   * @param surprises where answers go that must not be
   */
  Writer(Api api, String table, String name, Ledger ledger, Random random, Run.Signals signals) {
    this.api = api;
    this.path = Fixture.path(table);
    this.name = name;
    this.ledger = ledger;
    this.random = random;
    this.goOn = signals.goOn();
    this.surprises = signals.surprises();
  }

  @Override
  public void run() {
    try (ledger) {
      for (int n = 0; goOn.getAsBoolean(); n++) {
        int dice = random.nextInt(100);
        if (rows.isEmpty() || dice >= UPDATES_PERCENT + BAD_PERCENT + AGAIN_PERCENT) {
          create(name + "-" + n);
        } else if (dice < UPDATES_PERCENT) {
          update(rows.get(random.nextInt(rows.size())));
        } else if (dice < UPDATES_PERCENT + BAD_PERCENT) {
          refused(name + "-" + n + "-bad", 400, Fixture.json("content", "without a title"));
        } else {
          refused(rows.get(random.nextInt(rows.size())), 409, Fixture.post("again"));
        }
      }
    } catch (RuntimeException e) {
      surprises.add(name + ": " + e);
    }
  }

  private void create(String id) {
    var body = body(id, Fixture.post("Crash").put("likes", ++value));
    ledger.write(Fate.INVOKE, id, value);
    for (boolean unsure = false; ; unsure = true) {
      int status = send("POST", path, body);
      if (status == 201 || status == 409 && unsure) {
        ledger.write(Fate.OK, id, value);
        rows.add(id);
        return;
      }
      if (known(status)) {
        surprises.add("create " + id + " was answered " + status);
        return;
      }
      ledger.write(Fate.INFO, id, value);
      Node.pause(RETRY_MS);
    }
  }

  private void update(String id) {
    var body = new JsonObject().put("data", Fixture.json("likes", ++value));
    ledger.write(Fate.INVOKE, id, value);
    while (true) {
      int status = send("PATCH", path + "/" + id, body);
      if (status == 200) {
        ledger.write(Fate.OK, id, value);
        return;
      }
      if (known(status)) {
        surprises.add("update " + id + " was answered " + status);
        return;
      }
      ledger.write(Fate.INFO, id, value);
      Node.pause(RETRY_MS);
    }
  }

  /** Something that the server has to refuse, once it says anything. */
  private void refused(String id, int wanted, JsonObject data) {
    // The counter of a row that is there must stay as it is: nothing goes into the ledger for it.
    if (wanted == 400) ledger.write(Fate.INVOKE, id, 0);
    var body = body(id, data);
    int status = send("POST", path, body);
    while (!known(status)) {
      Node.pause(RETRY_MS);
      status = send("POST", path, body);
    }
    if (status != wanted) surprises.add("a bad create " + id + " was answered " + status);
    else if (wanted == 400) ledger.write(Fate.FAIL, id, 0);
  }

  private static JsonObject body(String id, JsonObject data) {
    return Fixture.json("rowId", id, "data", data, "permissions", GRANTS);
  }

  /** Whether the server has decided; it has not when it is gone, or says that it is busy. */
  private static boolean known(int status) {
    return status >= 200 && status < 500 && status != 408 && status != 429;
  }

  private int send(String method, String at, JsonObject body) {
    try {
      var answer = method.equals("POST") ? api.post(at, body) : api.patch(at, body);
      if (answer.status() == 500) surprises.add(method + " " + at + ": " + answer.text());
      return answer.status();
    } catch (IOException unknown) {
      return 0;
    }
  }
}
