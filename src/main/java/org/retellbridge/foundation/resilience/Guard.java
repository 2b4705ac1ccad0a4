package org.retellbridge.foundation.resilience;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Stands between the bridge and one vendor: a deadline over all attempts, at most one repeat where
 * it is safe, and a breaker that spares callers the wait once the vendor is known to be down. Every
 * failure that comes out is a {@link VendorFailure}.
 */
public final class Guard {
  private static final int ATTEMPTS = 2;
  private static final long LEAST_PAUSE_MILLIS = 100;

  private final String vendor;
  private final ScheduledExecutorService scheduler;
  private final CircuitBreaker breaker;
  private final TimeLimiter limiter;
  private final Retry retry;
  private final Duration budget;

  /**
   * @param vendor the vendor's name in logs and metrics
   * @param budget how long all attempts together may take
   */
  public Guard(String vendor, Duration budget, ScheduledExecutorService scheduler) {
    this.vendor = vendor;
    this.scheduler = scheduler;
    this.breaker = CircuitBreaker.of(vendor, breakerConfig());
    this.budget = budget;
    this.limiter = TimeLimiter.of(budget);
    this.retry = Retry.of(vendor, retryConfig());
  }

  /** Asks the vendor; {@code attempt} is run again when the first failure makes that safe. */
  public <T> CompletionStage<T> call(Supplier<CompletionStage<T>> attempt) {
    return call(attempt, retry);
  }

  /**
   * The same for an effect, which the vendor would carry out a second time. It is asked again only
   * after failures that {@code repeat} names, and never after the budget: the one who asked was
   * told by then that it failed. A vendor that wants to be left alone for longer is {@code BUSY} at
   * once.
   */
  public <T> CompletionStage<T> call(Repeat repeat, Supplier<CompletionStage<T>> attempt) {
    long end = System.nanoTime() + budget.toNanos();
    return call(attempt, Retry.of(vendor, retryConfig(repeat, end)));
  }

  private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> attempt, Retry retry) {
    Supplier<CompletionStage<T>> once =
        () ->
            breaker
                .executeCompletionStage(attempt)
                .exceptionallyCompose(thrown -> CompletableFuture.failedStage(failure(thrown)));
    return limiter
        .executeCompletionStage(scheduler, () -> retry.executeCompletionStage(scheduler, once))
        .exceptionallyCompose(thrown -> CompletableFuture.failedStage(failure(thrown)));
  }

  /** The breaker's state, in Resilience4j's words. */
  public String breakerState() {
    return breaker.getState().name();
  }

  private VendorFailure failure(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof VendorFailure failure) {
      return failure;
    }
    if (cause instanceof TimeoutException) {
      return VendorFailure.of(vendor, VendorFailure.Kind.TIMED_OUT);
    }
    if (cause instanceof CallNotPermittedException) {
      return VendorFailure.of(vendor, VendorFailure.Kind.SHUT_OFF);
    }
    return Transport.failure(vendor, cause);
  }

  private CircuitBreakerConfig breakerConfig() {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(50)
        .minimumNumberOfCalls(20)
        .failureRateThreshold(60)
        .waitDurationInOpenState(Duration.ofSeconds(5))
        .permittedNumberOfCallsInHalfOpenState(5)
        .recordException(thrown -> failure(thrown).kind().countsAgainstVendor())
        .build();
  }

  private static RetryConfig retryConfig() {
    return RetryConfig.<Object>custom()
        .maxAttempts(ATTEMPTS)
        .retryOnException(
            thrown -> thrown instanceof VendorFailure failure && failure.kind().repeatable())
        .intervalBiFunction((attempt, outcome) -> pause(outcome))
        .build();
  }

  private static RetryConfig retryConfig(Repeat repeat, long end) {
    return RetryConfig.<Object>custom()
        .maxAttempts(ATTEMPTS)
        .retryOnException(
            thrown ->
                thrown instanceof VendorFailure failure
                    && repeat.after(failure.kind())
                    && System.nanoTime() + longestPause(failure).toNanos() < end)
        .intervalBiFunction((attempt, outcome) -> pause(outcome))
        .build();
  }

  private static Duration longestPause(VendorFailure failure) {
    return failure.retryAfter().orElse(Duration.ofMillis(2 * LEAST_PAUSE_MILLIS));
  }

  /**
   * What the vendor asks for (the deadline ends it if that is too long); else a tenth of a second
   * and some jitter.
   */
  private static long pause(Either<Throwable, Object> outcome) {
    long jittered = LEAST_PAUSE_MILLIS + ThreadLocalRandom.current().nextLong(LEAST_PAUSE_MILLIS);
    return outcome.isLeft() && outcome.getLeft() instanceof VendorFailure failure
        ? failure.retryAfter().map(Duration::toMillis).orElse(jittered)
        : jittered;
  }
}
