package org.retellbridge.foundation.switches;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what this node has begun and not ended: what a stop would cut off. */
@ApplicationScoped
public class UnderWay {
  private final AtomicInteger count = new AtomicInteger();

  /** Counts the work until it is over, well or not. */
  public <T> CompletionStage<T> watch(CompletionStage<T> work) {
    count.incrementAndGet();
    return work.whenComplete((value, thrown) -> count.decrementAndGet());
  }

  public int count() {
    return count.get();
  }
}
