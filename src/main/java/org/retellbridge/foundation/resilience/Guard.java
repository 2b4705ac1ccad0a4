package org.retellbridge.foundation.resilience;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Stands between the bridge and one vendor: a bound on what is under way, for which more can wait a
 * while, so that a slow vendor takes neither the memory nor the place of another; a deadline over
 * all attempts; at most one repeat where it is safe and in time; and a breaker that spares callers
 * the wait once the vendor is known to be down. Every failure that comes out is a {@link
 * VendorFailure}.
 */
public final class Guard {
  private static final System.Logger LOGGER = System.getLogger(Guard.class.getName());

  /** Of the time that all attempts have: with the rest a vendor can still answer. */
  private static final int PART_FOR_A_PLACE = 4;

  private static final long LEAST_PAUSE_MILLIS = 100;

  private final String vendor;
  private final Duration budget;
  private final ScheduledExecutorService scheduler;
  private final Predicate<VendorFailure> repeatable;
  private final CircuitBreaker breaker;
  private final Places places;

  /**
   * @param vendor the vendor's name in logs and metrics
   * @param budget how long all attempts together may take
   */
  public Guard(String vendor, Duration budget, ScheduledExecutorService scheduler) {
    this(vendor, budget, scheduler, failure -> failure.kind().repeatable());
  }

  /**
   * For a vendor with its own idea of when a repeat is safe.
   *
   * @param repeatable whether asking again after this failure may help and does no harm
   */
  public Guard(
      String vendor,
      Duration budget,
      ScheduledExecutorService scheduler,
      Predicate<VendorFailure> repeatable) {
    this(vendor, budget, scheduler, repeatable, Places.inThisHeap(scheduler));
  }

  /**
   * For a vendor of which less may be under way, and for which nothing waits.
   *
   * @param most beyond it {@code CROWDED} is the answer, at once
   */
  public Guard(
      String vendor,
      Duration budget,
      ScheduledExecutorService scheduler,
      Predicate<VendorFailure> repeatable,
      int most) {
    this(vendor, budget, scheduler, repeatable, new Places(most, 0, scheduler));
  }

  Guard(
      String vendor,
      Duration budget,
      ScheduledExecutorService scheduler,
      Predicate<VendorFailure> repeatable,
      Places places) {
    this.vendor = vendor;
    this.budget = budget;
    this.scheduler = scheduler;
    this.repeatable = repeatable;
    this.breaker = CircuitBreaker.of(vendor, breakerConfig());
    this.places = places;
  }

  /** Asks the vendor; {@code attempt} is run again when the first failure makes that safe. */
  public <T> CompletionStage<T> call(Supplier<CompletionStage<T>> attempt) {
    return call(repeatable, attempt);
  }

  /**
   * The same when some of the budget is gone already.
   *
   * @param spent how much of it
   */
  public <T> CompletionStage<T> call(Duration spent, Supplier<CompletionStage<T>> attempt) {
    return call(repeatable, attempt, budget.minus(spent));
  }

  /** The same for an effect, which the vendor would carry out a second time. */
  public <T> CompletionStage<T> call(Repeat repeat, Supplier<CompletionStage<T>> attempt) {
    return call(failure -> repeat.after(failure.kind()), attempt);
  }

  /** Asks the vendor once, whatever comes of it. */
  public <T> CompletionStage<T> once(Supplier<CompletionStage<T>> attempt) {
    return call(failure -> false, attempt);
  }

  private <T> CompletionStage<T> call(
      Predicate<VendorFailure> repeatable, Supplier<CompletionStage<T>> attempt) {
    return call(repeatable, attempt, budget);
  }

  private <T> CompletionStage<T> call(
      Predicate<VendorFailure> repeatable, Supplier<CompletionStage<T>> attempt, Duration time) {
    if (places.take()) {
      return inPlace(repeatable, attempt, time);
    }
    if (open()) {
      return refused(VendorFailure.Kind.SHUT_OFF);
    }
    long end = System.nanoTime() + time.toNanos();
    return places
        .await(time.dividedBy(PART_FOR_A_PLACE))
        .thenCompose(
            granted ->
                granted
                    ? inPlace(repeatable, attempt, left(end))
                    : refused(open() ? VendorFailure.Kind.SHUT_OFF : VendorFailure.Kind.CROWDED));
  }

  private <T> CompletionStage<T> inPlace(
      Predicate<VendorFailure> repeatable, Supplier<CompletionStage<T>> attempt, Duration time) {
    try {
      return answer(repeatable, attempt, time).whenComplete((value, thrown) -> places.release());
    } catch (Error e) {
      // Else its place would be taken for good.
      places.release();
      throw e;
    }
  }

  private <T> CompletionStage<T> refused(VendorFailure.Kind kind) {
    return CompletableFuture.failedStage(VendorFailure.of(vendor, kind));
  }

  private boolean open() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  private <T> CompletionStage<T> answer(
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

  /** The breaker's state, in Resilience4j's words. */
  public String breakerState() {
    return breaker.getState().name();
  }

  /**
   * Whether what is asked now is refused at once, so that nothing needs to be prepared for it. Whom
   * the breaker lets through after its pause, to see whether the vendor is back, it does not know.
   */
  public boolean refuses() {
    return open() || places.full();
  }

  /** How many calls wait for the vendor at this moment. */
  public int underWay() {
    return places.taken();
  }

  /** The breaker sees the deadline too: a vendor that never answers is down. */
  private <T> CompletionStage<T> once(Supplier<CompletionStage<T>> attempt, long deadline) {
    Duration left = left(deadline);
    if (left.isNegative() || left.isZero()) {
      return CompletableFuture.failedStage(VendorFailure.of(vendor, VendorFailure.Kind.TIMED_OUT));
    }
    return breaker.executeCompletionStage(() -> begin(attempt, left));
  }

  /** The breaker hears of exceptions only: an error would keep its permit, and the place. */
  private <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> attempt, Duration left) {
    try {
      return Deadline.within(left, attempt.get(), scheduler);
    } catch (Error e) {
      LOGGER.log(ERROR, "Unexpected", e);
      return CompletableFuture.failedStage(failure(e));
    }
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
      return VendorFailure.of(vendor, VendorFailure.Kind.TIMED_OUT);
    }
    if (cause instanceof CallNotPermittedException) {
      return VendorFailure.of(vendor, VendorFailure.Kind.SHUT_OFF);
    }
    return VendorFailure.behind(vendor, cause);
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
}
