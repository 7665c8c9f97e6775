package dev.celadon.api;

import io.vertx.core.json.JsonObject;

/**
 * A change about to be made: by whom, from where, through which endpoint. The domain appends one
 * event for it in the transaction of the change itself.
 */
public record Change(Endpoint endpoint, String project, Actor actor, Origin origin) {

  /** The declared event; a changing endpoint without one is a programming error. */
  public Event event() {
    var event = endpoint.event();
    if (event == null) throw new IllegalStateException(endpoint.id() + " declares no event");
    return event;
  }

  /** The entity as subscribers see it: rendered by the endpoint's event model. */
  public JsonObject payload(Object entity) {
    return endpoint.eventModel().renderJson(entity);
  }
}
