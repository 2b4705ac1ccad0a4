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

  /** Metrics tell the same as the status. */
  @Test
  void countForMetricsAndForTheStatus() {
    counters.degraded("once");
    counters.unknown("send_sms");
    counters.unknown("send_sms");
    for (int i = 0; i < 3; i++) {
      counters.dropped("step");
    }
    counters.delivery("segment", "refused");
    counters.died("segment");

    assertThat(counters.degraded()).isEqualTo(1);
    assertThat(counters.unknown()).isEqualTo(2);
    assertThat(counters.dropped()).isEqualTo(3);
    assertThat(metrics.scrape())
        .contains(
            "bridge_ledger_degraded_total{what=\"once\"} 1.0",
            "bridge_effects_unknown_total{kind=\"send_sms\"} 2.0",
            "bridge_ledger_dropped_total{what=\"step\"} 3.0",
            "bridge_outbox_deliveries_total{kind=\"segment\",outcome=\"refused\"} 1.0",
            "bridge_outbox_died_total{kind=\"segment\"} 1.0");
  }
}
