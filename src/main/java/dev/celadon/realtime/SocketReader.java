package dev.celadon.realtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the frames of one socket together into messages, within bounds, and reads them strictly. */
final class SocketReader {

  private static final int BAD_TEXT = 1007;
  private static final int TOO_LARGE = 1009;

  private final Connection connection;
  private @Nullable Buffer parts;
  private boolean binary;

  SocketReader(Connection connection) {
    this.connection = connection;
  }

  void frame(WebSocketFrame frame) {
    if (frame.isText() || frame.isBinary()) {
      binary = frame.isBinary();
      part(frame);
    } else if (frame.isContinuation()) {
      part(frame);
    }
  }

  private void part(WebSocketFrame frame) {
    var data = frame.binaryData();
    int before = parts == null ? 0 : parts.length();
    if (before + data.length() > Limits.MESSAGE_BYTES) {
      end(TOO_LARGE, "The message is too large.");
      return;
    }
    if (!frame.isFinal()) {
      parts = (parts == null ? Buffer.buffer() : parts).appendBuffer(data);
      return;
    }
    var whole = parts == null ? data : parts.appendBuffer(data);
    parts = null;
    if (binary) connection.messages.binary();
    else text(whole);
  }

  private void text(Buffer data) {
    try {
      var bytes = ByteBuffer.wrap(data.getBytes());
      connection.messages.receive(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      end(BAD_TEXT, "The message is not UTF-8.");
    }
  }

  private void end(int code, String reason) {
    connection.wire.close(code, reason);
    connection.ended();
  }
}
