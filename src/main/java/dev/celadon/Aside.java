package dev.celadon;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Something that a thread of its own does while others go on: a start waits for much. */
final class Aside<T> {

  private static final Executor THREADS = work -> Thread.ofPlatform().daemon().start(work);

  private final CompletableFuture<T> result;

  private Aside(CompletableFuture<T> result) {
    this.result = result;
  }

  /** Begins {@code work}. */
  static <T> Aside<T> of(Supplier<T> work) {
    return new Aside<>(CompletableFuture.supplyAsync(work, THREADS));
  }

  /** Does all of {@code works} at once. Waits for all; throws what one of them threw. */
  static void all(Runnable... works) {
    List<Aside<Void>> begun = new ArrayList<>();
    for (var work : works) begun.add(begin(work));
    begun.forEach(Aside::await);
  }

  /** Begins {@code work}, of which nothing is to come but its end. */
  static Aside<Void> begin(Runnable work) {
    return new Aside<>(CompletableFuture.runAsync(work, THREADS));
  }

  /** What came of it. Waits; throws what the work threw. */
  T await() {
    try {
      return result.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) throw cause;
      throw failed;
    }
  }
}
