package dev.celadon.matrix;

import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request as it is put together: an endpoint, raw values for its parameters, and a caller. */
final class Trial {

  /** What may stand in the value of a header. */
  private static final Pattern PRINTABLE = Pattern.compile("[!-~][ -~]*");

  private final Endpoint endpoint;
  private final Caller caller;
  private final Map<String, @Nullable String> path = new TreeMap<>();
  private final Map<String, Object> query = new TreeMap<>();
  private final Map<String, String> body = new TreeMap<>();
  private final Map<String, String> headers = new TreeMap<>();
  private @Nullable String raw;

  Trial(Endpoint endpoint, Caller caller) {
    this.endpoint = endpoint;
    this.caller = caller;
  }

  /** Gives every required parameter, and every variable of the path, a good value. */
  static Trial good(Endpoint endpoint, Caller caller) {
    var trial = new Trial(endpoint, caller);
    for (var param : endpoint.params()) {
      if (!param.required()) continue;
      Samples.of(param, known(endpoint, caller)).ifPresent(value -> trial.with(param, value));
    }
    return trial;
  }

  /** Free documents have databases of their own. */
  private static Map<String, String> known(Endpoint endpoint, Caller caller) {
    var free = caller.known().get("free");
    if (!endpoint.service().equals("documentsDB") || free == null) return caller.known();
    var known = new TreeMap<>(caller.known());
    known.put("databaseId", free);
    return known;
  }

  Trial with(Param<?> param, Object value) {
    switch (param.in()) {
      case PATH -> path.put(param.name(), String.valueOf(value));
      case QUERY -> query.put(param.name(), value);
      case BODY -> body.put(param.name(), Json.encode(value));
      case HEADER -> headers.put(param.name(), String.valueOf(value));
    }
    return this;
  }

  Trial without(Param<?> param) {
    headers.remove(param.name());
    query.remove(param.name());
    body.remove(param.name());
    return this;
  }

  /** Puts a bad value in the parameter's place; false if it cannot be written there. */
  boolean bad(Param<?> param, Bad value) {
    if (param.in() == Param.In.BODY) {
      body.put(param.name(), value.json());
      return true;
    }
    var type = String.valueOf(param.rule().schema().json().getValue("type"));
    var spelled = value.spelled(type);
    if (spelled == null || (param.in() == Param.In.PATH && spelled.equals(""))) return false;
    if (param.in() == Param.In.HEADER && !PRINTABLE.matcher("" + spelled).matches()) return false;
    with(param, spelled);
    return true;
  }

  Trial body(String text) {
    raw = text;
    return this;
  }

  Wire.Request request() {
    var uri = endpoint.path();
    for (var value : path.entrySet()) {
      uri = uri.replace("{" + value.getKey() + "}", encoded(String.valueOf(value.getValue())));
    }
    var pairs = new StringJoiner("&", "?", "").setEmptyValue("");
    query.forEach(
        (name, value) -> {
          var values = value instanceof JsonArray list ? list : JsonArray.of(value);
          var key = value instanceof JsonArray ? name + "[]" : name;
          values.forEach(one -> pairs.add(encoded(key) + "=" + encoded(String.valueOf(one))));
        });
    var shown = headers.isEmpty() ? caller : caller.showing(headers);
    return new Wire.Request(endpoint.method(), uri + pairs, shown, text());
  }

  private @Nullable String text() {
    if (raw != null) return raw;
    boolean wanted = endpoint.params().stream().anyMatch(param -> param.in() == Param.In.BODY);
    if (!wanted || endpoint.method().equals(HttpMethod.GET)) return null;
    var object = new StringJoiner(",", "{", "}");
    body.forEach((name, json) -> object.add(Json.encode(name) + ":" + json));
    return object.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
