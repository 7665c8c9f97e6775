package dev.celadon.realtime;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Says who comes in. Each future that fails with a {@link Failure} is a refusal, whose text the
 * client is told; any other failure means that it could not be decided now. Called on event loops.
 */
public interface Doorman {

  /**
   * Who opens a connection: the project named by {@code project} (or the header), the session by
   * cookie, {@code jwt} or headers, a key where one is sent; a guest otherwise. Refuses a project
   * that is not there or not open to the protocol {@code websocket}, an origin that is no platform
   * of it, and credentials that do not hold.
   */
  Future<Visitor> admit(HttpServerRequest request);

  /** The same connection, signed in by the secret of a session in a frame. */
  Future<Visitor> authenticate(Visitor visitor, String session);

  /**
   * Who the visitor is now, read anew and from no cache that may be older than this call. Refuses
   * when the session has ended, the user is blocked or gone, or the project no longer admits it.
   */
  Future<Visitor> refresh(Visitor visitor);

  /** Where a connection comes from, after trusted proxies. */
  default String address(HttpServerRequest request) {
    return request.remoteAddress().hostAddress();
  }

  /** Stores the visitor's presence; the answer is the presence as its model renders it. */
  default Future<JsonObject> presence(Visitor visitor, JsonObject presence) {
    return Future.failedFuture(Failure.with(Fault.FEATURE_UNSUPPORTED, "presences"));
  }
}
