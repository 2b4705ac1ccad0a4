package org.retellbridge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {
  private static final LoginAttempts.Attempt RIGHT = new LoginAttempts.Attempt(true, Duration.ZERO);

  /** Close to where the count begins anew, as it may be in any Java. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);

  private final LoginAttempts attempts = new LoginAttempts(now::get);

  @Test
  void letsSomebodyMistypeTwice() {
    assertThat(ask("a")).isZero();
    assertThat(ask("a")).isZero();
    assertThat(ask("a")).isZero();
    assertThat(ask("a")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToAMinute() {
    fail(3);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 64, 64}) {
      assertThat(ask("a")).isEqualTo(Duration.ofSeconds(seconds));
      forward(Duration.ofSeconds(seconds));
      assertThat(ask("a")).isZero();
    }
  }

  @Test
  void givesManyGuessesAtOnceOneTry() {
    fail(3);
    forward(Duration.ofSeconds(1));
    assertThat(IntStream.range(0, 100).filter(i -> ask("a").isZero())).hasSize(1);
  }

  @Test
  void doesNotMakeOthersWait() {
    fail(5);
    assertThat(ask("b")).isZero();
  }

  @Test
  void forgetsFailuresAfterASuccess() {
    fail(3);
    forward(Duration.ofSeconds(1));
    assertThat(attempts.make("a", () -> true).right()).isTrue();
    assertThat(ask("a")).isZero();
    assertThat(ask("a")).isZero();
  }

  @Test
  void looksAtNothingThatComesTooEarly() {
    fail(3);
    assertThat(
            attempts.make(
                "a",
                () -> {
                  throw new AssertionError("it was looked at");
                }))
        .isEqualTo(new LoginAttempts.Attempt(false, Duration.ofSeconds(1)));
  }

  @Test
  void makesNobodyWaitWhoIsRight() {
    for (int i = 0; i < 100; i++) {
      assertThat(attempts.make("a", () -> true)).isEqualTo(RIGHT);
    }
  }

  private Duration ask(String address) {
    return attempts.make(address, () -> false).pause();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      ask("a");
    }
  }

  private void forward(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
