package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {
  /** Close to where the count begins anew, as it may be in any Java. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);

  private final LoginAttempts attempts = new LoginAttempts(now::get);

  @Test
  void letsSomebodyMistypeTwice() {
    assertThat(attempts.ask("a")).isZero();
    assertThat(attempts.ask("a")).isZero();
    assertThat(attempts.ask("a")).isZero();
    assertThat(attempts.ask("a")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToAMinute() {
    fail(3);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64, 64}) {
      assertThat(attempts.ask("a")).isEqualTo(Duration.ofSeconds(seconds));
      forward(Duration.ofSeconds(seconds));
      assertThat(attempts.ask("a")).isZero();
    }
  }

  @Test
  void givesManyGuessesAtOnceOneTry() {
    fail(3);
    forward(Duration.ofSeconds(1));
    assertThat(IntStream.range(0, 100).filter(i -> attempts.ask("a").isZero())).hasSize(1);
  }

  @Test
  void doesNotMakeOthersWait() {
    fail(5);
    assertThat(attempts.ask("b")).isZero();
  }

  @Test
  void forgetsFailuresAfterASuccess() {
    fail(3);
    forward(Duration.ofSeconds(1));
    assertThat(attempts.ask("a")).isZero();
    attempts.succeeded("a");
    assertThat(attempts.ask("a")).isZero();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      attempts.ask("a");
    }
  }

  private void forward(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
