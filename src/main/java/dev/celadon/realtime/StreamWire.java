package dev.celadon.realtime;

import io.vertx.core.http.HttpServerResponse;

/**
 * Frames as Server-Sent Events. The place behind each is its id, which browsers send back as {@code
 * Last-Event-ID} when they reconnect.
 */
record StreamWire(HttpServerResponse response) implements Wire {

  @Override
  public void write(String json, String seq) {
    if (response.ended() || response.closed()) return;
    // A line break would end the event; within JSON it can only be white space.
    var line = json.replace('\n', ' ').replace('\r', ' ');
    var id = seq.isEmpty() ? "" : "id: " + seq + "\n";
    response.write(id + "data: " + line + "\n\n");
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable then) {
    response.drainHandler(drained -> then.run());
  }

  @Override
  public void ping() {
    if (!response.ended() && !response.closed()) response.write(": ping\n\n");
  }

  @Override
  public boolean answers() {
    return false;
  }

  @Override
  public void close(int code, String reason) {
    if (code == Frames.TOO_SLOW) drop();
    else if (!response.ended() && !response.closed()) response.end();
  }

  @Override
  public void drop() {
    response.reset();
  }
}
