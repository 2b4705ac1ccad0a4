package org.retellbridge.foundation.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.retellbridge.foundation.telephony.CallId;

/**
 * How often something may happen in one call. A place is reserved before and given back if nothing
 * happened, so that no two requests take the last one. While the ledger is down, memory counts.
 */
public final class Allowance {
  private final Database database;
  private final Clock clock;
  private final Counters counters;
  private final Cache<String, AtomicInteger> meanwhile =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .maximumSize(10_000)
          .expireAfterAccess(Duration.ofHours(2))
          .build();

  Allowance(Database database, Clock clock, Counters counters) {
    this.database = database;
    this.clock = clock;
    this.counters = counters;
  }

  /** Empty when there was no place left; never completes exceptionally. */
  public CompletionStage<Optional<Reservation>> reserve(CallId call, String kind, int most) {
    return database
        .run(tables -> reserve(tables, call, kind, most))
        .thenApply(left -> reservation(left, call, kind, false))
        .exceptionally(
            thrown -> {
              counters.degraded("allowance");
              return reservation(reserveInMemory(call, kind, most), call, kind, true);
            });
  }

  /**
   * Gives the place back where it was taken; never completes exceptionally. One of a ledger that is
   * down by now stays taken: in memory there may be none to give back.
   */
  public CompletionStage<Void> release(Reservation reservation) {
    if (reservation.inMemory()) {
      inMemory(reservation.call(), reservation.kind()).updateAndGet(used -> Math.max(0, used - 1));
      return CompletableFuture.completedFuture(null);
    }
    return database
        .run(tables -> release(tables, reservation))
        .handle(
            (done, thrown) -> {
              if (thrown != null) {
                counters.degraded("allowance");
              }
              return null;
            });
  }

  /** How many places are taken. Fails with {@link LedgerDown}. */
  public CompletionStage<Integer> count(CallId call, String kind) {
    return database.run(
        tables ->
            tables
                .handle()
                .createQuery("select used from allowances where call_id = ? and kind = ?")
                .bind(0, call.value())
                .bind(1, kind)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0));
  }

  private static Optional<Reservation> reservation(
      boolean left, CallId call, String kind, boolean inMemory) {
    return left ? Optional.of(new Reservation(call, kind, inMemory)) : Optional.empty();
  }

  private boolean reserve(Tables tables, CallId call, String kind, int most) {
    tables
        .handle()
        .execute(
            "insert into allowances (call_id, kind, used, changed_at) values (?, ?, 0, ?) on"
                + " conflict do nothing",
            call.value(),
            kind,
            clock.millis());
    return tables
            .handle()
            .execute(
                "update allowances set used = used + 1, changed_at = ? where call_id = ? and kind ="
                    + " ? and used < ?",
                clock.millis(),
                call.value(),
                kind,
                most)
        == 1;
  }

  private static int release(Tables tables, Reservation reservation) {
    return tables
        .handle()
        .execute(
            "update allowances set used = used - 1 where call_id = ? and kind = ? and used > 0",
            reservation.call().value(),
            reservation.kind());
  }

  /** A refusal takes no place: else one that is given back would not be there for the next. */
  private boolean reserveInMemory(CallId call, String kind, int most) {
    return inMemory(call, kind).getAndUpdate(used -> used < most ? used + 1 : used) < most;
  }

  private AtomicInteger inMemory(CallId call, String kind) {
    return meanwhile.get(call.value() + "\n" + kind, key -> new AtomicInteger());
  }

  /**
   * A place that was taken.
   *
   * @param inMemory where it is counted: the ledger may have come or gone when it is given back
   */
  public record Reservation(CallId call, String kind, boolean inMemory) {}
}
