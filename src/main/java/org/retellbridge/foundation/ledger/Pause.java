package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waiting without a thread. */
record Pause(ScheduledExecutorService timers) {
  <T> CompletionStage<T> then(Duration time, Supplier<CompletionStage<T>> next) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    try {
      timers.schedule(() -> over.complete(null), time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      over.completeExceptionally(e);
    }
    return over.thenCompose(done -> next.get());
  }

  /** The same, or {@link TimeoutException} if it takes longer. */
  <T> CompletionStage<T> within(Duration time, CompletionStage<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    ScheduledFuture<?> limit =
        timers.schedule(
            () -> result.completeExceptionally(new TimeoutException()),
            time.toMillis(),
            TimeUnit.MILLISECONDS);
    work.whenComplete(
        (value, thrown) -> {
          limit.cancel(false);
          if (thrown == null) {
            result.complete(value);
            return;
          }
          result.completeExceptionally(thrown);
        });
    return result;
  }
}
