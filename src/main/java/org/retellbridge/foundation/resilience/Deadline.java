package org.retellbridge.foundation.resilience;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/** Ends waiting in time. */
public final class Deadline {
  private Deadline() {}

  /** The answer, or a {@link TimeoutException} once the time is over. */
  public static <T> CompletionStage<T> within(
      Duration time, CompletionStage<T> answer, ScheduledExecutorService scheduler) {
    CompletableFuture<T> first = answer.toCompletableFuture();
    Future<?> timer =
        scheduler.schedule(
            () -> first.completeExceptionally(new TimeoutException()), time.toNanos(), NANOSECONDS);
    return first.whenComplete((value, thrown) -> timer.cancel(false));
  }
}
