package dev.celadon.spec;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Schema;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Errors: as the document describes them, and as this package itself answers. */
final class Refusals {

  static final String SCHEMA = "Error";

  private static final Set<HttpMethod> READ = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  /** Answers anything but GET and HEAD with 405. */
  static boolean method(HttpServerRequest request) {
    if (!request.isEnded()) request.resume();
    if (READ.contains(request.method())) return false;
    request.response().putHeader("Allow", "GET, HEAD");
    send(request, Failure.with(Fault.NOT_IMPLEMENTED, request.method().name()));
    return true;
  }

  static void send(HttpServerRequest request, Failure failure) {
    request
        .response()
        .setStatusCode(failure.fault().status())
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(failure.toJson().toBuffer());
  }

  /** The shape of every error. */
  static JsonObject schema() {
    var types = Stream.of(Fault.values()).map(Fault::type);
    var properties =
        new JsonObject()
            .put("message", text("What went wrong, for people. The wording may change."))
            .put("code", new JsonObject().put("type", "integer").put("description", "The status."))
            .put(
                "type",
                Schema.oneOf(types.collect(Collectors.toCollection(TreeSet::new)))
                    .with("description", "What went wrong, for programs.")
                    .json())
            .put("version", text("The version of the protocol that is spoken."));
    return new JsonObject()
        .put("type", "object")
        .put("required", Json.array(properties.fieldNames()))
        .put("properties", properties);
  }

  /** The responses that operations refer to. */
  static JsonObject responses() {
    return new JsonObject()
        .put("Refused", response("The call is not acceptable or not allowed; `type` says why."))
        .put("Failed", response("The server could not finish the call."))
        .put(
            "TooMany",
            response("Too many calls; try again at X-RateLimit-Reset.")
                .put("headers", limitHeaders()));
  }

  /** The headers of every answer of an endpoint with a rate limit. */
  static JsonObject limitHeaders() {
    return new JsonObject()
        .put("X-RateLimit-Limit", header("How many calls the window admits."))
        .put("X-RateLimit-Remaining", header("How many calls are left in the window."))
        .put("X-RateLimit-Reset", header("When the window ends, in seconds since 1970."));
  }

  private static JsonObject response(String description) {
    var schema = Schema.model(SCHEMA).json();
    return new JsonObject()
        .put("description", description)
        .put("content", Json.content("application/json", schema));
  }

  private static JsonObject header(String description) {
    return new JsonObject()
        .put("description", description)
        .put("schema", new JsonObject().put("type", "integer"));
  }

  private static JsonObject text(String description) {
    return new JsonObject().put("type", "string").put("description", description);
  }

  private Refusals() {}
}
