package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;

class CountersTest {
  private final Metrics metrics = new Metrics();
  private final Counters counters = new Counters(metrics);

  /** An alert sees the first of them only if it was 0 before. */
  @Test
  void showWhatMayBeDroppedFromTheStart() {
    Journal journal = new Journal(null, Clock.systemUTC(), counters);
    Invocations invocations = new Invocations(null, Clock.systemUTC(), counters);

    assertThat(journal.idle() && invocations.idle()).isTrue();
    assertThat(metrics.scrape())
        .contains(
            "bridge_ledger_dropped_total{what=\"outcome\"} 0.0",
            "bridge_ledger_dropped_total{what=\"step\"} 0.0",
            "bridge_ledger_dropped_total{what=\"invocation\"} 0.0");
  }
}
