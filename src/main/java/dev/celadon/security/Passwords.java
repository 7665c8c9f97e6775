package dev.celadon.security;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.users.Hashes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes passwords on one bounded pool: a flood of sign-ins fills the queue and is told to come
 * back, while everything else goes on. What runs at once also bounds the memory of it.
 */
public final class Passwords implements Hashes, AutoCloseable {

  private static final int IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;
  private final Argon2 argon2;
  private final String nobody;

  /**
   * @param cost what one new hash costs
   * @param threads how many hashes are computed at once
   * @param queue how many may wait for that
   */
  public Passwords(Argon2.Cost cost, int threads, int queue) {
    this.argon2 = new Argon2(cost);
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().name("hash-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    this.nobody = argon2.likeNew();
  }

  @Override
  public String hash(String password) {
    return compute(() -> argon2.hash(password));
  }

  @Override
  public boolean verify(String password, String hash) {
    return compute(
        () ->
            OtherHashes.handles(hash)
                ? OtherHashes.verify(password, hash)
                : argon2.verify(password, hash));
  }

  @Override
  public boolean knows(String hash) {
    return OtherHashes.handles(hash) ? OtherHashes.knows(hash) : argon2.knows(hash);
  }

  @Override
  public boolean stale(String hash) {
    return argon2.stale(hash);
  }

  @Override
  public void pretend(String password) {
    verify(password, nobody);
  }

  /** Waits for nobody; what is being computed ends by itself. */
  @Override
  public void close() {
    pool.shutdownNow();
  }

  private <T> T compute(Callable<T> work) {
    try {
      return pool.submit(work).get();
    } catch (RejectedExecutionException full) {
      throw Failure.with(Fault.BUSY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.with(Fault.BUSY);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException("a password could not be hashed", e.getCause());
    }
  }
}
