package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff PLAIN = new Backoff(() -> 0.5);

  @Test
  void doublesFromHalfASecondToAMinute() {
    assertThat(after(1)).isEqualTo(500);
    assertThat(after(2)).isEqualTo(1_000);
    assertThat(after(7)).isEqualTo(32_000);
    assertThat(after(8)).isEqualTo(60_000);
    assertThat(after(1_000_000)).isEqualTo(60_000);
  }

  @Test
  void scattersByAFifth() {
    assertThat(new Backoff(() -> 0).after(1, Optional.empty())).hasMillis(400);
    assertThat(new Backoff(() -> 1).after(1, Optional.empty())).hasMillis(600);
  }

  @Test
  void obeysTheVendor() {
    assertThat(PLAIN.after(1, Optional.of(Duration.ofSeconds(90)))).hasSeconds(90);
  }

  private static long after(int attempts) {
    return PLAIN.after(attempts, Optional.empty()).toMillis();
  }
}
