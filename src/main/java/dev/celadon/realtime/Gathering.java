package dev.celadon.realtime;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Lets what one reading of the log brings a client leave in one packet. Frames that are written
 * within one task of the event loop are put one behind the other; without this each would be two
 * buffers, a promise and a system call of its own.
 */
final class Gathering extends ChannelOutboundHandlerAdapter {

  /** Beyond this many bytes they leave at once, so that a slow client is noticed in time. */
  private static final int MOST_BYTES = 32 << 10;

  /** The longest head of a frame that is not masked. */
  private static final int HEAD_BYTES = 10;

  private static final int FINAL_TEXT = 0x81;
  private static final int SHORT = 126;
  private static final int LONG = 127;

  private @Nullable ByteBuf gathered;
  private boolean due;

  /** Begins with the next frame of a channel that has become a WebSocket. */
  static void on(Channel channel) {
    var pipeline = channel.pipeline();
    pipeline.addBefore(pipeline.lastContext().name(), "gathering", new Gathering());
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof TextWebSocketFrame frame) || !frame.isFinalFragment()) {
      hand(ctx);
      ctx.write(message, promise);
      return;
    }
    try {
      append(ctx, frame.content());
    } finally {
      frame.release();
    }
    promise.trySuccess();
    if (gathered != null && gathered.readableBytes() >= MOST_BYTES) {
      hand(ctx);
      ctx.flush();
    }
  }

  private void append(ChannelHandlerContext ctx, ByteBuf text) {
    int length = text.readableBytes();
    var out = gathered;
    if (out == null) gathered = out = ctx.alloc().ioBuffer(HEAD_BYTES + length);
    out.writeByte(FINAL_TEXT);
    if (length < SHORT) out.writeByte(length);
    else if (length <= 0xffff) out.writeByte(SHORT).writeShort(length);
    else out.writeByte(LONG).writeLong(length);
    out.writeBytes(text);
  }

  private void hand(ChannelHandlerContext ctx) {
    var out = gathered;
    if (out == null) return;
    gathered = null;
    ctx.write(out, ctx.voidPromise());
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (due) return;
    due = true;
    ctx.executor()
        .execute(
            () -> {
              due = false;
              hand(ctx);
              ctx.flush();
            });
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    hand(ctx);
    ctx.flush();
    ctx.close(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (gathered != null) gathered.release();
    gathered = null;
  }
}
