package org.retellbridge.foundation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final Pulse pulse = new Pulse(new Metrics(), "v");

  /** Once the breaker is open hardly any request is tried, and none of those tells anything. */
  @Test
  void remembersWhyNoConnectionCameAboutUntilOneDoes() {
    assertThat(pulse.unreached()).isEmpty();
    pulse.beat(Duration.ZERO, "unreachable", "name not found");
    pulse.beat(Duration.ZERO, "shut_off");
    pulse.beat(Duration.ZERO, "crowded");
    assertThat(pulse.unreached()).hasValue("name not found");
    assertThat(pulse.lastFailure().orElseThrow().kind()).isEqualTo("crowded");

    pulse.beat(Duration.ZERO, "refused");
    assertThat(pulse.unreached()).isEmpty();
  }
}
