package dev.celadon.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Hands an immutable message to a consumer in the same process without copying it. */
record ByReference<T>(String name) implements MessageCodec<T, T> {

  static final String ENVELOPE = "celadon.envelope";
  static final String REPLY = "celadon.reply";

  /** Makes the codecs known; once for each bus. */
  static void register(EventBus bus) {
    bus.registerCodec(new ByReference<Envelope>(ENVELOPE));
    bus.registerCodec(new ByReference<Reply>(REPLY));
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    throw new UnsupportedOperationException("calls do not leave the process");
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("calls do not leave the process");
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
