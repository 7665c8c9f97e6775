package dev.celadon.domain.documents;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Work that waits, for those who compose futures. */
public final class Waiting {

  /**
   * Does {@code work} on a virtual thread, this one if it is one; the future completes on the
   * context of the caller.
   *
   * @param name that of the thread, for who looks at a dump
   */
  public static <T> Future<T> on(String name, Supplier<T> work) {
    if (Thread.currentThread().isVirtual()) return done(work);
    var context = Vertx.currentContext();
    var promise = Promise.<T>promise();
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              var done = done(work);
              if (context == null) done.onComplete(promise);
              else context.runOnContext(back -> done.onComplete(promise));
            });
    return promise.future();
  }

  private static <T> Future<T> done(Supplier<T> work) {
    try {
      return Future.succeededFuture(work.get());
    } catch (Throwable failure) {
      // Whatever it is: nobody else would tell who waits for the future.
      return Future.failedFuture(failure);
    }
  }

  private Waiting() {}
}
