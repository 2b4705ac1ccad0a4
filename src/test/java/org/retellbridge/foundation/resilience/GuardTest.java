package org.retellbridge.foundation.resilience;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.BROKEN;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.CROWDED;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.CUT;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.FAULT;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.REFUSED;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.SHUT_OFF;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.TIMED_OUT;
import static org.retellbridge.foundation.resilience.VendorFailure.Kind.UNREACHABLE;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.resilience.VendorFailure.Kind;

class GuardTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);

  private final ScheduledThreadPoolExecutor scheduler =
      (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(1);
  private final AtomicInteger attempts = new AtomicInteger();

  /** Of the guard that was made last with a bound. */
  private Places places;

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void givesTheAnswerAtTheFirstAttempt() throws Exception {
    CompletionStage<String> answer = guard(LONG).call(() -> answered("yes"));
    assertThat(answer.toCompletableFuture().get(5, SECONDS)).isEqualTo("yes");
    assertThat(attempts).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void repeatsOnceWhatIsSafeToRepeat(Kind kind) {
    VendorFailure failure = failed(guard(LONG), () -> failed(VendorFailure.of("v", kind)));
    assertThat(failure.kind()).isEqualTo(kind);
    boolean safe = kind == Kind.UNREACHABLE || kind == Kind.BUSY || kind == BROKEN;
    assertThat(attempts).hasValue(safe ? 2 : 1);
  }

  @Test
  void givesTheAnswerOfTheSecondAttempt() throws Exception {
    CompletionStage<String> answer =
        guard(LONG)
            .call(
                () ->
                    attempts.get() == 0 ? failed(VendorFailure.of("v", BROKEN)) : answered("late"));
    assertThat(answer.toCompletableFuture().get(5, SECONDS)).isEqualTo("late");
  }

  @ParameterizedTest
  @CsvSource({
    "BROKEN, UNREACHABLE, BROKEN",
    "BROKEN, BUSY, BROKEN",
    "BROKEN, SHUT_OFF, BROKEN",
    "BROKEN, TIMED_OUT, TIMED_OUT",
    "BROKEN, REFUSED, REFUSED",
    "UNREACHABLE, BROKEN, BROKEN",
    "UNREACHABLE, BUSY, BUSY"
  })
  void saysThatTheVendorMayHaveActedAtTheFirstAttempt(Kind first, Kind second, Kind told) {
    VendorFailure failure =
        failed(
            guard(LONG), () -> failed(VendorFailure.of("v", attempts.get() == 0 ? first : second)));
    assertThat(failure.kind()).isEqualTo(told);
    assertThat(attempts).hasValue(2);
  }

  @Test
  void repeatsAtOnceWhenTheVendorAsksForNoWait() {
    VendorFailure busy = VendorFailure.answered("v", 429, Optional.of(Duration.ZERO));
    assertThat(failed(guard(LONG), () -> failed(busy))).isSameAs(busy);
    assertThat(attempts).hasValue(2);
  }

  @Test
  void waitsNotForAVendorThatAsksForMoreThanIsLeft() {
    VendorFailure busy = VendorFailure.answered("v", 429, Optional.of(Duration.ofMinutes(5)));
    long start = System.nanoTime();
    assertThat(failed(guard(LONG), () -> failed(busy))).isSameAs(busy);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(attempts).hasValue(1);
  }

  @Test
  void leavesNoAttemptForAfterTheDeadline() {
    VendorFailure busy = VendorFailure.answered("v", 429, Optional.of(Duration.ofSeconds(30)));
    failed(guard(SHORT), () -> failed(busy));
    assertThat(scheduler.getQueue())
        .allMatch(timer -> ((java.util.concurrent.Future<?>) timer).isCancelled());
  }

  @Test
  void endsAtTheDeadline() {
    long start = System.nanoTime();
    VendorFailure failure = failed(guard(SHORT), this::silence);
    assertThat(failure.kind()).isEqualTo(TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Duration.ofSeconds(5));
    assertThat(attempts).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void translatesWhatAClientThrows(boolean atOnce) {
    ConnectException refused = new ConnectException("10.0.0.1 +15551234567");
    Supplier<CompletionStage<String>> attempt =
        () -> {
          if (atOnce) {
            attempts.incrementAndGet();
            throw new IllegalStateException(refused);
          }
          return failed(new CompletionException(new RuntimeException(refused)));
        };
    VendorFailure failure = failed(guard(LONG), attempt);
    assertThat(failure.kind()).isEqualTo(UNREACHABLE);
    assertThat(failure).hasMessage("vendor unreachable (no connection, ConnectException)");
    assertThat(attempts).hasValue(2);
  }

  @Test
  void takesTroubleWithTheConnectionForACutOne() {
    assertThat(failed(guard(LONG), () -> failed(new IOException("reset"))).kind()).isEqualTo(CUT);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void opensTheBreakerWhenTheVendorIsDown() {
    Guard guard = guard(LONG);
    for (int i = 0; i < 20; i++) {
      failed(guard, () -> failed(VendorFailure.of("v", CUT)));
    }
    assertThat(guard.breakerState()).isEqualTo("OPEN");
    VendorFailure failure = failed(guard, () -> answered("yes"));
    assertThat(failure.kind()).isEqualTo(SHUT_OFF);
    assertThat(attempts).hasValue(20);
  }

  @Test
  void opensTheBreakerWhenTheVendorNeverAnswers() {
    Guard guard = guard(Duration.ofMillis(20));
    for (int i = 0; i < 25; i++) {
      failed(guard, this::silence);
    }
    assertThat(guard.breakerState()).isEqualTo("OPEN");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 404, 422})
  void neverOpensTheBreakerForARefusal(int status) {
    Guard guard = guard(LONG);
    for (int i = 0; i < 60; i++) {
      VendorFailure refusal = VendorFailure.answered("v", status, Optional.empty());
      assertThat(failed(guard, () -> failed(refusal)).kind()).isEqualTo(REFUSED);
    }
    assertThat(guard.breakerState()).isEqualTo("CLOSED");
    assertThat(attempts).hasValue(60);
  }

  @Test
  void refusesAtOnceWhatIsBeyondTheBoundAndTakesAgainWhenAPlaceIsFree() {
    Guard guard = guard(LONG, 2, 0);
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    guard.call(() -> first);
    CompletionStage<String> last = guard.call(() -> second);
    assertThat(places.taken()).isEqualTo(2);

    assertThat(failed(guard, () -> answered("yes")).kind()).isEqualTo(CROWDED);
    assertThat(attempts).hasValue(0);
    assertThat(guard.breakerState()).isEqualTo("CLOSED");

    first.complete("yes");
    assertThat(places.taken()).isEqualTo(1);
    assertThat(guard.call(() -> answered("yes")).toCompletableFuture().join()).isEqualTo("yes");
    second.completeExceptionally(VendorFailure.of("v", REFUSED));
    assertThat(last.toCompletableFuture()).isCompletedExceptionally();
    assertThat(places.taken()).isZero();
  }

  @Test
  void asksOnceAPlaceIsFree() throws Exception {
    Guard guard = guard(LONG, 1, 5);
    CompletableFuture<String> first = new CompletableFuture<>();
    guard.call(() -> first);
    CompletionStage<String> second = guard.call(() -> answered("yes"));
    assertThat(attempts).hasValue(0);
    assertThat(guard.refuses()).as("one more can wait").isFalse();

    first.complete("yes");
    assertThat(second.toCompletableFuture().get(10, SECONDS)).isEqualTo("yes");
    assertThat(places.taken()).isZero();
  }

  @Test
  void waitsForAPlaceNoLongerThanLeavesTimeForTheVendor() {
    Guard guard = guard(Duration.ofSeconds(2), 1, 5);
    CompletionStage<String> silent = guard.call(this::silence);
    attempts.set(0);
    assertThat(failed(guard, () -> answered("yes")).kind()).isEqualTo(CROWDED);
    assertThat(silent.toCompletableFuture()).as("the vendor's time is not over").isNotDone();
    assertThat(attempts).hasValue(0);
  }

  @Test
  void keepsNobodyWaitingForAVendorThatIsDown() throws Exception {
    Guard guard = guard(Duration.ofMinutes(4), 20, 45);
    List<CompletableFuture<String>> underWay = new ArrayList<>();
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      underWay.add(answer);
      guard.call(() -> answer);
    }
    for (int i = 0; i < 45; i++) {
      waiting.add(guard.call(this::silence).toCompletableFuture());
    }
    underWay.forEach(answer -> answer.completeExceptionally(VendorFailure.of("v", CUT)));
    assertThat(guard.breakerState()).isEqualTo("OPEN");

    VendorFailure last = failure(waiting.get(44));
    assertThat(last.kind()).isEqualTo(SHUT_OFF);
    assertThat(failed(guard, () -> answered("yes")).kind()).isEqualTo(SHUT_OFF);
  }

  private Guard guard(Duration budget, int most, int waiting) {
    places = new Places(most, waiting, scheduler);
    return new Guard("vendor", budget, scheduler, failure -> false, places);
  }

  @Test
  void freesThePlaceOfWhatWasNeverAnswered() {
    Guard guard = guard(SHORT, 1, 0);
    assertThat(failed(guard, this::silence).kind()).isEqualTo(TIMED_OUT);
    assertThat(places.taken()).isZero();
  }

  @Test
  void freesThePlaceOfWhatBrokeBeforeItWasAsked() {
    Guard guard = guard(SHORT, 1, 0);
    failed(
        guard,
        () -> {
          throw new IllegalStateException();
        });
    assertThat(places.taken()).isZero();
  }

  /** Such as one that there is no native thread for. */
  @Test
  void freesThePlaceOfWhatAnErrorEnded() throws Exception {
    Guard guard = guard(LONG, 1, 0);
    VendorFailure failure =
        failed(
            guard,
            () -> {
              throw new InternalError("unable to create native thread");
            });
    assertThat(failure.kind()).isEqualTo(FAULT);
    assertThat(places.taken()).isZero();
    assertThat(guard.call(() -> answered("yes")).toCompletableFuture().get(5, SECONDS))
        .isEqualTo("yes");
  }

  static Stream<Throwable> faults() {
    return Stream.of(
        new IllegalStateException("Mia Example"), new InternalError("no native thread"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void tellsAFaultOfTheBridgeAndBlamesNoVendorForIt(Throwable fault) {
    Guard guard = guard(LONG);
    try (Logged log = Logged.by(OwnFault.class)) {
      for (int i = 0; i < 30; i++) {
        boolean atOnce = i % 2 == 0;
        VendorFailure failure = failed(guard, () -> atOnce ? sneaked(fault) : failed(fault));
        assertThat(failure.kind()).isEqualTo(FAULT);
      }
      assertThat(log.lines().stream().filter(line -> line.startsWith("SEVERE")))
          .hasSize(30)
          .allMatch(line -> line.contains("vendor\n" + fault.getClass().getName() + "\n\tat "))
          .noneMatch(line -> line.contains(fault.getMessage()));
    }
    assertThat(attempts).as("none is repeated").hasValue(15);
    assertThat(guard.breakerState()).isEqualTo("CLOSED");
  }

  /** Counted as successes they would keep the breaker closed, or close it. */
  @Test
  void learnsNothingOfTheVendorFromAFault() {
    Guard guard = guard(LONG);
    for (int i = 0; i < 20; i++) {
      failed(guard, () -> failed(new NullPointerException()));
      failed(guard, () -> failed(VendorFailure.of("v", CROWDED)));
      failed(guard, () -> failed(VendorFailure.of("v", CUT)));
    }
    assertThat(guard.breakerState()).isEqualTo("OPEN");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> CompletionStage<String> sneaked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void saysBeforehandThatItRefusesWhileTheBreakerIsOpen() {
    Guard guard = guard(LONG);
    for (int i = 0; i < 20; i++) {
      assertThat(guard.refuses()).isFalse();
      failed(guard, () -> failed(VendorFailure.of("v", CUT)));
    }
    assertThat(guard.refuses()).isTrue();
  }

  @Test
  void saysBeforehandThatItRefusesWhileNoPlaceIsFree() {
    Guard guard = guard(LONG, 1, 0);
    CompletableFuture<String> answer = new CompletableFuture<>();
    guard.call(() -> answer);
    assertThat(guard.refuses()).isTrue();
    answer.complete("yes");
    assertThat(guard.refuses()).isFalse();
  }

  private Guard guard(Duration budget) {
    return new Guard("vendor", budget, scheduler);
  }

  private CompletionStage<String> answered(String text) {
    attempts.incrementAndGet();
    return CompletableFuture.completedStage(text);
  }

  private CompletionStage<String> failed(Throwable thrown) {
    attempts.incrementAndGet();
    return CompletableFuture.failedStage(thrown);
  }

  private CompletionStage<String> silence() {
    attempts.incrementAndGet();
    return new CompletableFuture<>();
  }

  /** Whatever comes out of a guard is a failure in its own words. */
  private static VendorFailure failed(Guard guard, Supplier<CompletionStage<String>> attempt) {
    return failure(guard.call(attempt));
  }

  private static VendorFailure failure(CompletionStage<String> stage) {
    Object outcome =
        stage
            .<Object>handle((text, thrown) -> thrown == null ? text : thrown)
            .toCompletableFuture()
            .orTimeout(15, SECONDS)
            .join();
    Throwable cause =
        outcome instanceof CompletionException wrapped ? wrapped.getCause() : (Throwable) outcome;
    assertThat(cause).isInstanceOf(VendorFailure.class);
    return (VendorFailure) cause;
  }
}
