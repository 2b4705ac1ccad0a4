package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.settings.TestSettings;

class RehearsalTest {

  @Test
  void goesThroughTheRestClient() {
    assertThat(Rehearsal.play(TestSettings.of())).isTrue();
  }
}
