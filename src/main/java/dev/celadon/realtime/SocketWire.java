package dev.celadon.realtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/** Frames as WebSocket text messages, which go past the queue of Vert.x, one by one. */
record SocketWire(ServerWebSocket socket, Gathering gathering) implements Wire {

  private static final Buffer PING = Buffer.buffer("celadon");

  /** A reason longer than this does not fit into a close frame. */
  private static final int REASON_BYTES = 120;

  private static final byte[] NOTHING = {};

  @Override
  public void write(String json, String seq) {
    if (!socket.isClosed()) gathering.write(json.getBytes(StandardCharsets.UTF_8), NOTHING);
  }

  @Override
  public void write(byte[] head, String tail, String seq) {
    if (!socket.isClosed()) gathering.write(head, tail.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean full() {
    return gathering.full();
  }

  @Override
  public void onDrain(Runnable then) {
    gathering.onDrain(then);
  }

  @Override
  public void ping() {
    if (!socket.isClosed()) socket.writePing(PING);
  }

  @Override
  public boolean answers() {
    return true;
  }

  @Override
  public void close(int code, String reason) {
    if (socket.isClosed()) return;
    var bytes = reason.getBytes(StandardCharsets.UTF_8);
    var cut = bytes.length <= REASON_BYTES ? reason : reason.substring(0, REASON_BYTES / 4);
    socket.close((short) code, cut);
  }

  @Override
  public void drop() {
    close(1001, "no answer");
  }
}
