package dev.celadon.bench.peers;

import dev.celadon.bench.Api;
import dev.celadon.bench.Wrk;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one deed is asked of one server.
 *
 * @param script of wrk, by its name among the benchmark's resources
 * @param caller who asks; only the port and the headers are used
 */
record Ask(String script, Map<String, String> environment, Api caller) {

  /** Reads rows, of those stored before, at {@code path} and an id of this format. */
  static Ask read(Api caller, String path, String id, int rows) {
    var environment =
        Map.of("BENCH_PATH", path, "BENCH_ID", id, "BENCH_ROWS", Integer.toString(rows));
    return new Ask("get", environment, caller);
  }

  /** Changes rows instead; {@code RANDOM} in the body becomes a number. */
  Ask changing(String method, JsonObject body) {
    var environment = new LinkedHashMap<>(this.environment);
    environment.put("BENCH_METHOD", method);
    environment.put("BENCH_BODY", body.encode().replace("\"RANDOM\"", "RANDOM"));
    return new Ask("get", environment, caller);
  }

  /** Asks for one path again and again. */
  static Ask list(Api caller, String path) {
    return new Ask("list", Map.of("BENCH_PATH", path), caller);
  }

  /** Sends one body again and again. */
  static Ask post(Api caller, String path, String body) {
    return new Ask("create", Map.of("BENCH_PATH", path, "BENCH_BODY", body), caller);
  }

  /** As wrk wants it. */
  Wrk.Shape shape(Site site, Deed deed) {
    return new Wrk.Shape(deed.title(), site.scripts().resolve(script + ".lua"), environment);
  }

  /** A value in a query string. */
  static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
