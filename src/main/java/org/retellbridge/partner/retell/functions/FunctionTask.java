package org.retellbridge.partner.retell.functions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A function that either runs or is refused, whichever comes first; never both. */
final class FunctionTask<T> implements Runnable {
  private final Supplier<CompletionStage<T>> function;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final AtomicBoolean settled = new AtomicBoolean();

  FunctionTask(Supplier<CompletionStage<T>> function) {
    this.function = function;
  }

  CompletionStage<T> answer() {
    return answer;
  }

  /** Not once its answer was given for it: whoever waited was told that the time is over. */
  @Override
  public void run() {
    if (!answer.isDone() && settled.compareAndSet(false, true)) {
      begin();
    }
  }

  void refuse() {
    if (settled.compareAndSet(false, true)) {
      answer.completeExceptionally(new FunctionThreads.Crowded());
    }
  }

  private void begin() {
    try {
      function
          .get()
          .whenComplete(
              (value, thrown) -> {
                if (thrown == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(thrown);
                }
              });
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }
}
