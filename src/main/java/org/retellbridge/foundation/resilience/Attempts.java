package org.retellbridge.foundation.resilience;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks one vendor through its breaker, twice at most, under one deadline. Every failure that comes
 * out is a {@link VendorFailure}.
 */
final class Attempts {
  private static final long LEAST_PAUSE_MILLIS = 100;

  private final String vendor;
  private final ScheduledExecutorService scheduler;
  private final CircuitBreaker breaker;

  Attempts(String vendor, ScheduledExecutorService scheduler) {
    this(vendor, scheduler, SteadyClock.by(System::nanoTime));
  }

  /**
   * @param clock by which an open breaker waits
   */
  Attempts(String vendor, ScheduledExecutorService scheduler, Clock clock) {
    this.vendor = vendor;
    this.scheduler = scheduler;
    this.breaker = CircuitBreaker.of(vendor, breakerConfig(clock));
  }

  /** In Resilience4j's words. */
  CircuitBreaker.State breaker() {
    return breaker.getState();
  }

  VendorFailure failure(VendorFailure.Kind kind) {
    return VendorFailure.of(vendor, kind);
  }

  /**
   * @param repeatable whether a second attempt is made after this failure
   * @param time how long all attempts together may take
   */
  <T> CompletionStage<T> answer(
      Predicate<VendorFailure> repeatable, Supplier<CompletionStage<T>> attempt, Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    return once(attempt, deadline)
        .exceptionallyCompose(
            thrown -> {
              VendorFailure failure = failure(thrown);
              Duration pause = pause(failure);
              return repeatable.test(failure) && pause.compareTo(left(deadline)) < 0
                  ? after(pause)
                      .thenCompose(none -> once(attempt, deadline))
                      .exceptionallyCompose(
                          again -> CompletableFuture.failedStage(graver(failure, failure(again))))
                  : CompletableFuture.failedStage(failure);
            })
        .exceptionallyCompose(thrown -> CompletableFuture.failedStage(failure(thrown)));
  }

  /**
   * Which failure to tell: a repeat that never reached the vendor does not undo what the vendor may
   * have done at first. A refusal is told in any case, because somebody must mend its cause.
   */
  private static VendorFailure graver(VendorFailure first, VendorFailure second) {
    boolean firstCounts =
        first.mayHaveActed()
            && !second.mayHaveActed()
            && second.kind() != VendorFailure.Kind.REFUSED;
    return firstCounts ? first : second;
  }

  /** The breaker sees the deadline too: a vendor that never answers is down. */
  private <T> CompletionStage<T> once(Supplier<CompletionStage<T>> attempt, long deadline) {
    Duration left = left(deadline);
    if (left.isNegative() || left.isZero()) {
      return CompletableFuture.failedStage(failure(VendorFailure.Kind.TIMED_OUT));
    }
    return breaker.executeCompletionStage(() -> begin(attempt, left));
  }

  /** The breaker hears of exceptions only: an error would keep its permit, and the place. */
  private <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> attempt, Duration left) {
    try {
      return Deadline.within(left, attempt.get(), scheduler)
          .exceptionallyCompose(thrown -> CompletableFuture.failedStage(told(thrown)));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(told(e));
    }
  }

  /** Here once for each attempt. */
  private VendorFailure told(Throwable thrown) {
    return OwnFault.told(vendor, failure(thrown), thrown);
  }

  private CompletionStage<Void> after(Duration pause) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    scheduler.schedule(() -> over.complete(null), pause.toMillis(), MILLISECONDS);
    return over;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  /** What the vendor asks for; else a tenth of a second and some jitter. */
  private static Duration pause(VendorFailure failure) {
    long jitter = ThreadLocalRandom.current().nextLong(LEAST_PAUSE_MILLIS);
    return failure.retryAfter().orElse(Duration.ofMillis(LEAST_PAUSE_MILLIS + jitter));
  }

  private VendorFailure failure(Throwable thrown) {
    Throwable cause = VendorFailure.unwrapped(thrown);
    if (cause instanceof TimeoutException) {
      return failure(VendorFailure.Kind.TIMED_OUT);
    }
    if (cause instanceof CallNotPermittedException) {
      return failure(VendorFailure.Kind.SHUT_OFF);
    }
    return VendorFailure.behind(vendor, cause);
  }

  private CircuitBreakerConfig breakerConfig(Clock clock) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(50)
        .minimumNumberOfCalls(20)
        .failureRateThreshold(60)
        .clock(clock)
        .waitDurationInOpenState(Duration.ofSeconds(5))
        .permittedNumberOfCallsInHalfOpenState(5)
        .recordException(thrown -> failure(thrown).kind().countsAgainstVendor())
        .ignoreException(thrown -> !failure(thrown).kind().tellsOfVendor())
        .build();
  }
}
