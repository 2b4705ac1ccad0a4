package org.retellbridge.foundation.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work that is not begun anew while it is under way. */
final class OneAtATime {
  private final AtomicReference<CompletableFuture<Void>> underWay = new AtomicReference<>();

  /**
   * Begins the work, unless it is under way: then it is that which the stage waits for. The stage
   * never fails.
   *
   * @param then is told what came of the work, when it may be begun again
   */
  <T> CompletionStage<Void> run(Supplier<CompletionStage<T>> work, Consumer<T> then) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> other = underWay.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    try {
      work.get().whenComplete((done, thrown) -> end(mine)).thenAccept(then);
    } catch (RuntimeException | Error e) {
      // Also for a class or memory that was not to be had just then: the next one shall try.
      end(mine);
      throw e;
    }
    return mine;
  }

  boolean idle() {
    return underWay.get() == null;
  }

  private void end(CompletableFuture<Void> mine) {
    underWay.compareAndSet(mine, null);
    mine.complete(null);
  }
}
