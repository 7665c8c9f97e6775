package dev.celadon.realtime;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a client that does not keep up, within bounds of bytes and of age. While it keeps
 * up nothing is stored here.
 */
final class Outbox {

  /** One frame; made into text only when it is written, so that waiting ones share the most. */
  interface Frame {
    void to(Wire wire);

    int size();
  }

  private record Plain(String text, String seq) implements Frame {
    @Override
    public void to(Wire wire) {
      wire.write(text, seq);
    }

    @Override
    public int size() {
      return text.length();
    }
  }

  private record Waiting(Frame frame, long since) {}

  private final Wire wire;
  private final Limits limits;
  private @Nullable ArrayDeque<Waiting> queue;
  private @Nullable Runnable whenEmpty;
  private int bytes;

  Outbox(Wire wire, Limits limits) {
    this.wire = wire;
    this.limits = limits;
  }

  void send(String text) {
    send(new Plain(text, ""), true);
  }

  void send(String text, String seq) {
    send(new Plain(text, seq), true);
  }

  /**
   * Writes {@code frame}, or lets it wait.
   *
   * @param unbounded for answers and replays, which are paced by {@link #whenEmpty}
   * @return false when too much waits already: the client is too slow
   */
  boolean send(Frame frame, boolean unbounded) {
    if (queue == null && !wire.full()) {
      frame.to(wire);
      return true;
    }
    if (!unbounded && bytes + frame.size() > limits.queueBytes()) return false;
    if (queue == null) {
      queue = new ArrayDeque<>();
      wire.onDrain(this::drain);
    }
    queue.add(new Waiting(frame, now()));
    bytes += frame.size();
    return true;
  }

  /** Whether the oldest frame has waited too long. */
  boolean stale() {
    return queue != null
        && !queue.isEmpty()
        && now() - queue.getFirst().since > limits.queueAgeMs();
  }

  /** Calls {@code then} once nothing waits: at once or later. */
  void whenEmpty(Runnable then) {
    if (queue == null && !wire.full()) {
      then.run();
      return;
    }
    var before = whenEmpty;
    whenEmpty =
        before == null
            ? then
            : () -> {
              before.run();
              then.run();
            };
    if (queue == null) {
      queue = new ArrayDeque<>();
      wire.onDrain(this::drain);
    }
  }

  /** Forgets what waits. */
  void clear() {
    queue = null;
    whenEmpty = null;
    bytes = 0;
  }

  private void drain() {
    if (queue == null) return;
    while (!queue.isEmpty() && !wire.full()) {
      var frame = queue.removeFirst().frame;
      bytes -= frame.size();
      frame.to(wire);
    }
    if (!queue.isEmpty()) return;
    queue = null;
    bytes = 0;
    var then = whenEmpty;
    whenEmpty = null;
    if (then != null) then.run();
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
