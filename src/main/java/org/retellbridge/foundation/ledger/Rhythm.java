package org.retellbridge.foundation.ledger;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What is done again and again; it only starts work, and never waits for it. */
final class Rhythm {
  private static final System.Logger LOGGER = System.getLogger(Rhythm.class.getName());

  private final ScheduledExecutorService timers;
  private final List<ScheduledFuture<?>> running = new CopyOnWriteArrayList<>();

  Rhythm(ScheduledExecutorService timers) {
    this.timers = timers;
  }

  void every(Duration time, Runnable work) {
    every(time, time, work);
  }

  void every(Duration first, Duration time, Runnable work) {
    running.add(
        timers.scheduleWithFixedDelay(
            () -> quietly(work), first.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS));
  }

  void stop() {
    running.forEach(task -> task.cancel(false));
    running.clear();
  }

  /**
   * A task that throws would never be run again; neither for a class that cannot be loaded nor for
   * a thread or memory that was not to be had just then.
   */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOGGER.log(ERROR, "Unexpected", e);
    }
  }
}
