package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Model;
import dev.celadon.bus.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes replies and faults. */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  /** A longer body is written piece by piece. */
  private static final int LONG_BYTES = 1 << 20;

  private final Clock clock;
  private final Connections connections;

  Answers(Clock clock, Connections connections) {
    this.clock = clock;
    this.connections = connections;
  }

  /** Writes what the service answered. */
  void write(Exchange exchange, Reply reply) {
    switch (reply) {
      case Reply.Refusal(var failure) -> refuse(exchange.request(), failure);
      case Reply.Flow(var download) -> {
        exchange.request().response().setStatusCode(exchange.endpoint().status());
        Outgoing.send(exchange.request(), download, connections);
      }
      case Reply.Value(var body, var cookie, var tag) -> {
        if (cookie != null) sign(exchange, cookie);
        if (!tag.isEmpty()) exchange.request().response().putHeader("ETag", tag);
        var endpoint = exchange.endpoint();
        var type = endpoint.model().kind() == Model.Kind.TEXT ? TEXT : JSON;
        var response = exchange.request().response().setStatusCode(endpoint.status());
        if (body == null || body.length() <= LONG_BYTES) send(response, body, type);
        else if (!response.ended() && !response.closed()) {
          response.putHeader("Content-Type", type);
          Outgoing.send(exchange.request(), body, connections);
        }
      }
    }
  }

  private static void send(HttpServerResponse response, @Nullable Buffer body, String type) {
    if (response.ended() || response.closed()) return;
    // Clients look up the type of every answer, also of an empty one; as JSON they would parse it.
    if (body == null) response.putHeader("Content-Type", TEXT).end();
    else response.putHeader("Content-Type", type).end(body);
  }

  /** Writes an error; one that nobody expected is logged and told in general words only. */
  static void refuse(HttpServerRequest request, Throwable error) {
    var failure = error instanceof Failure expected ? expected : Failure.with(Fault.SERVER_ERROR);
    if (!(error instanceof Failure)) {
      LOG.error("{} {} failed", request.method(), request.path(), error);
    }
    var response = request.response();
    if (response.ended() || response.closed()) return;
    response.setStatusCode(failure.fault().status());
    if (failure.fault().status() == 503) response.putHeader("Retry-After", "1");
    if (failure.waiting() instanceof Failure.Wait wait) limit(response, wait);
    // Nobody reads the rest of a body that was refused, so nothing can follow it.
    if (Bodies.present(request) && !request.isEnded()) response.putHeader("Connection", "close");
    send(response, failure.toJson().toBuffer(), JSON);
    if (!request.isEnded()) request.resume();
  }

  /** In the place of what the limits of the endpoint said, which did admit the call. */
  private static void limit(HttpServerResponse response, Failure.Wait wait) {
    response
        .putHeader("X-RateLimit-Limit", Integer.toString(wait.calls()))
        .putHeader("X-RateLimit-Remaining", "0")
        .putHeader(
            "X-RateLimit-Reset", Long.toString(Math.ceilDiv(wait.until().toEpochMilli(), 1_000L)));
  }

  private void sign(Exchange exchange, Model.Cookie cookie) {
    var response = exchange.request().response();
    var name = "a_session_" + exchange.project();
    boolean ends = cookie.value().isEmpty();
    var expires = cookie.expires();
    long seconds = ends ? 0 : seconds(expires == null ? clock.instant() : expires);
    var main = cookie(name, cookie.value(), seconds).setSecure(exchange.secure());
    if (exchange.secure()) main.setSameSite(CookieSameSite.NONE);
    response.addCookie(main);
    response.addCookie(
        cookie(name + "_legacy", cookie.value(), seconds).setSecure(exchange.secure()));
    var fallback = ends ? new JsonObject() : new JsonObject().put(name, cookie.value());
    response.putHeader("X-Fallback-Cookies", fallback.encode());
  }

  private long seconds(Instant expires) {
    return Math.max(0, Duration.between(clock.instant(), expires).toSeconds());
  }

  private static Cookie cookie(String name, String value, long seconds) {
    return Cookie.cookie(name, value).setPath("/").setHttpOnly(true).setMaxAge(seconds);
  }
}
