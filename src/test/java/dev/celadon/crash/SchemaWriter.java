package dev.celadon.crash;

import dev.celadon.bench.Api;
import dev.celadon.bench.Fixture;
import dev.celadon.bench.Node;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** Makes and changes tables all the time, so that some are being made when the server dies. */
final class SchemaWriter implements Runnable {

  private static final String TABLES = "/tablesdb/default/tables";
  private static final int RETRY_MS = 50;

  private final Api admin;
  private final String name;
  private final Run.Signals signals;

  SchemaWriter(Api admin, String name, Run.Signals signals) {
    this.admin = admin;
    this.name = name;
    this.signals = signals;
  }

  @Override
  public void run() {
    for (int n = 0; signals.goOn().getAsBoolean(); n++) {
      var id = name + "-" + n;
      send(TABLES, Fixture.json("tableId", id, "name", id));
      var columns = TABLES + "/" + id + "/columns/";
      send(columns + "integer", Fixture.json("key", "size", "required", false));
      send(columns + "varchar", Fixture.json("key", "label", "size", 64, "required", false));
      var index = Fixture.json("key", "by_size", "type", "key", "columns", List.of("size"));
      send(TABLES + "/" + id + "/indexes", index);
    }
  }

  private void send(String path, JsonObject body) {
    for (boolean unsure = false; ; unsure = true) {
      int status = status(path, body);
      if (status == 201 || status == 202 || status == 409 && unsure) return;
      if (status >= 400 && status < 500 && status != 408) {
        signals.surprises().add("POST " + path + " was answered " + status);
        return;
      }
      Node.pause(RETRY_MS);
    }
  }

  private int status(String path, JsonObject body) {
    try {
      var answer = admin.post(path, body);
      if (answer.status() == 500) signals.surprises().add("POST " + path + ": " + answer.text());
      return answer.status();
    } catch (IOException unknown) {
      return 0;
    }
  }
}
