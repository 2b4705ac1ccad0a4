package org.retellbridge.foundation.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Makes one attempt; whatever the courier does, it ends, and it ends as a {@link Delivery}. */
final class Couriers {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Iterable<Courier> known;
  private final Pause pause;
  private final Counters counters;

  Couriers(Iterable<Courier> known, Pause pause, Counters counters) {
    this.known = known;
    this.pause = pause;
    this.counters = counters;
  }

  CompletionStage<Delivery> attempt(Parcel parcel) {
    CompletionStage<Delivery> delivery;
    try {
      delivery = pause.within(LIMIT, start(parcel));
    } catch (RuntimeException | Error e) {
      // Errors too: its place would be taken for good.
      delivery = CompletableFuture.failedStage(e);
    }
    return delivery
        .exceptionally(Couriers::failed)
        .thenApply(
            result -> {
              counters.delivery(parcel.kind(), name(result.getClass()));
              return result;
            });
  }

  private CompletionStage<Delivery> start(Parcel parcel) {
    for (Courier courier : known) {
      if (courier.kind().equals(parcel.kind())) {
        return courier.deliver(parcel);
      }
    }
    return CompletableFuture.completedFuture(
        Delivery.Later.notHere("nobody delivers " + parcel.kind()));
  }

  private static Delivery failed(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return new Delivery.Later(cause.getClass().getSimpleName(), Optional.empty());
  }

  static String name(Class<?> delivery) {
    return delivery.getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
