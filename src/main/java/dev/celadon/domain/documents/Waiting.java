package dev.celadon.domain.documents.relations;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Work that waits, for those who compose futures. */
final class Waiting {

  /** Does {@code work} on a virtual thread, this one if it is one. */
  static <T> Future<T> on(Supplier<T> work) {
    if (Thread.currentThread().isVirtual()) return done(work);
    var context = Vertx.currentContext();
    var promise = Promise.<T>promise();
    Thread.ofVirtual()
        .name("related")
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
