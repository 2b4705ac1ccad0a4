package org.retellbridge.foundation.outbound;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one REST client, which end when it is closed. The JDK's own default is an
 * unbounded pool. The server's managed executor is not used: the HTTP client hands over several
 * small tasks a request, each of which would carry the application's context along, and work that
 * fills the managed executor must not stop the network.
 */
final class TransportThreads {

  static final int POOL_SIZE = 4;
  private static final int IDLE_SECONDS = 30;
  private static final int CLOSE_SECONDS = 1;

  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;

  TransportThreads() {
    this(threads(Thread.currentThread().getContextClassLoader()));
  }

  private TransportThreads(ThreadFactory threads) {
    this(threads, new ScheduledThreadPoolExecutor(1, threads));
  }

  TransportThreads(ThreadFactory threads, ScheduledThreadPoolExecutor timer) {
    pool =
        new ThreadPoolExecutor(
            POOL_SIZE,
            POOL_SIZE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads);
    pool.allowCoreThreadTimeOut(true);
    this.timer = timer;
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Runs the HTTP client's work and, in the same threads, what the application does with an answer.
   */
  Executor callbacks() {
    return pool;
  }

  /** Not {@code orTimeout}: before Java 21 its thread keeps the first class loader that used it. */
  Future<?> after(Duration delay, Runnable task) {
    return timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Waits a moment for outcomes that are just being told, since Jersey cannot take them once it is
   * closed.
   */
  void close() {
    timer.shutdownNow();
    pool.shutdown();
    try {
      pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The stages behind a call may look up settings or beans, which servers find through the context
   * class loader.
   */
  private static ThreadFactory threads(ClassLoader application) {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(null, task, "outbound-" + count.incrementAndGet(), 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(application);
      return thread;
    };
  }
}
