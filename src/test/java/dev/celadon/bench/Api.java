package dev.celadon.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls of one caller to one server, over HTTP and nothing else. */
public final class Api {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http;
  private final String base;
  private final int port;
  private final Map<String, String> headers;

  private Api(HttpClient http, String base, int port, Map<String, String> headers) {
    this.http = http;
    this.base = base;
    this.port = port;
    this.headers = headers;
  }

  /** Somebody without credentials in {@code project}. */
  public static Api guest(int port, String project) {
    var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    return new Api(http, "/v1", port, Map.of("x-appwrite-project", project));
  }

  /**
   * Somebody without credentials at a server that is not Celadon.
   *
   * @param base what every path begins with
   */
  public static Api elsewhere(int port, String base) {
    var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    return new Api(http.connectTimeout(TIMEOUT).build(), base, port, Map.of());
  }

  /** The same caller with one more header. */
  public Api with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Api(http, base, port, more);
  }

  /** The same caller at another port. */
  Api at(int port) {
    return new Api(http, base, port, headers);
  }

  /** Where the server listens. */
  public int port() {
    return port;
  }

  /** What this caller sends with every call. */
  public Map<String, String> headers() {
    return headers;
  }

  /** What the server said. */
  public record Answer(int status, String text, HttpResponse<String> raw) {
    public JsonObject json() {
      return new JsonObject(text);
    }

    /** The answer, if it has this status. */
    public Answer expect(int wanted) {
      if (status == wanted) return this;
      throw new IllegalStateException(raw.request() + ": " + status + " " + text);
    }

    /** The value of a cookie that was set. */
    public String cookie(String name) {
      return raw.headers().allValues("set-cookie").stream()
          .filter(header -> header.startsWith(name + "="))
          .map(header -> header.substring(name.length() + 1).split(";")[0])
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no cookie " + name));
    }
  }

  public Answer get(String path) throws IOException {
    return call("GET", path, null);
  }

  public Answer post(String path, JsonObject body) throws IOException {
    return call("POST", path, body);
  }

  public Answer put(String path, JsonObject body) throws IOException {
    return call("PUT", path, body);
  }

  public Answer patch(String path, JsonObject body) throws IOException {
    return call("PATCH", path, body);
  }

  private Answer call(String method, String path, JsonObject body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + base + path))
            .timeout(TIMEOUT)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.encode()));
    if (body != null) request.header("content-type", "application/json");
    headers.forEach(request::header);
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
