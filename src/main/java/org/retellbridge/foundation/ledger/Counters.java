package org.retellbridge.foundation.ledger;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.retellbridge.foundation.metrics.Metrics;

/** What the ledger had to do without, counted for metrics and for {@code /status}. */
final class Counters {
  static final String DELIVERIES = "bridge.outbox.deliveries";
  static final String DIED = "bridge.outbox.died";

  private final Metrics metrics;
  private final LongAdder degraded = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  Counters(Metrics metrics) {
    this.metrics = metrics;
    List.of("once", "outbox", "allowance")
        .forEach(what -> metrics.expect("bridge.ledger.degraded", "what", what));
    expectDropped("outcome");
    metrics.expect("bridge.effects.unknown", "kind", "lapsed");
  }

  /** Shows at 0 what may be dropped. */
  void expectDropped(String what) {
    metrics.expect("bridge.ledger.dropped", "what", what);
  }

  /** Something went on without the ledger. */
  void degraded(String what) {
    degraded.increment();
    metrics.count("bridge.ledger.degraded", "what", what);
  }

  /** Nobody knows whether an effect happened. */
  void unknown(String kind) {
    unknown.increment();
    metrics.count("bridge.effects.unknown", "kind", kind);
  }

  /** A record that nothing depends on was not kept. */
  void dropped(String what) {
    dropped.increment();
    metrics.count("bridge.ledger.dropped", "what", what);
  }

  /** A parcel came to its end, or one attempt did. */
  void delivery(String kind, String outcome) {
    metrics.count(DELIVERIES, "kind", kind, "outcome", outcome);
  }

  /** A parcel became a dead letter. */
  void died(String kind) {
    metrics.count(DIED, "kind", kind);
  }

  long degraded() {
    return degraded.sum();
  }

  long unknown() {
    return unknown.sum();
  }

  long dropped() {
    return dropped.sum();
  }
}
