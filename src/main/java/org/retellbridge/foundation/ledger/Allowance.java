package org.retellbridge.foundation.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.PhoneNumber;

/**
 * How often something may happen in one call, or to one number in a day. A place is reserved before
 * and given back if nothing happened, so that no two requests take the last one. While the ledger
 * is down, memory counts.
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
    return reserve(vault -> call.value(), call.value(), kind, most);
  }

  /**
   * The same for a number on this day (UTC), whatever the call; of the number only the keyed hash
   * is kept.
   */
  public CompletionStage<Optional<Reservation>> reserve(PhoneNumber number, String kind, int most) {
    String day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    return reserve(
        vault -> vault.hash(number.value()) + " " + day, number.value() + " " + day, kind, most);
  }

  /**
   * @param row for whom places are counted, in the ledger
   * @param meanwhile the same in memory, where there may be no key
   */
  private CompletionStage<Optional<Reservation>> reserve(
      Function<Vault, String> row, String meanwhile, String kind, int most) {
    return database
        .run(tables -> reserve(tables, row.apply(tables.vault()), kind, most))
        .exceptionally(
            thrown -> {
              counters.degraded("allowance");
              return reserveInMemory(meanwhile, kind, most)
                  ? Optional.of(new Reservation(meanwhile, kind, true))
                  : Optional.empty();
            });
  }

  /**
   * Gives the place back where it was taken; never completes exceptionally. One of a ledger that is
   * down by now stays taken: in memory there may be none to give back.
   */
  public CompletionStage<Void> release(Reservation reservation) {
    if (reservation.inMemory()) {
      inMemory(reservation.whose(), reservation.kind()).updateAndGet(used -> Math.max(0, used - 1));
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

  private Optional<Reservation> reserve(Tables tables, String whose, String kind, int most) {
    tables
        .handle()
        .execute(
            "insert into allowances (call_id, kind, used, changed_at) values (?, ?, 0, ?) on"
                + " conflict do nothing",
            whose,
            kind,
            clock.millis());
    int taken =
        tables
            .handle()
            .execute(
                "update allowances set used = used + 1, changed_at = ? where call_id = ? and kind ="
                    + " ? and used < ?",
                clock.millis(),
                whose,
                kind,
                most);
    return taken == 1 ? Optional.of(new Reservation(whose, kind, false)) : Optional.empty();
  }

  private static int release(Tables tables, Reservation reservation) {
    return tables
        .handle()
        .execute(
            "update allowances set used = used - 1 where call_id = ? and kind = ? and used > 0",
            reservation.whose(),
            reservation.kind());
  }

  /** A refusal takes no place: else one that is given back would not be there for the next. */
  private boolean reserveInMemory(String whose, String kind, int most) {
    return inMemory(whose, kind).getAndUpdate(used -> used < most ? used + 1 : used) < most;
  }

  private AtomicInteger inMemory(String whose, String kind) {
    return meanwhile.get(whose + "\n" + kind, key -> new AtomicInteger());
  }

  /**
   * A place that was taken.
   *
   * @param whose the call, or the number's hash and the day; in memory the number itself
   * @param inMemory where it is counted: the ledger may have come or gone when it is given back
   */
  public record Reservation(String whose, String kind, boolean inMemory) {
    /** Without the number. */
    @Override
    public String toString() {
      return "a place for " + kind;
    }
  }
}
