package org.retellbridge.foundation.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
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
  /** Of the time that all attempts have: with the rest a vendor can still answer. */
  private static final int PART_FOR_A_PLACE = 4;

  private final Duration budget;
  private final Predicate<VendorFailure> repeatable;
  private final Attempts attempts;
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
    this.budget = budget;
    this.repeatable = repeatable;
    this.attempts = new Attempts(vendor, scheduler);
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
                    ? inPlace(repeatable, attempt, Duration.ofNanos(end - System.nanoTime()))
                    : refused(open() ? VendorFailure.Kind.SHUT_OFF : VendorFailure.Kind.CROWDED));
  }

  private <T> CompletionStage<T> inPlace(
      Predicate<VendorFailure> repeatable, Supplier<CompletionStage<T>> attempt, Duration time) {
    try {
      return attempts
          .answer(repeatable, attempt, time)
          .whenComplete((value, thrown) -> places.release());
    } catch (Error e) {
      // Else its place would be taken for good.
      places.release();
      throw e;
    }
  }

  private <T> CompletionStage<T> refused(VendorFailure.Kind kind) {
    return CompletableFuture.failedStage(attempts.failure(kind));
  }

  private boolean open() {
    return attempts.breaker() == CircuitBreaker.State.OPEN;
  }

  /** The breaker's state, in Resilience4j's words. */
  public String breakerState() {
    return attempts.breaker().name();
  }

  /**
   * Whether what is asked now is refused at once, so that nothing needs to be prepared for it. Whom
   * the breaker lets through after its pause, to see whether the vendor is back, it does not know.
   */
  public boolean refuses() {
    return open() || places.full();
  }
}
