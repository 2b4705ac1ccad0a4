package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Requests of this node that want to know about the first attempt with a parcel. */
final class Waiters {
  /** The parcel before it may take its time, or be another node's. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Pause pause;

  /** By customer and parcel; the inner maps are touched inside {@code compute} only. */
  private final Map<String, Map<Long, CompletableFuture<Accepted>>> waiting =
      new ConcurrentHashMap<>();

  Waiters(Pause pause) {
    this.pause = pause;
  }

  CompletionStage<Accepted> join(long seq, String customer) {
    CompletableFuture<Accepted> result = new CompletableFuture<>();
    waiting.compute(
        customer,
        (key, known) -> {
          Map<Long, CompletableFuture<Accepted>> all = known == null ? new HashMap<>() : known;
          all.put(seq, result);
          return all;
        });
    return pause
        .within(LIMIT, result)
        .exceptionally(late -> new Accepted.Stored())
        .whenComplete((accepted, thrown) -> leave(seq, customer));
  }

  void tell(long seq, String customer, Accepted accepted) {
    leave(seq, customer)
        .ifPresent(waiter -> waiter.complete(accepted == null ? new Accepted.Stored() : accepted));
  }

  /** What is before them has to wait, so they do. */
  void tellAll(String customer) {
    Map<Long, CompletableFuture<Accepted>> all = waiting.remove(customer);
    if (all != null) {
      all.values().forEach(waiter -> waiter.complete(new Accepted.Stored()));
    }
  }

  boolean any(String customer) {
    return waiting.containsKey(customer);
  }

  private Optional<CompletableFuture<Accepted>> leave(long seq, String customer) {
    Map<Long, CompletableFuture<Accepted>> left = new HashMap<>();
    waiting.computeIfPresent(
        customer,
        (key, all) -> {
          CompletableFuture<Accepted> waiter = all.remove(seq);
          if (waiter != null) {
            left.put(seq, waiter);
          }
          return all.isEmpty() ? null : all;
        });
    return Optional.ofNullable(left.get(seq));
  }
}
