package org.retellbridge.partner.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void goesThroughEveryRequestOfTheSdk() {
    assertThat(Rehearsal.play()).isTrue();
  }
}
