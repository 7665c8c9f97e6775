package dev.celadon.realtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the frames of one socket together into messages, within bounds, and reads them strictly. */
final class SocketReader {

  private static final int BAD_TEXT = 1007;
  private static final int TOO_LARGE = 1009;

  /** How many frames that are no whole message a client may send a minute: pings, pieces. */
  private static final int ODD_FRAMES = 1_000;

  private static final long MINUTE_MS = 60_000;

  private final Connection connection;
  private final Runnable deafen;
  private @Nullable Buffer parts;
  private boolean binary;
  private long minute;
  private int odd;

  /**
   * Reads for {@code connection}.
   *
   * @param deafen reads no more of the socket: while one waits for the client's consent to closing,
   *     each of its pings would still be answered
   */
  SocketReader(Connection connection, Runnable deafen) {
    this.connection = connection;
    this.deafen = deafen;
  }

  void frame(WebSocketFrame frame) {
    if (connection.closed()) {
      if (frame.isPing() && (!bearable() || connection.wire.full())) deafen.run();
      return;
    }
    boolean control = frame.isPing() || frame.type() == WebSocketFrameType.PONG;
    if ((control || !frame.isFinal()) && !bearable()) {
      connection.refuse(Frames.POLICY, "Too many frames.");
      return;
    }
    if (frame.isPing()) pinged();
    if (frame.isText() || frame.isBinary()) {
      binary = frame.isBinary();
      part(frame);
    } else if (frame.isContinuation()) {
      part(frame);
    }
  }

  /** It has been answered already; whoever does not read the answers shall not pile them up. */
  private void pinged() {
    connection.heard();
    if (connection.wire.full()) connection.tooSlow();
  }

  private boolean bearable() {
    long now = System.nanoTime() / 1_000_000;
    if (now - minute >= MINUTE_MS) {
      minute = now;
      odd = 0;
    }
    return ++odd <= ODD_FRAMES;
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
