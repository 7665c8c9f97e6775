package dev.celadon.realtime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets what one reading of the log brings a client leave in one packet. Text frames that are
 * written within one task of the event loop are put one behind the other; without this each would
 * be two buffers, a promise and a system call of its own. Used on the channel's event loop only.
 */
final class Gathering extends ChannelDuplexHandler {

  /** Beyond this many bytes they leave at once, so that a slow client is noticed in time. */
  private static final int MOST_BYTES = 64 << 10;

  /** The longest head of a frame that is not masked. */
  private static final int HEAD_BYTES = 10;

  private static final String NAME = "gathering";
  private static final int FINAL_TEXT = 0x81;
  private static final int SHORT = 126;
  private static final int LONG = 127;

  /** The text of one frame in two parts, of which many clients share the first. */
  private record Text(byte[] head, byte[] tail) {
    int length() {
      return head.length + tail.length;
    }
  }

  private static final byte[] NOTHING = {};

  /** A buffer for each event loop, which nearly every packet goes through. */
  private static final FastThreadLocal<ByteBuf> OWN =
      new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
          return Unpooled.directBuffer(2 * MOST_BYTES);
        }

        @Override
        protected void onRemoval(ByteBuf own) {
          own.release();
        }
      };

  private final Channel channel;
  private List<Text> gathered = List.of();
  private int bytes;
  private boolean due;
  private Runnable drained = () -> {};
  private @Nullable ChannelHandlerContext here;

  private Gathering(Channel channel) {
    this.channel = channel;
  }

  /** Begins with the next frame of a channel that has become a WebSocket. */
  static Gathering on(Channel channel) {
    var gathering = new Gathering(channel);
    var pipeline = channel.pipeline();
    pipeline.addBefore(pipeline.lastContext().name(), NAME, gathering);
    return gathering;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    here = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    here = null;
  }

  /** Writes the text {@code head} and {@code tail}, in UTF-8; the arrays must not change. */
  void write(byte[] head, byte[] tail) {
    var ctx = here;
    if (ctx == null) return;
    append(ctx, new Text(head, tail));
    flush(ctx);
  }

  /** Whether the client does not keep up. */
  boolean full() {
    return !channel.isWritable();
  }

  /** Calls {@code then} each time that the client has caught up. */
  void onDrain(Runnable then) {
    drained = then;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.fireChannelWritabilityChanged();
    if (channel.isWritable()) drained.run();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof TextWebSocketFrame frame && frame.isFinalFragment()) {
      try {
        append(ctx, new Text(ByteBufUtil.getBytes(frame.content()), NOTHING));
      } finally {
        frame.release();
      }
      promise.trySuccess();
    } else {
      hand(ctx);
      ctx.write(message, promise);
    }
  }

  private void append(ChannelHandlerContext ctx, Text text) {
    if (gathered.isEmpty()) gathered = new ArrayList<>();
    gathered.add(text);
    bytes += HEAD_BYTES + text.length();
    if (bytes < MOST_BYTES) return;
    hand(ctx);
    ctx.flush();
  }

  private void hand(ChannelHandlerContext ctx) {
    if (gathered.isEmpty()) return;
    var out = buffer(ctx, bytes);
    for (var text : gathered) {
      head(out, text.length());
      out.writeBytes(text.head).writeBytes(text.tail);
    }
    gathered = List.of();
    bytes = 0;
    ctx.write(out, ctx.voidPromise());
  }

  /** The loop's own buffer, unless a socket that is not writable still holds it. */
  private static ByteBuf buffer(ChannelHandlerContext ctx, int bytes) {
    var own = OWN.get();
    if (own.refCnt() > 1 || own.capacity() < bytes) return ctx.alloc().ioBuffer(bytes);
    return own.clear().retain();
  }

  private static void head(ByteBuf out, int length) {
    out.writeByte(FINAL_TEXT);
    if (length < SHORT) out.writeByte(length);
    else if (length <= 0xffff) out.writeByte(SHORT).writeShort(length);
    else out.writeByte(LONG).writeLong(length);
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
}
