package dev.celadon.realtime;

import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One WebSocket of a test: what came in is a queue of frames. */
public final class Client {

  public final LinkedBlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  final CompletableFuture<Short> closed = new CompletableFuture<>();
  WebSocket socket;

  void opened(WebSocket opened) {
    socket = opened;
    opened.textMessageHandler(text -> frames.add(new JsonObject(text)));
    opened.closeHandler(
        gone ->
            closed.complete(opened.closeStatusCode() == null ? 1006 : opened.closeStatusCode()));
  }

  public void say(String type, Object data) {
    socket.writeTextMessage(new JsonObject().put("type", type).put("data", data).encode());
  }

  public void subscribe(JsonObject... rows) {
    say("subscribe", new JsonArray(List.of(rows)));
  }

  public static JsonObject row(String id, String... channels) {
    return new JsonObject()
        .put("subscriptionId", id)
        .put("channels", new JsonArray(List.of(channels)));
  }

  /** The next frame, which must be of this type. */
  public JsonObject next(String type) throws Exception {
    var frame = frames.poll(5, TimeUnit.SECONDS);
    if (frame == null) throw new AssertionError("no " + type + " came");
    if (!frame.getString("type").equals(type))
      throw new AssertionError("not " + type + ": " + frame);
    return frame.getJsonObject("data") == null ? new JsonObject() : frame.getJsonObject("data");
  }

  public JsonObject nextEvent() throws Exception {
    return next("event");
  }

  /** The ids of the rows of the next {@code n} events. */
  List<String> events(int n) throws Exception {
    var ids = new ArrayList<String>();
    for (int i = 0; i < n; i++) ids.add(nextEvent().getJsonObject("payload").getString("$id"));
    return ids;
  }

  /** Nothing comes for a while. */
  public void silent() throws Exception {
    var frame = frames.poll(400, TimeUnit.MILLISECONDS);
    if (frame != null) throw new AssertionError("unexpected: " + frame);
  }

  int closeCode() throws Exception {
    return closed.get(10, TimeUnit.SECONDS);
  }
}
