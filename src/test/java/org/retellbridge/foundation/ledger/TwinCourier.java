package org.retellbridge.foundation.ledger;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A vendor that answers as it is told, and remembers what it took. */
final class TwinCourier implements Courier {
  final List<Parcel> attempts = new CopyOnWriteArrayList<>();
  final List<String> taken = new CopyOnWriteArrayList<>();
  private final String kind;
  volatile Function<Parcel, CompletionStage<Delivery>> mood = TwinCourier::takes;

  TwinCourier() {
    this("twin");
  }

  TwinCourier(String kind) {
    this.kind = kind;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public CompletionStage<Delivery> deliver(Parcel parcel) {
    attempts.add(parcel);
    return mood.apply(parcel)
        .thenApply(
            delivery -> {
              if (delivery instanceof Delivery.Delivered) {
                taken.add(parcel.messageId());
              }
              return delivery;
            });
  }

  void answers(Delivery delivery) {
    mood = parcel -> CompletableFuture.completedFuture(delivery);
  }

  void works() {
    mood = TwinCourier::takes;
  }

  private static CompletionStage<Delivery> takes(Parcel parcel) {
    return CompletableFuture.completedFuture(new Delivery.Delivered());
  }
}
