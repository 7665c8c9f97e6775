package dev.celadon.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * When each write was asked for, when it was answered, and when each subscriber had its event.
 * Writes are numbered from {@code first}; what arrives of others is not of this measurement.
 */
final class Deliveries {

  private final int first;
  private final long[] sent;
  private final long[] answered;
  private final int[] writes;
  private final long[] arrivals;
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();

  Deliveries(int first, int writes, int subscribers) {
    this.first = first;
    this.sent = new long[writes];
    this.answered = new long[writes];
    this.writes = new int[writes * subscribers];
    this.arrivals = new long[writes * subscribers];
  }

  void sent(int number) {
    sent[number - first] = System.nanoTime();
  }

  void answered(int number) {
    answered[number - first] = System.nanoTime();
    answers.incrementAndGet();
  }

  /** Called by one thread only. */
  void arrived(long number) {
    if (number < first || number >= first + sent.length) return;
    int place = arrived.get();
    if (place == writes.length) return;
    writes[place] = (int) number - first;
    arrivals[place] = System.nanoTime();
    arrived.set(place + 1);
  }

  boolean allAnswered() {
    return answers.get() == sent.length;
  }

  int count() {
    return arrived.get();
  }

  int expected() {
    return writes.length;
  }

  /** From each request to its answer. */
  Times answers() {
    var all = new long[sent.length];
    Arrays.setAll(all, i -> answered[i] - sent[i]);
    return new Times(all);
  }

  /** From the request to each event. */
  Times events() {
    return since(sent);
  }

  /** From the answer to each event; nothing for one that came before the answer. */
  Times eventsAfterAnswers() {
    return since(answered);
  }

  private Times since(long[] moments) {
    var all = new long[count()];
    Arrays.setAll(all, i -> Math.max(0, arrivals[i] - moments[writes[i]]));
    return new Times(all);
  }

  /** Spans of time, in order. */
  static final class Times {

    private final long[] nanos;

    Times(long[] nanos) {
      this.nanos = nanos;
      Arrays.sort(nanos);
    }

    /** The span that {@code percent} of all do not exceed, in milliseconds. */
    double ms(int percent) {
      if (nanos.length == 0) return Double.NaN;
      return nanos[Math.min(nanos.length - 1, (int) ((long) nanos.length * percent / 100))] / 1e6;
    }
  }
}
