package dev.celadon;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.LoggerFactory;

/** What has been opened and must be closed, the latest first, however the process is ended. */
final class Teardown {

  /** A step of closing; its failure does not keep the others from being taken. */
  @FunctionalInterface
  interface Step {
    void take() throws Exception;
  }

  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean closed;
  private volatile boolean failed;

  /** Closes at the end of the process, which is no failure when a signal asked for it. */
  void atExit() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close();
                  if (!failed) {
                    Runtime.getRuntime().halt(0);
                  }
                },
                "teardown"));
  }

  /** Adds what was just opened; when the process is already ending it is closed at once. */
  synchronized void add(Step step) {
    if (closed) {
      take(step);
    } else {
      steps.push(step);
    }
  }

  /** Ends the process with a status that says that it failed. */
  void fail(int status) {
    failed = true;
    System.exit(status);
  }

  private synchronized void close() {
    closed = true;
    while (!steps.isEmpty()) {
      take(steps.pop());
    }
  }

  private static void take(Step step) {
    try {
      step.take();
    } catch (Exception e) {
      // Asked for only now: to make the first logger takes a good part of a start.
      LoggerFactory.getLogger(Teardown.class).warn("not closed: {}", e.toString());
    }
  }
}
