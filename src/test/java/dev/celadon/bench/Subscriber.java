package dev.celadon.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A WebSocket client that costs little, so that ten thousand of them measure the server: it counts
 * and times frames, answers pings, and reads of an event only the time in its title.
 */
final class Subscriber {

  /** Is given every text frame: its bytes, where it begins and where it ends. */
  @FunctionalInterface
  interface Frames {
    void frame(byte[] bytes, int from, int to);
  }

  private static final int PING = 9;
  private static final int PONG = 0x8a;
  private static final int MASKED = 0x80;

  private final NetSocket socket;
  private final Frames frames;
  private final Promise<Subscriber> greeted = Promise.promise();
  private boolean upgraded;
  private byte[] rest = {};

  private Subscriber(NetSocket socket, Frames frames) {
    this.socket = socket;
    this.frames = frames;
  }

  /** Connects and waits for the greeting. {@code uri} names project and channels. */
  static Future<Subscriber> connect(
      NetClient client, int port, String uri, String cookie, Frames frames) {
    var request =
        "GET "
            + uri
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: "
            + cookie
            + "\r\n\r\n";
    return client
        .connect(port, "127.0.0.1")
        .compose(
            socket -> {
              var subscriber = new Subscriber(socket, frames);
              socket.handler(subscriber::received);
              socket.closeHandler(gone -> subscriber.greeted.tryFail("closed"));
              socket.write(request);
              return subscriber.greeted.future();
            });
  }

  void close() {
    socket.close();
  }

  private void received(Buffer chunk) {
    var bytes = chunk.getBytes();
    if (rest.length > 0) {
      var all = Arrays.copyOf(rest, rest.length + bytes.length);
      System.arraycopy(bytes, 0, all, rest.length, bytes.length);
      bytes = all;
    }
    int done = upgraded ? 0 : head(bytes);
    if (upgraded) done = frames(bytes, done);
    rest = done == bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, done, bytes.length);
  }

  private int head(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    if (!text.startsWith("HTTP/1.1 101")) greeted.tryFail(text);
    upgraded = true;
    return end + 4;
  }

  private int frames(byte[] bytes, int start) {
    int at = start;
    while (bytes.length - at >= 2) {
      int length = bytes[at + 1] & 127;
      int from = at + 2;
      if (length == 126) {
        if (bytes.length - at < 4) return at;
        length = (bytes[at + 2] & 255) << 8 | bytes[at + 3] & 255;
        from = at + 4;
      } else if (length == 127) {
        if (bytes.length - at < 10) return at;
        length = Buffer.buffer(bytes).getInt(at + 6);
        from = at + 10;
      }
      if (bytes.length - from < length) return at;
      frame(bytes[at] & 15, bytes, from, from + length);
      at = from + length;
    }
    return at;
  }

  private void frame(int opcode, byte[] bytes, int from, int to) {
    if (opcode == PING) {
      // Masked with zeros, which leaves the bytes as they are.
      var pong = Buffer.buffer().appendByte((byte) PONG).appendByte((byte) (MASKED | to - from));
      socket.write(pong.appendInt(0).appendBytes(bytes, from, to - from));
    } else if (!greeted.future().isComplete()) {
      greeted.tryComplete(this);
    } else if (opcode == 1) {
      frames.frame(bytes, from, to);
    }
  }
}
