package org.retellbridge.foundation.resilience;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much may be under way at once, and a queue for a place. It holds no thread, and its order is
 * that of arrival.
 */
final class Places {
  /** Enough for 8,000 calls a second from a vendor that takes a second for each. */
  private static final int MOST = 8_000;

  /**
   * A call that waits for a vendor keeps 34 KB on Payara Micro, measured with 2,000 of them, and
   * some 20 of that while it waits for a place. With this much of the heap for each place, and as
   * many who wait for one, one vendor can take a quarter of it.
   */
  private static final long HEAP_EACH = 256L * 1024;

  private final int most;
  private final int mostWaiting;
  private final ScheduledExecutorService scheduler;
  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();

  /**
   * @param most how many places there are
   * @param mostWaiting how many may wait for one
   */
  Places(int most, int mostWaiting, ScheduledExecutorService scheduler) {
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.scheduler = scheduler;
    this.free = new Semaphore(most);
  }

  /** As many as the heap can hold, and as many who wait. */
  static Places inThisHeap(ScheduledExecutorService scheduler) {
    int most = inHeap(Runtime.getRuntime().maxMemory());
    return new Places(most, most, scheduler);
  }

  /**
   * How much may be under way to one vendor: 8,000, or less in a small heap, which would else be
   * full before anything is refused.
   *
   * @param heap the most that Java may take for it, in bytes
   */
  static int inHeap(long heap) {
    return (int) Math.min(MOST, heap / HEAP_EACH);
  }

  /** A place, if one is free. */
  boolean take() {
    return free.tryAcquire();
  }

  /**
   * Waits for a place.
   *
   * @param limit for so long at most
   * @return whether there was one; never an exception
   */
  CompletionStage<Boolean> await(Duration limit) {
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      return CompletableFuture.completedFuture(false);
    }
    Waiter waiter = new Waiter();
    queue.add(waiter);
    waiter.giveUpAfter(limit);
    serve();
    return waiter.place;
  }

  void release() {
    free.release();
    serve();
  }

  int taken() {
    return most - free.availablePermits();
  }

  /** Whether nobody who comes now gets a place, also not after a wait. */
  boolean full() {
    return free.availablePermits() == 0 && waiting.get() >= mostWaiting;
  }

  private void serve() {
    while (!queue.isEmpty() && free.tryAcquire()) {
      Waiter waiter = queue.poll();
      if (waiter == null || !waiter.answer(true)) {
        free.release();
      }
    }
  }

  /**
   * One who waits. What a place sets in motion runs in a thread of the scheduler: one in the other,
   * where places get free, they would pile up.
   */
  private final class Waiter {
    private final CompletableFuture<Boolean> place = new CompletableFuture<>();
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile Future<?> limit;

    /** The answer may come while it is still being said how long to wait. */
    void giveUpAfter(Duration time) {
      try {
        limit = scheduler.schedule(this::giveUp, time.toNanos(), NANOSECONDS);
      } catch (RuntimeException | Error e) {
        giveUp();
      }
      if (answered.get()) {
        stopWaiting();
      }
    }

    private void stopWaiting() {
      Future<?> timer = limit;
      if (timer != null) {
        timer.cancel(false);
      }
    }

    private void giveUp() {
      queue.remove(this);
      answer(false);
    }

    /** Whether this was the first answer, which is the one that counts. */
    boolean answer(boolean granted) {
      if (!answered.compareAndSet(false, true)) {
        return false;
      }
      waiting.decrementAndGet();
      stopWaiting();
      try {
        scheduler.execute(() -> place.complete(granted));
        return true;
      } catch (RejectedExecutionException | Error e) {
        place.complete(false);
        return false;
      }
    }
  }
}
