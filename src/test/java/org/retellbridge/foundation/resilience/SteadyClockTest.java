package org.retellbridge.foundation.resilience;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;

class SteadyClockTest {
  private static final int ENOUGH = 20;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final Clock clock = SteadyClock.by(nanos::get);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void goesOnByItsOwnCount() {
    Instant before = clock.instant();
    nanos.addAndGet(SECONDS.toNanos(5));
    assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofSeconds(5));
  }

  /** By the machine's clock no second has passed, or less than none. */
  @Test
  void letsAnOpenBreakerTryAgain() {
    Attempts attempts = new Attempts("v", scheduler, clock);
    for (int i = 0; i < ENOUGH; i++) {
      ask(attempts, false);
    }
    assertThat(attempts.breaker()).isEqualTo(State.OPEN);
    ask(attempts, true);
    assertThat(attempts.breaker()).isEqualTo(State.OPEN);

    nanos.addAndGet(SECONDS.toNanos(6));
    ask(attempts, true);
    assertThat(attempts.breaker()).isEqualTo(State.HALF_OPEN);
  }

  private static void ask(Attempts attempts, boolean well) {
    attempts
        .answer(
            failure -> false,
            () ->
                well
                    ? CompletableFuture.completedStage("yes")
                    : CompletableFuture.failedStage(VendorFailure.of("v", Kind.BROKEN)),
            Duration.ofSeconds(20))
        .exceptionally(thrown -> "no")
        .toCompletableFuture()
        .join();
  }
}
