package dev.celadon.matrix;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends many requests at once. */
final class Wire {

  private static final int CONNECTIONS = 24;

  record Request(HttpMethod method, String uri, Caller caller, @Nullable String body) {

    @Override
    public String toString() {
      var shown = body == null ? "" : " " + (body.length() > 150 ? body.substring(0, 150) : body);
      var address = uri.length() > 150 ? uri.substring(0, 150) : uri;
      return caller + ": " + method + " " + address + shown;
    }
  }

  record Answer(int status, Map<String, String> headers, Buffer body) {

    /** The {@code type} of an error; empty where the answer is none. */
    String type() {
      return status < 400 ? "" : json().getString("type", "");
    }

    JsonObject json() {
      try {
        return new JsonObject(body);
      } catch (DecodeException | ClassCastException other) {
        return new JsonObject();
      }
    }

    /** Why this is not the wire form of an error, or empty if it is, or is no error. */
    String malformed() {
      if (status < 400) return "";
      var error = json();
      boolean whole =
          error.getValue("message") instanceof String message
              && !message.isBlank()
              && Integer.valueOf(status).equals(error.getValue("code"))
              && error.getValue("type") instanceof String
              && error.getValue("version") instanceof String
              && error.size() == 4;
      return whole ? "" : "not {message, code, type, version}: " + body;
    }

    @Override
    public String toString() {
      var text = body.toString();
      return status + " " + (text.length() > 200 ? text.substring(0, 200) : text);
    }
  }

  private final WebClient client;
  private final int port;

  Wire(Vertx vertx, int port) {
    var options = new WebClientOptions().setFollowRedirects(false).setUserAgent("matrix");
    var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS);
    this.client = WebClient.create(vertx, options, pool);
    this.port = port;
  }

  Future<Answer> send(Request request) {
    var call = client.request(request.method(), port, "127.0.0.1", request.uri());
    if (!request.caller().project().isEmpty()) {
      call.putHeader("X-Appwrite-Project", request.caller().project());
    }
    request.caller().headers().forEach(call::putHeader);
    Future<HttpResponse<Buffer>> sent;
    if (request.body() == null) {
      sent = call.send();
    } else {
      call.putHeader("Content-Type", "application/json");
      sent = call.sendBuffer(Buffer.buffer(request.body()));
    }
    return sent.map(Wire::answer);
  }

  /** The answers in the order of the requests. */
  List<Answer> all(List<Request> requests) throws Exception {
    var sent = requests.stream().map(this::send).toList();
    Future.join(sent).toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
    return sent.stream().map(Future::result).toList();
  }

  Answer one(HttpMethod method, String uri, Caller caller, @Nullable JsonObject body)
      throws Exception {
    var text = body == null ? null : body.encode();
    return all(List.of(new Request(method, uri, caller, text))).getFirst();
  }

  private static Answer answer(HttpResponse<Buffer> response) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    response.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    var body = response.bodyAsBuffer();
    return new Answer(response.statusCode(), headers, body == null ? Buffer.buffer() : body);
  }
}
