package org.retellbridge.feature.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.TestEvents;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.partner.retell.events.CallEvent;

class LifecycleTest {
  private static final String LOST = "bridge_ledger_degraded_total{what=\"retell_event\"} ";

  private final Metrics metrics = new Metrics();
  private final Lifecycle lifecycle =
      new Lifecycle(TestEvents.refused(), null, null, null, metrics);

  @Test
  void countsWhatItCouldNotKeep() {
    assertThat(metrics.scrape()).contains(LOST + "0.0");
    assertThat(take("call_started")).isFalse();
    assertThat(take("call_ended")).isFalse();
    assertThat(metrics.scrape()).contains(LOST + "2.0");
  }

  private boolean take(String event) {
    String body = "{\"event\":\"" + event + "\",\"call\":{\"call_id\":\"call_1\"}}";
    return lifecycle
        .take(CallEvent.parse(body.getBytes(UTF_8)).orElseThrow())
        .toCompletableFuture()
        .join();
  }
}
