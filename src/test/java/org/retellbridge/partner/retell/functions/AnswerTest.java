package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {

  @Test
  void refusesWithTheOriginalsStatuses() {
    assertThat(Answer.callerNotFound().status()).isEqualTo(404);
    assertThat(Answer.callerMissing().status()).isEqualTo(400);
    assertThat(Answer.malformed("There is no event.").status()).isEqualTo(400);
    assertThat(Answer.callerNotFound().body()).hasToString("{\"status\":\"Not found\"}");
    assertThat(Answer.callerMissing().body()).isEqualTo(Answer.callerNotFound().body());
  }

  /** What is wrong in a request is wrong for everybody. */
  @Test
  void keepsItsOwnStatusForThoseWhoGoByIt() {
    assertThat(Answer.malformed("There is no event.").byStatus().status()).isEqualTo(400);
    assertThat(Answer.callerNotFound().byStatus().status()).isEqualTo(404);
    assertThat(Answer.failed("It did not work.").byStatus().status()).isEqualTo(500);
    assertThat(Answer.accepted().byStatus().status()).isEqualTo(200);
  }
}
