package dev.celadon.realtime;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.nio.charset.StandardCharsets;

/** Frames as WebSocket text messages. */
record SocketWire(ServerWebSocket socket) implements Wire {

  private static final Buffer PING = Buffer.buffer("celadon");

  /** A reason longer than this does not fit into a close frame. */
  private static final int REASON_BYTES = 120;

  @Override
  public void write(String json, String seq) {
    if (!socket.isClosed()) socket.writeTextMessage(json);
  }

  /** Without a copy of the head: {@link Gathering} takes it from where it is. */
  @Override
  public void write(byte[] head, String tail, String seq) {
    if (socket.isClosed()) return;
    var bytes = Unpooled.wrappedBuffer(head, tail.getBytes(StandardCharsets.UTF_8));
    socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, bytes));
  }

  @Override
  public boolean full() {
    return socket.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable then) {
    socket.drainHandler(drained -> then.run());
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
