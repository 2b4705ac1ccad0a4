package org.retellbridge.foundation.webhooks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.retellbridge.foundation.problems.FaultLog;

/** Lets somebody who waits have the answer before it is written down. */
public final class AnswerFirst {
  private static final System.Logger LOGGER = System.getLogger(AnswerFirst.class.getName());

  private AnswerFirst() {}

  /**
   * The same answer. What depends on it, the sending above all, comes first, and in the same thread
   * then the rest.
   *
   * @param rest is asked while the answer is held back, so briefly, for what can wait; not asked
   *     about a failure
   */
  public static <T> CompletionStage<T> then(
      CompletionStage<T> answer, Function<? super T, Runnable> rest) {
    CompletableFuture<T> first = new CompletableFuture<>();
    answer.whenComplete(
        (value, thrown) -> {
          if (thrown != null) {
            first.completeExceptionally(thrown);
            return;
          }
          Runnable later;
          try {
            later = rest.apply(value);
          } catch (RuntimeException | Error e) {
            first.completeExceptionally(e);
            return;
          }
          first.complete(value);
          run(later);
        });
    return first;
  }

  private static void run(Runnable later) {
    try {
      later.run();
    } catch (RuntimeException | Error e) {
      FaultLog.tell(LOGGER, "What follows an answer failed", e);
    }
  }
}
