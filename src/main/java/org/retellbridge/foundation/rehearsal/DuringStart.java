package org.retellbridge.foundation.rehearsal;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A rehearsal that goes on beside the start of the application, which waits for it at its end,
 * where that is possible.
 */
public final class DuringStart {
  private static final System.Logger LOGGER = System.getLogger(DuringStart.class.getName());

  /** Of an observer of the start that begins a rehearsal: before all without a priority. */
  public static final int FIRST = 100;

  /** Of an observer of the start that waits for it: after all without a priority. */
  public static final int LAST = 10_000;

  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 15_000;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  private DuringStart() {}

  /** Runs it in a thread of the executor; an application starts without it if there is none. */
  public static DuringStart begin(Executor executor, Runnable rehearsal) {
    DuringStart it = new DuringStart();
    try {
      executor.execute(() -> it.run(rehearsal));
    } catch (RejectedExecutionException e) {
      LOGGER.log(DEBUG, "A rehearsal found no thread: {0}", e.getClass().getName());
    }
    return it;
  }

  /**
   * Waits until it is over, at most 15 seconds. Open Liberty lets the tasks of its executors wait
   * until the application has started: what has not begun after half a second is not waited for,
   * and runs then.
   */
  public void await() {
    try {
      if (begun.await(FIRST_MILLIS, MILLISECONDS)) {
        over.await(MOST_MILLIS, MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Runnable rehearsal) {
    begun.countDown();
    try {
      rehearsal.run();
    } finally {
      over.countDown();
    }
  }
}
