package org.retellbridge.foundation.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;

class PulseTest {
  private final Metrics metrics = new Metrics();
  private final Pulse pulse = new Pulse(metrics, "v");

  @Test
  void measuresEveryRequestByItsOutcome() {
    assertThat(metrics.scrape()).contains("bridge_vendor_last_success{vendor=\"v\"} 0.0");
    pulse.beat(Duration.ofSeconds(2));
    pulse.beat(Duration.ofSeconds(3));
    pulse.missed(Duration.ofSeconds(4), VendorFailure.of("v", Kind.TIMED_OUT));
    pulse.refused(Duration.ofSeconds(1));

    String requests = "bridge_vendor_request_duration_seconds_";
    assertThat(metrics.scrape())
        .contains(
            requests + "count{outcome=\"ok\",vendor=\"v\"} 2",
            requests + "sum{outcome=\"ok\",vendor=\"v\"} 5.0",
            requests + "count{outcome=\"timed_out\",vendor=\"v\"} 1",
            requests + "sum{outcome=\"timed_out\",vendor=\"v\"} 4.0",
            requests + "count{outcome=\"refused\",vendor=\"v\"} 1")
        .doesNotContain("bridge_vendor_last_success{vendor=\"v\"} 0.0");
  }

  /** Once the breaker is open hardly any request is tried, and none of those tells anything. */
  @Test
  void remembersWhyNoConnectionCameAboutUntilOneDoes() {
    assertThat(pulse.unreached()).isEmpty();
    pulse.missed(Duration.ZERO, VendorFailure.unreachable("v", "name not found"));
    pulse.missed(Duration.ZERO, VendorFailure.of("v", Kind.SHUT_OFF));
    pulse.missed(Duration.ZERO, VendorFailure.of("v", Kind.FAULT));
    pulse.missed(Duration.ZERO, VendorFailure.of("v", Kind.CROWDED));
    assertThat(pulse.unreached()).hasValue("name not found");
    assertThat(pulse.lastFailure().orElseThrow().kind()).isEqualTo("crowded");

    pulse.refused(Duration.ZERO);
    assertThat(pulse.unreached()).isEmpty();
  }
}
