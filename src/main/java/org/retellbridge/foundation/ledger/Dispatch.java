package org.retellbridge.foundation.ledger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Takes claimed parcels to their couriers, writes down what came of it, and sees to the next. */
final class Dispatch {
  /**
   * Retries in flight at once, of each kind: a vendor that comes back must not be trampled, and one
   * that is silent must not keep the others' parcels waiting.
   */
  private static final int MOST = 32;

  /** What they may hold together: an event of a long talk is of megabytes. */
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final Database database;
  private final OutboxClaims claims;
  private final OutboxEnds ends;
  private final Couriers couriers;
  private final Waiters waiters;
  private final Map<String, Load> loads = new ConcurrentHashMap<>();
  private final OneAtATime polling = new OneAtATime();

  Dispatch(
      Database database, OutboxClaims claims, OutboxEnds ends, Couriers couriers, Waiters waiters) {
    this.database = database;
    this.claims = claims;
    this.ends = ends;
    this.couriers = couriers;
    this.waiters = waiters;
  }

  /** One attempt with a parcel that this process has claimed. */
  CompletionStage<Accepted> send(Held held) {
    return couriers
        .attempt(held.parcel())
        .thenCompose(delivery -> settle(held, delivery))
        .whenComplete((accepted, thrown) -> followUp(held, accepted));
  }

  /** Claims and sends what is due; called every half second, and as long as the vendor takes it. */
  void poll() {
    if (database.down().isEmpty()) {
      polling.run(this::claim, claimed -> claimed.forEach(this::retry));
    }
  }

  /** Those that come count at once: the next one to claim asks how much room there is. */
  private CompletionStage<List<Held>> claim() {
    return database
        .run(tables -> claims.claim(tables, kind -> load(kind).room()))
        .thenApply(
            claimed -> {
              claimed.forEach(held -> load(held.parcel().kind()).add(1, held.size()));
              return claimed;
            });
  }

  private Load load(String kind) {
    return loads.computeIfAbsent(kind, name -> new Load());
  }

  private void retry(Held held) {
    CompletionStage<Accepted> sent;
    try {
      sent = send(held);
    } catch (RuntimeException | Error e) {
      // Else its place, and those of all that come after it here, would be taken for good.
      sent = CompletableFuture.failedStage(e);
    }
    sent.whenComplete(
        (accepted, thrown) -> {
          boolean few = load(held.parcel().kind()).add(-1, -held.size()) < MOST / 2;
          if (few && accepted instanceof Accepted.Delivered) {
            poll();
          }
        });
  }

  /**
   * If the ledger went down meanwhile the row stays claimed, and is delivered once more after the
   * lease, under the same message id.
   */
  private CompletionStage<Accepted> settle(Held held, Delivery delivery) {
    return database
        .run(tables -> ends.settle(tables, held, delivery))
        .exceptionally(
            thrown ->
                delivery instanceof Delivery.Delivered
                    ? new Accepted.Delivered()
                    : new Accepted.Stored());
  }

  private void followUp(Held held, Accepted accepted) {
    waiters.tell(held.seq(), held.customer(), accepted);
    if (accepted instanceof Accepted.Stored) {
      waiters.tellAll(held.customer());
      return;
    }
    if (waiters.any(held.customer())) {
      next(held.customer());
    }
  }

  /** Somebody on this node waits for what comes after. */
  void next(String customer) {
    database
        .run(tables -> claims.claim(tables, customer))
        .thenAccept((List<Held> claimed) -> claimed.forEach(this::send));
  }

  /** What is on its way of a kind. */
  private static final class Load {
    private int parcels;
    private long bytes;

    /** How many there are then. */
    synchronized int add(int more, long size) {
      parcels += more;
      bytes += size;
      return parcels;
    }

    synchronized Room room() {
      return new Room(MOST - parcels, MOST_BYTES - bytes, parcels == 0);
    }
  }
}
