package org.retellbridge.foundation.rehearsal;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Work that goes on beside the start of the application, which waits for it at its end, where that
 * is possible. It must not go on unawaited: at the end of the start Payara closes the jars of the
 * application under the hands of whoever loads a class from them ({@code
 * WebappClassLoader.closeJARs} of Payara 6.2025.10, "zip file closed"), and a class that fails in
 * its initialiser never comes back.
 */
public final class DuringStart {
  private static final System.Logger LOGGER = System.getLogger(DuringStart.class.getName());

  /** Of an observer of the start that begins such work: before all without a priority. */
  public static final int FIRST = 100;

  /** Of an observer of the start that waits for it: after all without a priority. */
  public static final int LAST = 10_000;

  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 15_000;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  private DuringStart() {}

  /** Runs it in a thread of the executor; an application starts without it if there is none. */
  public static DuringStart begin(Executor executor, Runnable work) {
    DuringStart it = new DuringStart();
    try {
      executor.execute(() -> it.run(work));
    } catch (RejectedExecutionException e) {
      LOGGER.log(
          DEBUG, "What should go on beside the start found no thread: {0}", e.getClass().getName());
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

  private void run(Runnable work) {
    begun.countDown();
    try {
      work.run();
    } finally {
      over.countDown();
    }
  }
}
