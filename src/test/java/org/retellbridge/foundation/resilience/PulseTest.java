package org.retellbridge.foundation.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;

class PulseTest {
  private final Pulse pulse = new Pulse(new Metrics(), "v");

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
