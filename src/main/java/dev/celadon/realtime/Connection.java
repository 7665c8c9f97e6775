package dev.celadon.realtime;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.event.EventNames.Words;
import dev.celadon.event.Position;
import dev.celadon.event.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One client: who it is, what it wants, and what it may be sent now. Confined to the event loop of
 * its hub; there are many, so it holds little.
 */
final class Connection {

  private static final int GREETING_MS = 15_000;
  private static final int FIRST_REFRESH_MS = 1_000;
  private static final int RETRY_MS = 1_000;

  /** What came while it was being asked who this is. */
  private record Held(Published event, List<Subscription> subscriptions) {}

  final Hub hub;
  final Wire wire;
  final Outbox outbox;
  final Messages messages = new Messages(this);

  /** Of the event that is being matched just now; otherwise empty. */
  List<Subscription> matched = List.of();

  private final List<Subscription> subscriptions = new ArrayList<>(1);
  private @Nullable Visitor visitor;
  private @Nullable Position from;
  private @Nullable ArrayDeque<Held> held;
  private boolean askAgain;
  private boolean closed;
  private int heldBytes;
  private long heard = now();
  private long pinged;
  private long refreshAt;

  Connection(Hub hub, Wire wire) {
    this.hub = hub;
    this.wire = wire;
    this.outbox = new Outbox(wire, hub.limits());
  }

  /** Who this is. Only after the greeting. */
  Visitor visitor() {
    if (visitor == null) throw new IllegalStateException("not greeted yet");
    return visitor;
  }

  boolean greeted() {
    return from != null;
  }

  boolean closed() {
    return closed;
  }

  /** Where the log stood when the connection opened. */
  Position from() {
    if (from == null) throw new IllegalStateException("not greeted yet");
    return from;
  }

  List<Subscription> subscriptions() {
    return subscriptions;
  }

  /** From now on events of the visitor's project arrive here. */
  void open(Visitor visitor, Position from) {
    this.from = from;
    become(visitor);
    refreshAt = now() + FIRST_REFRESH_MS;
  }

  /** Takes on another identity: other roles, another account. */
  void become(Visitor next) {
    var before = visitor;
    visitor = next.brief();
    hub.people().move(this, before, visitor);
    if (before != null && before.user().equals(next.user())) return;
    for (var subscription : subscriptions) {
      hub.index().remove(next.project(), subscription);
      subscription.keys = Subscription.resolve(subscription.channels, next);
      hub.index().add(next.project(), subscription);
    }
  }

  /** Adds a subscription; one of the same id is replaced. */
  void add(Subscription subscription) {
    remove(subscription.id);
    subscription.keys = Subscription.resolve(subscription.channels, visitor());
    subscriptions.add(subscription);
    hub.index().add(visitor().project(), subscription);
  }

  boolean remove(String id) {
    for (var subscription : subscriptions) {
      if (!subscription.id.equals(id)) continue;
      subscription.active = false;
      hub.index().remove(visitor().project(), subscription);
      return subscriptions.remove(subscription);
    }
    return false;
  }

  void want(Subscription subscription) {
    if (matched.isEmpty()) matched = new ArrayList<>(1);
    matched.add(subscription);
  }

  /** An event that these subscriptions of this connection name, on its way from the log. */
  void offer(Published event, List<Subscription> wanting) {
    if (closed) return;
    if (held == null) {
      send(event, wanting, false);
      return;
    }
    held.add(new Held(event, wanting));
    hold(event);
  }

  /**
   * Sends {@code event} if the visitor may read it at this moment and a query lets it through.
   *
   * @param replayed whether it comes from a replay, which is paced and not bounded
   */
  void send(Published event, List<Subscription> wanting, boolean replayed) {
    var ids = new StringBuilder();
    Words words = Words.OWN;
    var hidden = event.hidden(visitor().actor());
    Map<Set<String>, List<Subscription>> trimmed = Map.of();
    for (var subscription : wanting) {
      if (!subscription.active) continue;
      if (!replayed && subscription.held != null) {
        subscription.held.add(event);
        hold(event);
        continue;
      }
      if (!replayed && subscription.from.sees(event.logged().xid())) continue;
      var filter = subscription.filter;
      if (!Rights.readable(event, visitor().actor()) || !filter.accepts(event, hidden)) {
        continue;
      }
      if (filter.trims(event)) {
        if (trimmed.isEmpty()) trimmed = new LinkedHashMap<>();
        trimmed.computeIfAbsent(filter.select(), each -> new ArrayList<>(1)).add(subscription);
        continue;
      }
      if (ids.isEmpty()) words = subscription.words;
      ids.append(ids.isEmpty() ? "" : ",").append(subscription.quoted);
    }
    int left = trimmed.size();
    for (var those : trimmed.values()) {
      boolean last = --left == 0 && ids.isEmpty();
      var shown = those.getFirst().filter.select();
      var part = new Published.Part(those.getFirst().words, shown, hidden, last);
      var quoted = those.stream().map(each -> each.quoted).collect(Collectors.joining(","));
      if (!sent(event.frame(part, quoted), replayed)) return;
    }
    if (ids.isEmpty()) return;
    var part = new Published.Part(words, Set.of(), hidden, true);
    sent(event.frame(part, ids.toString()), replayed);
  }

  private boolean sent(Outbox.Frame frame, boolean replayed) {
    boolean fits = outbox.send(frame, replayed);
    if (!fits) tooSlow();
    return fits;
  }

  private void hold(Published event) {
    heldBytes += event.size();
    if (heldBytes > 4 * hub.limits().queueBytes()) tooSlow();
  }

  /** A replay has reached {@code snapshot}: what came meanwhile and was not in it follows. */
  void caughtUp(Subscription subscription, Snapshot snapshot) {
    var waiting = subscription.held;
    subscription.from = snapshot;
    subscription.held = null;
    if (waiting == null) return;
    for (var event : waiting) {
      heldBytes -= event.size();
      offer(event, List.of(subscription));
    }
  }

  /** Something changed about who this is: nothing is sent until it is known what. */
  void refresh() {
    if (visitor == null || closed) return;
    if (held != null) {
      askAgain = true;
      return;
    }
    held = new ArrayDeque<>(0);
    ask();
  }

  boolean refreshing() {
    return held != null;
  }

  private void ask() {
    if (closed) return;
    askAgain = false;
    hub.on(hub.doorman().refresh(visitor()), this::refreshed, this::notRefreshed);
  }

  private void refreshed(Visitor now) {
    if (closed) return;
    if (askAgain) {
      ask();
      return;
    }
    become(now);
    refreshAt = now() + hub.limits().refreshMs();
    var waiting = held;
    held = null;
    if (waiting == null) return;
    for (var each : waiting) {
      heldBytes -= each.event.size();
      offer(each.event, each.subscriptions);
    }
  }

  private void notRefreshed(Throwable cause) {
    if (cause instanceof Failure failure) refuse(failure);
    else hub.later(RETRY_MS, this::ask);
  }

  /** Once a second: is it alive, does it keep up, is it still who it was? */
  void tick() {
    long now = now();
    if (!greeted()) {
      if (now - heard > GREETING_MS) refuse(Frames.TOO_MANY, "The server is busy. Try again.");
    } else if (outbox.stale()) {
      tooSlow();
    } else if (pinged > 0 && now - pinged >= hub.limits().pongMs()) {
      wire.drop();
      ended();
    } else if (pinged == 0 && now - heard >= hub.limits().pingMs()) {
      wire.ping();
      if (wire.answers()) pinged = now;
      else heard = now;
    }
    boolean known = visitor != null && !(visitor.actor() instanceof Actor.Guest);
    if (known && held == null && now >= refreshAt) refresh();
  }

  /** The client gave a sign of life. */
  void heard() {
    heard = now();
    pinged = 0;
  }

  /** Ends the connection of a client that does not take what it is sent; it can resume. */
  void tooSlow() {
    outbox.clear();
    wire.close(Frames.TOO_SLOW, "The client is too slow. Resume from the last seq.");
    ended();
  }

  /** Ends the connection because of {@code failure}, which is a violation of policy. */
  void refuse(Failure failure) {
    if (failure.fault() == Fault.BUSY) {
      refuse(Frames.TOO_MANY, failure.text());
      return;
    }
    var text = failure.text();
    if (failure.fault() != Fault.REALTIME_POLICY_VIOLATION) {
      text = Failure.with(Fault.REALTIME_POLICY_VIOLATION, text.replaceFirst("\\.$", "")).text();
    }
    refuse(Frames.POLICY, text);
  }

  void refuse(int code, String message) {
    if (closed) return;
    outbox.clear();
    wire.write(Frames.error(code, message), "");
    wire.close(code, message);
    ended();
  }

  /** The socket is gone, or about to be. */
  void ended() {
    if (closed) return;
    closed = true;
    outbox.clear();
    held = null;
    for (var subscription : subscriptions) {
      subscription.active = false;
      hub.index().remove(visitor().project(), subscription);
    }
    subscriptions.clear();
    hub.left(this, visitor);
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
