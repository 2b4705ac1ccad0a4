package org.retellbridge.foundation.ledger;

import java.time.Duration;
import org.retellbridge.foundation.metrics.Metrics;

/**
 * How much is in the outbox. It is counted aside, and with an index that holds all it asks for:
 * nobody waits for it, however much there is.
 */
final class OutboxGauge {
  static final String OWED =
      "select count(*), min(accepted_at) from outbox where state in ('waiting', 'sending')";
  static final String DEAD = "select count(*) from outbox where state = 'dead'";

  private final Database database;
  private final Lease lease;
  private final OneAtATime counting = new OneAtATime();

  private volatile OutboxFigures last = OutboxFigures.NONE;

  OutboxGauge(Database database, Lease lease, Metrics metrics) {
    this.database = database;
    this.lease = lease;
    metrics.gauge("bridge.outbox.depth", () -> last.depth());
    metrics.gauge("bridge.outbox.dead", () -> last.dead());
    metrics.gauge("bridge.outbox.oldest.seconds", () -> last.oldest().toSeconds());
  }

  /** As it was counted last. */
  OutboxFigures last() {
    return last;
  }

  /** For those who look before it was counted aside; nobody else is let in yet. */
  void begin(Tables tables) {
    last = read(tables);
  }

  /** Counts anew, unless that is under way; called every few seconds. */
  void count() {
    if (database.down().isEmpty()) {
      counting.run(() -> database.aside(this::read), figures -> last = figures);
    }
  }

  /** As it is now. */
  OutboxFigures read(Tables tables) {
    long dead = tables.handle().createQuery(DEAD).mapTo(Long.class).one();
    return tables
        .handle()
        .createQuery(OWED)
        .map(
            (row, context) -> {
              long oldest = row.getLong(2);
              Duration age =
                  row.wasNull()
                      ? Duration.ZERO
                      : Duration.ofMillis(Math.max(0, lease.now() - oldest));
              return new OutboxFigures(row.getLong(1), dead, age);
            })
        .one();
  }
}
