package dev.celadon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Many {@link Subscriber}s on one thread with one buffer. */
final class Subscribers implements AutoCloseable {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int CONNECTING = 64;

  private final Selector selector;
  private final LongConsumer events;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private volatile boolean closing;
  private volatile int greeted;
  private volatile int ended;

  private Subscribers(Selector selector, LongConsumer events) {
    this.selector = selector;
    this.events = events;
  }

  /**
   * Connects {@code count} and waits until each is greeted.
   *
   * @param uri names project and channels
   * @param events runs on the reading thread with what {@link Subscriber} says of each event
   */
  static Subscribers connect(int count, int port, String uri, String cookie, LongConsumer events) {
    try {
      var all = new Subscribers(Selector.open(), events);
      Thread.ofPlatform().daemon().name("subscribers").start(all::run);
      for (int i = 0; i < count; i++) {
        all.add(port, uri, cookie);
        while (all.greeted < i - CONNECTING) all.await();
      }
      while (all.greeted < count) all.await();
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() {
    if (ended > 0) throw new IllegalStateException("a subscriber was sent away");
    Node.pause(1);
  }

  private void add(int port, String uri, String cookie) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    var request =
        "GET "
            + uri
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: "
            + cookie
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Subscriber(channel, events));
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(this::readable);
      }
      for (var key : selector.keys()) key.channel().close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readable(SelectionKey key) {
    var subscriber = (Subscriber) key.attachment();
    boolean before = subscriber.greeted();
    try {
      if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) throw new IOException("closed");
      subscriber.received(buffer.flip());
    } catch (IOException gone) {
      key.cancel();
      ended++;
    }
    if (!before && subscriber.greeted()) greeted++;
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
  }
}
