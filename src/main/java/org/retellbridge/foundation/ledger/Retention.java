package org.retellbridge.foundation.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Deletes what is too old, a little at a time so that nothing else waits for it. */
final class Retention {
  private static final int AT_ONCE = 500;

  /** For what is named by its time. */
  private static final String BEGUN = "id < cast(? as bigint) * " + StepId.STEP;

  private static final List<String> SWEEPS =
      List.of(
          sweep("calls", "call_id", "started_at < ?"),
          sweep("phone_calls", "id", BEGUN),
          sweep("invocations", "id", BEGUN),
          // The keys first: a key without its effect would only begin it anew.
          "delete from effect_keys where effect_key in (select k.effect_key from effect_keys k join"
              + " effects e on e.id = k.effect_id where e.started_at < ? and e.state <> 'running'"
              + " limit "
              + AT_ONCE
              + ")",
          sweep("effects", "id", "started_at < ? and state <> 'running'"),
          sweep("deliveries", "message_id", "delivered_at < ?"),
          sweep("outbox", "seq", "state = 'dead' and accepted_at < ?"),
          sweep("allowances", "(call_id, kind)", "changed_at < ?"),
          sweep("vendor_events", "(call_id, event, discriminator)", "received_at < ?"),
          sweep("nodes", "node", "seen_at < ?"));

  private static final String EXPIRED = sweep("effect_keys", "effect_key", "expires_at < ?");

  private final Database database;
  private final Duration keep;
  private final Clock clock;

  Retention(Database database, Duration keep, Clock clock) {
    this.database = database;
    this.keep = keep;
    this.clock = clock;
  }

  /** Completes with the number of rows that went; fails with {@link LedgerDown}. */
  CompletionStage<Integer> run() {
    long before = clock.millis() - keep.toMillis();
    CompletionStage<Integer> all = all(EXPIRED, clock.millis(), 0);
    for (String sweep : SWEEPS) {
      all = all.thenCompose(count -> all(sweep, before, count));
    }
    return all;
  }

  private CompletionStage<Integer> all(String sweep, long before, int sofar) {
    return database
        .aside(tables -> tables.handle().execute(sweep, before))
        .thenCompose(
            count ->
                count < AT_ONCE
                    ? CompletableFuture.completedFuture(sofar + count)
                    : all(sweep, before, sofar + count));
  }

  private static String sweep(String table, String key, String which) {
    return "delete from "
        + table
        + " where "
        + key
        + " in (select "
        + key.replaceAll("[()]", "")
        + " from "
        + table
        + " where "
        + which
        + " limit "
        + AT_ONCE
        + ")";
  }
}
