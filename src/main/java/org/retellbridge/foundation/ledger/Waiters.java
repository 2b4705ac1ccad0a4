package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Requests of this node that want to know about the first attempt with a parcel. */
final class Waiters {
  /** The parcel before it may take its time, or be another node's. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Pause pause;
  private final Map<Long, Waiter> waiting = new ConcurrentHashMap<>();

  Waiters(Pause pause) {
    this.pause = pause;
  }

  CompletionStage<Accepted> join(long seq, String customer) {
    Waiter waiter = new Waiter(customer, new CompletableFuture<>());
    waiting.put(seq, waiter);
    return pause
        .within(LIMIT, waiter.result())
        .exceptionally(late -> new Accepted.Stored())
        .whenComplete((accepted, thrown) -> waiting.remove(seq, waiter));
  }

  void tell(long seq, Accepted accepted) {
    Waiter waiter = waiting.remove(seq);
    if (waiter != null) {
      waiter.result().complete(accepted == null ? new Accepted.Stored() : accepted);
    }
  }

  /** What is before them has to wait, so they do. */
  void tellAll(String customer) {
    waiting.values().stream()
        .filter(waiter -> waiter.customer().equals(customer))
        .forEach(waiter -> waiter.result().complete(new Accepted.Stored()));
  }

  boolean any(String customer) {
    return waiting.values().stream().anyMatch(waiter -> waiter.customer().equals(customer));
  }

  private record Waiter(String customer, CompletableFuture<Accepted> result) {}
}
