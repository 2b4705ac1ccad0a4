package org.retellbridge.foundation.ledger;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads on which the ledger talks to its database. */
final class LedgerThreads {
  /** Work that waits; more is refused at once, and goes on without the ledger. */
  private static final int QUEUE = 5_000;

  private static final long IDLE_SECONDS = 30;

  private LedgerThreads() {}

  static ExecutorService of(ThreadFactory threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            Pools.SIZE,
            Pools.SIZE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            threads);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
