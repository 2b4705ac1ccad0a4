package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhoTest {
  private static final String NUMBER = "+61491570006";

  @Test
  void takesWhatIsToldAndNothingElse() {
    assertThat(Who.of(Optional.of("agent_1"), true, Optional.of(NUMBER), Optional.empty()))
        .isEqualTo(new Who("agent_1", true, NUMBER, ""));
    assertThat(Who.of(Optional.empty(), false, Optional.empty(), Optional.empty()))
        .isEqualTo(Who.UNKNOWN);
  }

  /** A database may refuse it, and the event would be asked for again and again. */
  @Test
  void takesNothingThatCannotBeKept() {
    assertThat(new Who("a".repeat(129), false, "{{user_number}}", "+614\u0000"))
        .isEqualTo(Who.UNKNOWN);
    assertThat(new Who("agent 1", false, "anonymous", "1".repeat(257))).isEqualTo(Who.UNKNOWN);
  }

  @Test
  void printsNoNumber() {
    assertThat(new Who("agent_1", true, NUMBER, NUMBER)).hasToString("agent_1 calls");
  }
}
