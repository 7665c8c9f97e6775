package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Reads request bodies within bounds: of size, of time, of nesting. */
final class Bodies {

  private final Vertx vertx;
  private final long maxBytes;
  private final int nestingMax;
  private final long timeoutMs;

  Bodies(Vertx vertx, long maxBytes, int nestingMax, long timeoutMs) {
    this.vertx = vertx;
    this.maxBytes = maxBytes;
    this.nestingMax = nestingMax;
    this.timeoutMs = timeoutMs;
  }

  /** The body as a JSON object; an absent body is an empty object. Resumes a paused request. */
  Future<JsonObject> json(HttpServerRequest request) {
    var type = request.getHeader("Content-Type");
    if (type != null && !type.isBlank() && !type.toLowerCase(Locale.ROOT).contains("json")) {
      return Future.failedFuture(bad("the body must be application/json"));
    }
    return read(request).map(this::parse);
  }

  private Future<Buffer> read(HttpServerRequest request) {
    if (declaredTooLarge(request)) return Future.failedFuture(tooLarge());
    var body = Buffer.buffer();
    Promise<Buffer> done = Promise.promise();
    long timer = vertx.setTimer(timeoutMs, id -> done.tryFail(Failure.with(Fault.TOO_SLOW)));
    request.handler(
        chunk -> {
          if (body.length() + (long) chunk.length() > maxBytes) done.tryFail(tooLarge());
          else body.appendBuffer(chunk);
        });
    request.exceptionHandler(error -> done.tryFail(bad("the body ended too early")));
    request.endHandler(end -> done.tryComplete(body));
    request.resume();
    return done.future().onComplete(result -> vertx.cancelTimer(timer));
  }

  private boolean declaredTooLarge(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    return length != null && (length.length() > 18 || Long.parseLong(length) > maxBytes);
  }

  private JsonObject parse(Buffer body) {
    if (body.length() == 0) return new JsonObject();
    checkNesting(body);
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException malformed) {
      throw bad("the body is not a well-formed JSON object");
    }
  }

  /** Counts brackets outside strings, so that nobody recurses deeper than allowed. */
  private void checkNesting(Buffer body) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < body.length(); i++) {
      byte c = body.getByte(i);
      if (quoted) {
        if (c == '\\') i++;
        else if (c == '"') quoted = false;
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        if (++depth > nestingMax) throw bad("the body is nested more than " + nestingMax + " deep");
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
  }

  private Failure tooLarge() {
    return Failure.with(Fault.BODY_TOO_LARGE, maxBytes);
  }

  private static Failure bad(String reason) {
    return Failure.with(Fault.BAD_REQUEST, reason);
  }
}
