package org.retellbridge.foundation.rehearsal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Has the start of the application wait for a rehearsal, where that is possible. */
public final class DuringStart {
  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 15_000;

  private DuringStart() {}

  /**
   * Runs it in a thread of the executor and waits, at most 15 seconds. Open Liberty lets the tasks
   * of its executors wait until the application has started: what has not begun after half a second
   * is not waited for, and runs then.
   */
  public static void run(Executor executor, Runnable rehearsal) {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    executor.execute(
        () -> {
          begun.countDown();
          try {
            rehearsal.run();
          } finally {
            over.countDown();
          }
        });
    try {
      if (begun.await(FIRST_MILLIS, MILLISECONDS)) {
        over.await(MOST_MILLIS, MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
