package org.retellbridge.feature.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retellbridge.foundation.metrics.Metrics;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;

class FallBackTest {
  private final Metrics metrics = new Metrics();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAULT")
  void showsEveryKindOfFailureOfRetellFromTheStart(Kind kind) {
    new FallBack(null, null, metrics);
    assertThat(metrics.scrape()).contains("reason=\"retell_" + kind.label() + "\"} 0.0");
  }

  /** The alert for them must not depend on where a fault happened. */
  @Test
  void hasOneReasonForAllFaultsOfTheBridge() {
    new FallBack(null, null, metrics);
    assertThat(metrics.scrape())
        .contains("reason=\"fault\"} 0.0")
        .doesNotContain("reason=\"retell_fault\"");
  }
}
