package org.retellbridge.foundation.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
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

  /** Whether there was a place left; never completes exceptionally. */
  public CompletionStage<Boolean> reserve(CallId call, String kind, int most) {
    return database
        .run(tables -> reserve(tables, call, kind, most))
        .exceptionally(
            thrown -> {
              counters.degraded("allowance");
              return inMemory(call, kind).incrementAndGet() <= most;
            });
  }

  /** Gives a place back; never completes exceptionally. */
  public CompletionStage<Void> release(CallId call, String kind) {
    return database
        .run(
            tables ->
                tables
                    .handle()
                    .execute(
                        "update allowances set used = used - 1 where call_id = ? and kind = ? and"
                            + " used > 0",
                        call.value(),
                        kind))
        .exceptionally(thrown -> inMemory(call, kind).decrementAndGet())
        .thenAccept(done -> {});
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

  private AtomicInteger inMemory(CallId call, String kind) {
    return meanwhile.get(call.value() + "\n" + kind, key -> new AtomicInteger());
  }
}
