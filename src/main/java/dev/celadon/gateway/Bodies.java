package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Upload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads request bodies within bounds: of size, of time, of form, of the room for all together. */
final class Bodies {

  private final Settings settings;
  private final Room room;
  private final StrictJson json;

  Bodies(Settings settings, Room room) {
    this.settings = settings;
    this.room = room;
    this.json = new StrictJson(settings.nestingMax(), settings.maxBodyValues());
  }

  /** Whether a request has, or may have, a body: it says so where it has one. */
  static boolean present(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    boolean none = length == null || length.equals("0");
    return !none || request.getHeader("Transfer-Encoding") != null;
  }

  /** The body of a paused request, as its endpoint wants it. */
  Stages.Inbound inbound(Vertx vertx, HttpServerRequest request, Future<?> answered) {
    return new Stages.Inbound() {
      @Override
      public Future<JsonObject> json() {
        return Bodies.this.json(vertx, request, answered);
      }

      @Override
      public Upload upload() {
        requirePlain(request);
        var source = new Incoming(vertx, request, settings.bodyTimeoutMs());
        return new Upload(media(request.getHeader("Content-Type")), source);
      }
    };
  }

  /**
   * The body as a JSON object; an absent body is an empty object. Resumes a paused request. What it
   * takes of the room is free again when {@code answered} is complete.
   */
  private Future<JsonObject> json(Vertx vertx, HttpServerRequest request, Future<?> answered) {
    if (!isJson(media(request.getHeader("Content-Type")))) {
      return Future.failedFuture(bad("the body must be application/json"));
    }
    requirePlain(request);
    if (declaredTooLarge(request)) return Future.failedFuture(tooLarge());
    return read(vertx, request, answered).map(json::object);
  }

  /** A page elsewhere may send text/plain without being asked; the type must say JSON by itself. */
  private static boolean isJson(String media) {
    return media.isEmpty() || media.endsWith("/json") || media.endsWith("+json");
  }

  private static String media(@Nullable String type) {
    if (type == null) return "";
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static void requirePlain(HttpServerRequest request) {
    if (request.getHeader("Content-Encoding") instanceof String coding
        && !coding.equalsIgnoreCase("identity")) {
      throw bad("the body must not be compressed");
    }
  }

  private Future<Pieces> read(Vertx vertx, HttpServerRequest request, Future<?> answered) {
    var share = room.share();
    answered.onComplete(end -> share.free());
    var body = new Pieces();
    Promise<Pieces> done = Promise.promise();
    long timer =
        vertx.setTimer(settings.bodyTimeoutMs(), id -> done.tryFail(Failure.with(Fault.TOO_SLOW)));
    request.handler(
        chunk -> {
          if (done.future().isComplete()) return;
          if (body.length() + chunk.length() > settings.maxBodyBytes()) {
            done.tryFail(tooLarge());
          } else if (!share.grow(chunk.length())) {
            done.tryFail(Failure.with(Fault.BUSY));
          } else {
            body.add(chunk);
          }
        });
    request.exceptionHandler(error -> done.tryFail(bad("the body ended too early")));
    request.endHandler(end -> done.tryComplete(body));
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.resume();
    return done.future().onComplete(result -> vertx.cancelTimer(timer));
  }

  private boolean declaredTooLarge(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    return length != null
        && (length.length() > 18 || Long.parseLong(length) > settings.maxBodyBytes());
  }

  private Failure tooLarge() {
    return Failure.with(Fault.BODY_TOO_LARGE, settings.maxBodyBytes());
  }

  private static Failure bad(String reason) {
    return Failure.with(Fault.BAD_REQUEST, reason);
  }
}
