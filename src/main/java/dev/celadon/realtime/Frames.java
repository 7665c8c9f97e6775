package dev.celadon.realtime;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the server says, as JSON text. */
final class Frames {

  static final int GOING_AWAY = 1012;
  static final int BAD_MESSAGE = 1003;
  static final int POLICY = 1008;
  static final int TOO_MANY = 1013;
  static final int TOO_SLOW = 4008;

  static final String PONG = "{\"type\":\"pong\"}";

  /** The greeting; {@code seq} is the place from which the connection sees everything, or empty. */
  static String connected(
      Collection<String> channels,
      @Nullable JsonObject user,
      JsonObject subscriptions,
      String seq) {
    var data =
        new JsonObject()
            .put("channels", new JsonArray(channels.stream().toList()))
            .put("user", user)
            .put("subscriptions", subscriptions);
    return frame("connected", seq.isEmpty() ? data : data.put("seq", seq));
  }

  static String error(int code, String message) {
    return frame("error", new JsonObject().put("code", code).put("message", message));
  }

  /** The answer to the message {@code to}. */
  static String response(String to, JsonObject data) {
    return frame("response", new JsonObject().put("to", to).put("success", true).mergeIn(data));
  }

  /** The history does not reach back as far as these subscriptions asked. */
  static String gap(Collection<String> subscriptions) {
    var ids = new JsonArray(subscriptions.stream().toList());
    return frame("gap", new JsonObject().put("subscriptions", ids));
  }

  private static String frame(String type, JsonObject data) {
    return new JsonObject().put("type", type).put("data", data).encode();
  }

  private Frames() {}
}
