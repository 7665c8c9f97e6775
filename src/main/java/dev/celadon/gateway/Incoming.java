package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Source;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it comes: a piece is taken off the connection when the service asks for
 * one. While it is waited for, so many bytes must come in so much time; how long the service takes
 * is not the client's fault. All but {@link #next} is confined to the request's event loop.
 */
final class Incoming implements Source {

  /** So many bytes must come in each {@link Settings#bodyTimeoutMs} of waiting. */
  private static final int PACE_BYTES = 64 * 1024;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Context loop;
  private final HttpServerRequest request;
  private final long paceMs;
  private @Nullable Promise<@Nullable Buffer> asked;
  private @Nullable Throwable failure;
  private boolean ended;
  private boolean broken;
  private boolean begun;
  private long waitedMs;
  private long pace;
  private long taken;
  private long askedAtNs;
  private long timer = NO_TIMER;

  /** Of a request that is paused; to be called on its event loop. */
  Incoming(Vertx vertx, HttpServerRequest request, long paceMs) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.request = request;
    this.paceMs = paceMs;
    request.handler(this::take);
    request.endHandler(
        end -> {
          ended = true;
          settle();
        });
    request.exceptionHandler(broken -> broken());
  }

  @Override
  public Future<@Nullable Buffer> next() {
    Promise<@Nullable Buffer> promise = Promise.promise();
    loop.runOnContext(go -> ask(promise));
    return promise.future();
  }

  private void ask(Promise<@Nullable Buffer> promise) {
    if (asked != null) throw new IllegalStateException("the last piece has not come yet");
    asked = promise;
    if (failure != null || ended) {
      settle();
      return;
    }
    if (broken || request.response().closed()) {
      // What has come before can still be had; when there is nothing left it is over.
      long pieces = taken;
      request.fetch(1);
      loop.runOnContext(
          then -> {
            if (taken == pieces) broken();
          });
      return;
    }
    if (!begun && "100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    begun = true;
    askedAtNs = System.nanoTime();
    timer = vertx.setTimer(Math.max(1, paceMs - waitedMs), late -> late());
    request.fetch(1);
  }

  /** The connection is gone, maybe before anybody asked. */
  private void broken() {
    broken = true;
    if (asked != null) fail(Failure.with(Fault.BAD_REQUEST, "the body ended too early"));
  }

  private void take(Buffer piece) {
    var promise = asked;
    // Nobody waits where the rest is only being drained.
    if (promise == null) return;
    waitedMs += (System.nanoTime() - askedAtNs) / 1_000_000;
    taken++;
    pace += piece.length();
    if (pace >= PACE_BYTES) {
      pace = 0;
      waitedMs = 0;
    }
    answered();
    promise.complete(piece);
  }

  private void late() {
    timer = NO_TIMER;
    fail(Failure.with(Fault.TOO_SLOW));
  }

  private void fail(Throwable reason) {
    if (failure == null) failure = reason;
    settle();
  }

  /** Tells who waits that there is no more. */
  private void settle() {
    var promise = asked;
    if (promise == null) return;
    answered();
    if (failure != null) promise.fail(failure);
    else promise.complete(null);
  }

  private void answered() {
    asked = null;
    if (timer != NO_TIMER) vertx.cancelTimer(timer);
    timer = NO_TIMER;
  }
}
